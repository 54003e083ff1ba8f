"""Recommendations on a unit or a policy, on no single matter (art. 40): who makes them, who answers."""

from datetime import date

from xinqiao.rules.fields import FIELDS
from xinqiao.rules.persons import Person, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import UnitKind, Units, within

_DAYS = FIELDS["answer_within"]


def may_recommend(
    person: Person, unit: str, addressee: str, kind: str, days: int, units: Units, today: date
) -> Refusal | None:
    """The head of a petition office recommends, in its territory or to the government above it."""
    if unit not in units or units[unit].kind is not UnitKind.PETITION_OFFICE:
        return Refusal("not_a_petition_office", "40")
    if unit not in person.units(frozenset({Role.HEAD})):
        return Refusal("not_yours", "40", {"by": "office_head"})
    if kind not in FIELDS["recommendation_kind"].choices:
        return Refusal("field_wrong", "40", {"field": "recommendation_kind"})
    if not _DAYS.low <= days <= _DAYS.high:
        limits = {"field": "answer_within", "low": str(_DAYS.low), "high": str(_DAYS.high)}
        return Refusal("number_out_of_range", "40", limits)
    if addressee not in addressees(unit, units, today):
        return Refusal("unit_not_allowed", "40")
    return None


def addressees(unit: str, units: Units, today: date) -> tuple[str, ...]:
    """The organs that a petition office may address: those of its territory, and the line above it; not itself."""
    here = units[unit].region
    inside = [one.code for one in units.on(today) if within(one.region, here)]
    above = [code for code in units.line_up(unit) if units[code].exists_on(today)]
    return tuple(code for code in dict.fromkeys([*inside, *above]) if code != unit)


def may_answer(person: Person, addressee: str, adoption: str, *, is_open: bool) -> Refusal | None:
    """The organ addressed answers, once."""
    if addressee not in person.units():
        return Refusal("not_yours", "40", {"by": "addressee"})
    if not is_open:
        return Refusal("nothing_to_answer", "40")
    if adoption not in FIELDS["adoption"].choices:
        return Refusal("field_wrong", "40", {"field": "adoption"})
    return None
