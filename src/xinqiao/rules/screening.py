"""Screening rounds (排查): who calls one, who looks where, what a report must say, when it is over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xinqiao.rules.disputes import calls_rounds, names_a_person, screens
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import RANK, UnitKind, Units, within


@dataclass(frozen=True, kw_only=True)
class Round:
    """What the rules know of a round: who called it, where it looks, between which days."""

    unit: str
    region: str
    first_day: date
    last_day: date
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A unit's part of the area, and whether it has reported."""

    unit: str
    region: str
    reported: bool = False


def may_call(by: Person, round_: Round, units: Units, today: date) -> Refusal | None:
    """None, or why the person may not call this round: it is for the offices that coordinate the area."""
    if round_.unit not in by.units() or not calls_rounds(round_.unit, round_.region, units, today):
        return Refusal("round_not_yours", "22")
    if round_.last_day < round_.first_day:
        return Refusal("round_days", "22", {"day": round_.first_day.isoformat()})
    return None


def may_divide(round_: Round, parts: Sequence[Part], units: Units, today: date) -> Refusal | None:
    """None, or which part cannot be: outside the area, not that unit's to look in, twice; or there is none."""
    if not parts:
        return Refusal("round_without_parts", "22")
    seen: set[tuple[str, str]] = set()
    for part in parts:
        facts = {"unit": part.unit}
        if (part.unit, part.region) in seen:
            return Refusal("part_twice", "22", facts)
        seen.add((part.unit, part.region))
        inside = within(part.region, round_.region)
        if not inside or not screens(part.unit, part.region, units, today):
            return Refusal("part_outside", "22", facts)
    return None


def may_report(
    by: Collection[str], round_: Round, part: Part, *, looked: str, nothing: bool, found: int
) -> Refusal | None:
    """None, or why this report of a part cannot be taken: it says who looked where, also where nothing was found."""
    if part.unit not in by:
        return Refusal("dispute_not_yours", "22", {"unit": part.unit})
    if round_.closed or part.reported:
        return Refusal("part_reported", "22")
    if not looked:
        return Refusal("field_missing", "22", {"field": "round_looked"})
    if names_a_person(looked):
        return Refusal("number_of_a_person", None, {"field": "round_looked"})
    if nothing and found:
        return Refusal("part_found_some", "22", {"count": str(found)})
    if not nothing and not found:
        return Refusal("part_found_none", "22")
    return None


def may_close(by: Person, round_: Round, parts: Collection[Part]) -> Refusal | None:
    """None, or why the round is not over: somebody has not reported."""
    if round_.unit not in by.units():
        return Refusal("dispute_not_yours", "22", {"unit": round_.unit})
    if round_.closed:
        return Refusal("round_closed", "22")
    waiting = sorted(part.unit for part in parts if not part.reported)
    if waiting:
        return Refusal("parts_missing", "22", {"count": str(len(waiting)), "unit": waiting[0]})
    return None


#: Who looks in a whole area for its own trade, and who for a part of it that lies below.
_BELOW = frozenset({UnitKind.PETITION_OFFICE, UnitKind.TOWNSHIP})


def proposals(region: str, units: Units, today: date) -> list[tuple[str, str]]:
    """Who might look where in an area: the offices of the places in it, each there; its departments, everywhere."""
    inside = units.inside(region, today)
    above = max((RANK[unit.level] for unit in inside if unit.region == region), default=0)
    below = [
        (unit.code, unit.region)
        for unit in inside
        if unit.kind in _BELOW and above - RANK[unit.level] == 1
    ]
    here = [
        (unit.code, region)
        for unit in inside
        if unit.region == region and unit.kind in {UnitKind.DEPARTMENT, UnitKind.TOWNSHIP}
    ]
    return below + here
