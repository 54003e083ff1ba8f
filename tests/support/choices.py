"""What a person at random might fill in: mostly sensible, now and then not."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.support.city import CAST, UNITS, person
from xinqiao.rules.fields import FIELDS, FieldSpec, FieldType
from xinqiao.rules.routing import targets
from xinqiao.rules.steps import Case, Step
from xinqiao.rules.urging import owed_by

ACCOUNTS = sorted(number for name in CAST if (number := person(name).account) is not None)
WORDS = st.sampled_from(["请求解决供水问题", "已核实。", "同意。", "  补充材料一份\n共三页  "])
REGION_CODES = st.sampled_from(["340000", "340800", "340811", "340811101", "340825"])
CATEGORY_CODES = st.sampled_from(["housing", "housing.property", "labour.wages"])
NONSENSE = st.sampled_from([None, "", "nowhere", 7.5, [], "1; drop table"])
_REFERENCES: dict[str, st.SearchStrategy[Any]] = {
    "contact": st.just("20260302-482915-6"),
    "reported_units": st.lists(
        st.sampled_from(sorted(UNITS.by_code)), min_size=1, max_size=2, unique=True
    ),
    "reported_accounts": st.lists(st.sampled_from(ACCOUNTS), min_size=1, max_size=2, unique=True),
    "version": st.just("2026/-"),
    "matter": st.sampled_from([1, 2, -1, "2"]),
    "dispute": st.just(1),
    "files": st.lists(st.sampled_from(["a" * 64, "0123456789abcdef" * 4]), max_size=2, unique=True),
}


def fields_of(
    step: Step, case: Case, *, careless: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a step as somebody fills them in; careless people leave some out or write nonsense."""
    needed = {name: _value(name, step, case) for name in step.needs}
    optional = {name: _value(name, step, case) for name in step.may_have}
    careful = st.fixed_dictionaries(needed, optional=optional)
    if not careless:
        return careful
    broken = {name: st.one_of(value, NONSENSE) for name, value in (needed | optional).items()}
    sloppy = st.fixed_dictionaries({}, optional=broken)
    return st.one_of(careful, careful, careful, careful, sloppy)


def _value(name: str, step: Step, case: Case) -> st.SearchStrategy[Any]:
    spec = FIELDS[name]
    if spec.type is FieldType.UNIT:
        return _unit(name, step, case)
    if name == "addressed":
        owed = owed_by(case.facts, case.person.units(), {one.what for one in case.facts.asked})
        return st.sampled_from([one.seq for one in owed] or [1])
    if spec.type is FieldType.ENTRY:
        known = {case.revocable} if step.name == "revoke" else set(case.correctable)
        return st.sampled_from(sorted(entry for entry in known if entry) or [1])
    if name in {"both_agree", "days"}:  # mostly as it must be, for the walk to get on
        return st.sampled_from([True, True, True, False] if name == "both_agree" else [1, 15, 30])
    return _plain(name, spec, case.today)


def _unit(name: str, step: Step, case: Case) -> st.SearchStrategy[str]:
    anywhere = sorted(case.units.by_code)
    if name != "to_unit":
        return st.sampled_from(anywhere)
    allowed = targets(step.name, case.facts, case.units, case.today)
    return st.sampled_from([*allowed, *allowed, anywhere[0]] if allowed else anywhere)


def _plain(name: str, spec: FieldSpec, today: date) -> st.SearchStrategy[Any]:
    match spec.type:
        case FieldType.TEXT:
            return WORDS
        case FieldType.CHOICE:
            return st.sampled_from(spec.choices)
        case FieldType.DATE:
            return st.integers(-10, 40).map(lambda days: today + timedelta(days=days))
        case FieldType.NUMBER | FieldType.MONEY:
            return st.integers(spec.low, spec.high)
        case FieldType.YES_NO:
            return st.booleans()
        case FieldType.ACCOUNT:
            return st.sampled_from(ACCOUNTS)
        case FieldType.CATEGORY:
            return CATEGORY_CODES
        case FieldType.REGION:
            return REGION_CODES
        case _:
            return _REFERENCES.get(name, st.just(1))
