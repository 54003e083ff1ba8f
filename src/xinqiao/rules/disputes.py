"""A dispute found by screening (矛盾纠纷隐患): what may happen to it, on one page, like the steps of a matter.

A dispute is about a matter and a place. Who is part of it is a role, and nothing here is about a person who petitions:
the dates that run are those of the units. Articles are those of the 2022 regulation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from xinqiao.law.calendar import Calendar
from xinqiao.rules.dispute_levels import levels
from xinqiao.rules.fields import FieldSpec, FieldType
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.routing import in_charge
from xinqiao.rules.states import LegalPath
from xinqiao.rules.units import RANK, Level, UnitKind, Units, territory, within
from xinqiao.text.personal_numbers import seen_in


class State(StrEnum):
    """Where a dispute stands; the ball lies with its holder."""

    FOUND = "found"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"  # the unit says it is not its own: the level above decides
    ACKNOWLEDGED = "acknowledged"
    IN_MEDIATION = "in_mediation"
    SETTLED = "settled"
    FAILED = "failed"
    BECAME_MATTER = "became_matter"
    CLOSED = "closed"


class Role(StrEnum):
    """Who is part of a dispute: by role, never by name."""

    RESIDENTS = "residents"
    OWNERS = "owners"
    VILLAGERS = "villagers"
    VILLAGE_COMMITTEE = "village_committee"
    WORKERS = "workers"
    EMPLOYER = "employer"
    CONTRACTOR = "contractor"
    DEVELOPER = "developer"
    PROPERTY_MANAGER = "property_manager"
    COMPANY = "company"
    MERCHANTS = "merchants"
    CONSUMERS = "consumers"
    PARENTS = "parents"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    PATIENTS = "patients"
    ORGAN = "organ"


class By(StrEnum):
    """Whose step it is, told by the person's post in a unit."""

    HOLDER = "holder"  # where the ball lies
    OVER = "over"  # that one, who found it, and a petition office in whose territory it lies
    SYSTEM = "system"


S = State
OVER = frozenset({S.BECAME_MATTER, S.CLOSED})
OPEN = frozenset(S) - OVER
#: Who screens and settles: organs of the place, not those that look into reports or decide on competence.
_ORGANS = frozenset(
    {UnitKind.GOVERNMENT, UnitKind.PETITION_OFFICE, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP}
)
#: Who coordinates a territory, and so has all disputes in it in sight; a government calls rounds, too.
_COORDINATORS = frozenset({UnitKind.PETITION_OFFICE, UnitKind.TOWNSHIP})
_CALLERS = _COORDINATORS | {UnitKind.GOVERNMENT}

_LONG = FieldSpec(type=FieldType.TEXT, long=True)
FIELDS: Mapping[str, FieldSpec] = {
    "to_unit": FieldSpec(type=FieldType.UNIT),
    "reason": _LONG,
    "settle_by": FieldSpec(type=FieldType.DATE),
    "dispute_note": _LONG,
    "how_settled": _LONG,
    "dispute_level": FieldSpec(type=FieldType.CHOICE, choices=tuple(levels())),
    "path": FieldSpec(type=FieldType.CHOICE, choices=tuple(LegalPath)),
    "organ_and_limit": _LONG,
    "carry_out_by": FieldSpec(type=FieldType.DATE),
    "dispute_matter": FieldSpec(type=FieldType.REFERENCE),
}


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """What the rules know of a dispute. `due` is the last day of what the holder owes now.

    `binding`: the level above decided whose it is, so that it cannot be refused again.
    """

    state: State
    region: str
    category: str
    level: str
    finder: str
    holder: str
    owner: str = ""
    referrer: str = ""
    binding: bool = False
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a rule may look at. `fields` is empty while only the button is asked about."""

    dispute: Dispute
    person: Person
    today: date
    units: Units
    fields: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[[Case], Refusal | None]


def _competent(case: Case) -> Refusal | None:
    """Handed to the place and department in charge (art. 22)."""
    wanted = case.fields.get("to_unit")
    if wanted is None or wanted in targets(case.dispute, case.units, case.today):
        return None
    return Refusal("dispute_unit_wrong", "22")


def _not_bound(case: Case) -> Refusal | None:
    return Refusal("dispute_decided", "24") if case.dispute.binding else None


def _level_above(case: Case) -> Refusal | None:
    above = next_level(case.dispute.holder, case.units, case.today)
    return None if above else Refusal("dispute_no_level_above", "24")


def _ahead(name: str) -> Guard:
    def guard(case: Case) -> Refusal | None:
        day = case.fields.get(name)
        if day is None or day >= case.today:
            return None
        return Refusal("dispute_day_past", "22", {"field": name, "day": case.today.isoformat()})

    return guard


def _another_level(case: Case) -> Refusal | None:
    same = case.fields.get("dispute_level") == case.dispute.level
    return Refusal("dispute_same_level", "22") if same else None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table: from where to where (None: stays), by whom, with what, under which article."""

    name: str
    start: frozenset[State]
    end: State | None = None
    by: By = By.HOLDER
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    article: str = "22"
    #: Taken by another page or by the platform, never by the form of the table.
    inside: bool = False


def _from(*names: State) -> frozenset[State]:
    return frozenset(names)


# fmt: off
MOVES: Mapping[str, Move] = {move.name: move for move in (
    Move(name="hand_over", start=_from(S.FOUND, S.ACKNOWLEDGED, S.FAILED), end=S.HANDED_OVER,
         needs=("to_unit",), may_have=("settle_by", "dispute_note"), guards=(_competent, _ahead("settle_by"))),
    Move(name="take_on", start=_from(S.FOUND), end=S.ACKNOWLEDGED, needs=("settle_by",), may_have=("dispute_note",),
         guards=(_ahead("settle_by"),)),
    Move(name="acknowledge", start=_from(S.HANDED_OVER), end=S.ACKNOWLEDGED, needs=("settle_by",),
         may_have=("dispute_note",), guards=(_ahead("settle_by"),)),
    Move(name="refuse", start=_from(S.HANDED_OVER), end=S.REFUSED, needs=("reason",),
         guards=(_not_bound, _level_above), article="24"),
    Move(name="decide", start=_from(S.REFUSED), end=S.HANDED_OVER, needs=("to_unit", "reason"),
         guards=(_competent,), article="24"),
    Move(name="record_visit", start=_from(S.ACKNOWLEDGED, S.IN_MEDIATION, S.SETTLED, S.FAILED),
         needs=("dispute_note",)),
    Move(name="begin_mediation", start=_from(S.ACKNOWLEDGED, S.FAILED), end=S.IN_MEDIATION, article="33", inside=True),
    Move(name="settle", start=_from(S.ACKNOWLEDGED), end=S.SETTLED, needs=("how_settled",), may_have=("carry_out_by",),
         guards=(_ahead("carry_out_by"),), article="33"),
    Move(name="settle_by_mediation", start=_from(S.IN_MEDIATION), end=S.SETTLED, needs=("carry_out_by",), article="33",
         inside=True),
    Move(name="fail", start=_from(S.IN_MEDIATION), end=S.FAILED, needs=("reason", "path", "organ_and_limit"),
         article="33", inside=True),
    Move(name="show_path", start=_from(S.ACKNOWLEDGED), end=S.FAILED, needs=("reason", "path", "organ_and_limit"),
         article="31"),
    Move(name="take_up_again", start=_from(S.SETTLED, S.FAILED), end=S.ACKNOWLEDGED, needs=("reason", "settle_by"),
         guards=(_ahead("settle_by"),)),
    Move(name="become_matter", start=_from(S.FOUND, S.ACKNOWLEDGED, S.FAILED), end=S.BECAME_MATTER, by=By.OVER,
         needs=("dispute_matter",), article="17", inside=True),
    Move(name="close", start=_from(S.SETTLED, S.FAILED), end=S.CLOSED, needs=("dispute_note",), article="37"),
    Move(name="change_level", start=OPEN, by=By.OVER, needs=("dispute_level", "reason"), guards=(_another_level,)),
    Move(name="succeed", start=OPEN, by=By.SYSTEM, needs=("to_unit",), article="24", inside=True),
)}
# fmt: on


def may(move: Move, case: Case) -> Refusal | None:
    """None, or why not. With `case.fields` empty: whether the button may be pressed at all."""
    if not stands_by(move, case):
        return Refusal("dispute_not_yours", move.article, {"unit": case.dispute.holder})
    if case.dispute.state not in move.start:
        return Refusal("dispute_elsewhere", move.article)
    if case.fields:
        missing = next((name for name in move.needs if not case.fields.get(name)), None)
        if missing is not None:
            return Refusal("field_missing", move.article, {"field": missing})
    return _wrong(move, case) or next(
        (refusal for guard in move.guards if (refusal := guard(case)) is not None), None
    )


def _wrong(move: Move, case: Case) -> Refusal | None:
    for name, value in case.fields.items():
        if name not in (*move.needs, *move.may_have):
            return Refusal("field_unknown", None, {"field": name})
        spec = FIELDS[name]
        if value and spec.type is FieldType.CHOICE and value not in spec.choices:
            return Refusal("field_wrong", move.article, {"field": name})
        if value and spec.type is FieldType.TEXT and names_a_person(str(value)):
            return Refusal("number_of_a_person", None, {"field": name})
    return None


def stands_by(move: Move, case: Case) -> bool:
    """Whether the step could be this person's: by a post in the unit that holds it, or over its place."""
    return bool(acting_units(move, case)) or _is_system(case.person, move)


def _is_system(person: Person, move: Move) -> bool:
    return person.kind is PersonKind.SYSTEM and move.by is By.SYSTEM


def acting_units(move: Move, case: Case) -> list[str]:
    """The person's units for which the step may be taken, the holder first."""
    own = case.person.units() if case.person.kind is PersonKind.STAFF else frozenset()
    dispute = case.dispute
    first = [unit for unit in (dispute.holder,) if unit in own]
    if move.by is not By.OVER:
        return first if move.by is By.HOLDER else []
    others = sorted(own - set(first))
    return first + [
        unit
        for unit in others
        if unit == dispute.finder or is_over(unit, dispute.region, case.units, case.today)
    ]


def is_over(unit: str, region: str, units: Units, today: date) -> bool:
    """Whether a place lies in the territory that this unit coordinates: a petition office or a township."""
    return _holds(unit, region, _COORDINATORS, units, today)


def calls_rounds(unit: str, region: str, units: Units, today: date) -> bool:
    """Whether a unit may have this area screened: who coordinates it, and its government."""
    return _holds(unit, region, _CALLERS, units, today)


def _holds(unit: str, region: str, kinds: frozenset[UnitKind], units: Units, today: date) -> bool:
    found = units.by_code.get(unit)
    return (
        found is not None
        and found.kind in kinds
        and found.exists_on(today)
        and within(region, found.region)
    )


def targets(dispute: Dispute, units: Units, today: date) -> tuple[str, ...]:
    """The place and the departments in charge: organs whose territory holds the place, up to the city.

    Those in charge of the subject come first, then the nearest level; never the unit that has it.
    """
    fitting = [
        unit
        for unit in units.on(today)
        if unit.kind in _ORGANS
        and RANK[unit.level] <= RANK[Level.CITY]
        and within(dispute.region, unit.region)
        and unit.code != dispute.holder
    ]
    fitting.sort(
        key=lambda unit: (not in_charge(unit, dispute.category), RANK[unit.level], unit.code)
    )
    return tuple(unit.code for unit in fitting)


def next_level(unit: str, units: Units, today: date) -> str | None:
    """The level that decides when this unit refuses: its administrative superior (art. 24)."""
    above = units.line_up(unit)[1:]
    return next((code for code in above if units[code].exists_on(today)), None)


def after(move: Move, case: Case, calendar: Calendar) -> Dispute:
    """The dispute after a step that was allowed, with the day by which its holder owes the next."""
    said, before = case.fields, case.dispute
    changes: dict[str, Any] = {"state": move.end or before.state}
    match move.name:
        case "hand_over" | "decide" | "succeed":
            bound = move.name == "decide" or (before.binding and move.name == "succeed")
            changes |= {"holder": said["to_unit"], "binding": bound}
            if move.name != "succeed":
                changes |= {"referrer": before.holder, "due": _limit(case, calendar)}
        case "refuse":
            above = next_level(before.holder, case.units, case.today)
            changes |= {"holder": above, "due": _limit(case, calendar)}
        case "take_on" | "acknowledge" | "take_up_again":
            changes |= {"owner": before.holder, "due": said["settle_by"]}
        case "settle" | "settle_by_mediation":
            changes["due"] = said.get("carry_out_by")
        case "fail" | "show_path" | "become_matter" | "close":
            changes["due"] = None
        case "change_level":
            changes["level"] = said["dispute_level"]
    return replace(before, **changes)


def _limit(case: Case, calendar: Calendar) -> date:
    within_days = levels()[case.dispute.level].acknowledge_within
    return calendar.add_working_days(case.today, within_days)


def offered(case: Case) -> list[tuple[Move, Refusal | None]]:
    """The steps of the table's own forms that could be this person's, each with None or the reason why not now."""
    return [
        (move, may(move, case))
        for move in MOVES.values()
        if not move.inside and stands_by(move, case)
    ]


def names_a_person(text: str) -> bool:
    """Whether an identity or mobile phone number stands in a text that is to be about a matter and a place."""
    return bool(seen_in(text))


def screens(unit: str, region: str, units: Units, today: date) -> bool:
    """Whether a unit may be told to look in a region: an organ of it, or one that lies in it."""
    found = units.by_code.get(unit)
    if found is None or found.kind not in _ORGANS or not found.exists_on(today):
        return False
    return within(region, found.region) or within(found.region, region)


def may_find(unit: str, region: str, units: Units, today: date) -> Refusal | None:
    """None, or why a unit may not enter a dispute at a place: it lies outside its territory."""
    found = units.by_code.get(unit)
    if found is None or found.kind not in _ORGANS or not within(region, found.region):
        return Refusal("place_outside", "22", {"unit": unit})
    return None if found.exists_on(today) else Refusal("place_outside", "22", {"unit": unit})


def area(region: str) -> str:
    """The digits with which every region in it begins."""
    return territory(region)
