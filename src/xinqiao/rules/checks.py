"""Are the fields of a step whole and well formed? The first fault is told, with the name of its field."""

import re
from collections.abc import Callable, Container, Mapping
from datetime import date, datetime
from typing import Any

from xinqiao.rules.fields import FIELDS, FieldSpec, FieldType
from xinqiao.rules.money import yuan
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.routing import targets
from xinqiao.rules.steps import Case, Step

TEXT_LIMIT = 200_000
CATEGORY_LIMIT = 120
REGION_DIGITS = range(6, 13)


class _Digests:
    """All that a file may be named by in the ledger: the SHA-256 of its bytes, in hexadecimal digits."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


class _Recorded:
    """What was suggested, without a free text: code of a category, hundredths of confidence, version of the model."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and _SUGGESTED.fullmatch(value) is not None


_SUGGESTED = re.compile(r"[^\s:]{1,120}:(100|[0-9]{1,2}):[0-9]{1,9}")
#: References to several things at once: their type, and what they must be among (None: not known here).
_MEMBERS: Mapping[str, Callable[[Case], tuple[type, Container[Any] | None]]] = {
    "reported_units": lambda case: (str, case.units),
    "reported_accounts": lambda _: (int, None),
    "files": lambda _: (str, _Digests()),
    "suggested": lambda _: (str, _Recorded()),
    "apart": lambda _: (int, None),
}


def check_given(step: Step, case: Case) -> Refusal | None:
    """None, or what is wrong with a field that was given: `field_unknown`, `field_wrong`, a number or text too large.

    Asked before the guards, which may then rely on the types of what they look at.
    """
    for name, value in case.fields.items():
        if name not in step.needs and name not in step.may_have:
            return Refusal("field_unknown", None, {"field": name})
        if value not in (None, ""):
            refusal = _check_one(name, value, FIELDS[name], step, case)
            if refusal is not None:
                return refusal
    return None


def check_complete(step: Step, case: Case) -> Refusal | None:
    """None, or `field_missing`, or `unit_not_allowed` for a unit that may not receive the matter by this step."""
    for name in step.needs:
        if case.fields.get(name) in (None, ""):
            return Refusal("field_missing", step.article, {"field": name})
    if "to_unit" in case.fields:
        allowed = targets(step.name, case.facts, case.units, case.today)
        if case.fields["to_unit"] not in allowed:
            return Refusal("unit_not_allowed", step.article)
    return None


def _check_one(name: str, value: Any, spec: FieldSpec, step: Step, case: Case) -> Refusal | None:
    wrong = Refusal("field_wrong", step.article, {"field": name})
    match spec.type:
        case FieldType.NUMBER | FieldType.MONEY:
            return _check_number(name, value, spec, step)
        case FieldType.TEXT:
            return _check_text(name, value)
        case FieldType.REFERENCE if name in _MEMBERS:
            return None if _are_members(value, *_MEMBERS[name](case)) else wrong
        case _:
            return None if _fits(spec, value, case) else wrong


def _fits(spec: FieldSpec, value: Any, case: Case) -> bool:
    """Whether the value is of the type that stands for the field's, and among what it may be."""
    match spec.type:
        case FieldType.CHOICE:
            return isinstance(value, str) and value in spec.choices
        case FieldType.UNIT:
            return isinstance(value, str) and value in case.units
        case FieldType.REGION:
            return _is_region(value)
        case FieldType.CATEGORY:
            return isinstance(value, str) and len(value) <= CATEGORY_LIMIT
        case FieldType.YES_NO:
            return isinstance(value, bool)
        case FieldType.DATE:
            return isinstance(value, date) and not isinstance(value, datetime)
        case FieldType.ACCOUNT | FieldType.ENTRY:
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, str | int)


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


def _check_number(name: str, value: Any, spec: FieldSpec, step: Step) -> Refusal | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return Refusal("field_wrong", step.article, {"field": name})
    said = yuan if spec.type is FieldType.MONEY else str
    limits = {"field": name, "low": said(spec.low), "high": said(spec.high)}
    within = spec.low <= value <= spec.high
    return None if within else Refusal("number_out_of_range", step.article, limits)


def _check_text(name: str, value: Any) -> Refusal | None:
    if not isinstance(value, str):
        return Refusal("field_wrong", None, {"field": name})
    length = {"field": name, "length": str(len(value)), "limit": str(TEXT_LIMIT)}
    return None if len(value) <= TEXT_LIMIT else Refusal("text_too_long", None, length)
