"""Are the fields of a step whole and well formed? The first fault is told, with the name of its field."""

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any

from xinqiao.rules.fields import FIELDS, FieldSpec, FieldType
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.routing import targets
from xinqiao.rules.steps import Case, Step

TEXT_LIMIT = 200_000
CATEGORY_LIMIT = 120
REGION_DIGITS = range(6, 13)
#: References to several things at once: their type, and what they must be among (None: not known here).
_MEMBERS: Mapping[str, Callable[[Case], tuple[type, Container[Any] | None]]] = {
    "reported_units": lambda case: (str, case.units),
    "reported_accounts": lambda _: (int, None),
}


def check_fields(step: Step, case: Case) -> Refusal | None:
    """None, or `field_missing` / `field_unknown` / a refusal that names the field and what it may be."""
    fields = case.fields
    for name in step.needs:
        if fields.get(name) in (None, ""):
            return Refusal("field_missing", step.article, {"field": name})
    for name, value in fields.items():
        if name not in step.needs and name not in step.may_have:
            return Refusal("field_unknown", None, {"field": name})
        if value not in (None, ""):
            refusal = _check_one(name, value, FIELDS[name], step, case)
            if refusal is not None:
                return refusal
    return None


def check_shapes(step: Step, case: Case) -> Refusal | None:
    """None, or `field_wrong` for a value of many parts where one is asked for, before any guard looks at it."""
    for name, value in case.fields.items():
        many = isinstance(value, list | tuple | set | frozenset | dict)
        if many is not (name in _MEMBERS) and value not in (None, ""):
            return Refusal("field_wrong", step.article, {"field": name})
    return None


def _check_one(name: str, value: Any, spec: FieldSpec, step: Step, case: Case) -> Refusal | None:
    wrong = Refusal("field_wrong", step.article, {"field": name})
    match spec.type:
        case FieldType.NUMBER:
            return _check_number(name, value, spec, step)
        case FieldType.TEXT:
            return _check_text(name, value)
        case FieldType.UNIT if name == "to_unit":
            allowed = targets(step.name, case.facts, case.units, case.today)
            return None if value in allowed else Refusal("unit_not_allowed", step.article)
        case FieldType.UNIT:
            return None if value in case.units else wrong
        case FieldType.CHOICE:
            return None if value in spec.choices else wrong
        case FieldType.REGION:
            return None if _is_region(value) else wrong
        case FieldType.CATEGORY:
            short = isinstance(value, str) and len(value) <= CATEGORY_LIMIT
            return None if short else wrong
        case FieldType.REFERENCE if name in _MEMBERS:
            return None if _are_members(value, *_MEMBERS[name](case)) else wrong
        case _:
            return None if _fits(spec.type, value) else wrong


def _is_region(value: Any) -> bool:
    """A code of digits (GB/T 2260, 10114); whether it is in use, the directory knows."""
    return (
        isinstance(value, str)
        and len(value) in REGION_DIGITS
        and value.isascii()
        and value.isdecimal()
    )


def _are_members(value: Any, of_type: type, among: Container[Any] | None) -> bool:
    """A list or set of the right type, each known."""
    return isinstance(value, list | tuple | set | frozenset) and all(
        isinstance(one, of_type) and (among is None or one in among) for one in value
    )


def _fits(field_type: FieldType, value: Any) -> bool:
    """Whether the value has the Python type that stands for the field's type."""
    expected = {
        FieldType.YES_NO: bool,
        FieldType.DATE: date,
        FieldType.ACCOUNT: int,
        FieldType.ENTRY: int,
    }.get(field_type, object)
    return isinstance(value, expected)


def _check_number(name: str, value: Any, spec: FieldSpec, step: Step) -> Refusal | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return Refusal("field_wrong", step.article, {"field": name})
    limits = {"field": name, "low": str(spec.low), "high": str(spec.high)}
    within = spec.low <= value <= spec.high
    return None if within else Refusal("number_out_of_range", step.article, limits)


def _check_text(name: str, value: Any) -> Refusal | None:
    if not isinstance(value, str):
        return Refusal("field_wrong", None, {"field": name})
    length = {"field": name, "length": str(len(value)), "limit": str(TEXT_LIMIT)}
    return None if len(value) <= TEXT_LIMIT else Refusal("text_too_long", None, length)
