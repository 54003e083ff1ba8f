"""Leaders in charge, the joint conference, responsibility: who leads, what comes before the conference, who keeps it.

"Leaders read petitions, receive, go and see, and take charge of cases" (art. 18); the conference coordinates (art. 13),
decides whose a matter is (art. 24) and lists what is supervised (art. 39).
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from xinqiao.rules.persons import WORKING_ROLES, Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import UnitKind, Units

_KEEPERS = frozenset({UnitKind.JOINT_CONFERENCE, UnitKind.PETITION_OFFICE})


class LeadOutcome(StrEnum):
    """How a lead assignment ended."""

    SETTLED = "settled"
    EXPLAINED = "explained"  # the claim has no basis; explained, and help where it is needed
    HANDED_OVER = "handed_over"
    ENDED = "ended"


class ConferenceOutcome(StrEnum):
    """What the conference decided on one item."""

    MEASURES = "measures"  # what is done, and by whom: duties with dates
    COMPETENCE = "competence"  # whose the matter is (art. 24)
    LISTED = "listed"  # listed supervision (art. 39)
    ADJOURNED = "adjourned"


class ItemState(StrEnum):
    PROPOSED = "proposed"
    ON_AGENDA = "on_agenda"
    DROPPED = "dropped"
    DECIDED = "decided"


class ConferenceState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ConferenceVerb(StrEnum):
    """What stands in the history of a conference."""

    PLAN = "plan"
    CHANGE = "change"
    CANCEL = "cancel"
    PROPOSE = "propose"
    PUT_ON = "put_on"
    DROP = "drop"
    DECIDE = "decide"
    ATTENDANCE = "attendance"
    HOLD = "hold"
    PAPER = "paper"


class Responsible(StrEnum):
    """As what somebody answers for petition work in a unit and year (art. 5)."""

    FIRST = "first"  # 第一责任人, 一把手
    IN_CHARGE = "in_charge"  # 分管领导
    MEMBER = "member"  # 一岗双责


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """When a matter comes before the conference by itself: all that is given must hold.

    `fact` with `at_least` or as true, `state`, `overdue_days`, `asked`: what supervision has asked of a unit on it.
    """

    code: str
    article: str
    fact: str = ""
    at_least: int = 0
    state: str = ""
    overdue_days: int = 0
    asked: str = ""


@cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria of `conference.toml`, in their order."""
    text = (resources.files("xinqiao.rules") / "conference.toml").read_text(encoding="utf-8")
    return tuple(Criterion(**one) for one in tomllib.loads(text)["criterion"])


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the criteria look at: the stored facts of a matter, and by how many days its nearest duty is late."""

    facts: Mapping[str, object]
    overdue_days: int


def met(looked: Looked, among: Sequence[Criterion] | None = None) -> list[str]:
    """The codes of the criteria that a matter meets, in their order; none of a report, which stays put (art. 30)."""
    if looked.facts.get("kind") == "report":
        return []
    return [one.code for one in (criteria() if among is None else among) if _holds(one, looked)]


def _holds(one: Criterion, looked: Looked) -> bool:
    value = looked.facts.get(one.fact) if one.fact else None
    if one.fact and one.at_least and not (isinstance(value, int) and value >= one.at_least):
        return False
    if one.fact and not one.at_least and not value:
        return False
    if one.state and looked.facts.get("state") != one.state:
        return False
    if one.asked and one.asked not in _asked(looked):
        return False
    return looked.overdue_days >= one.overdue_days


def _asked(looked: Looked) -> set[object]:
    """What supervision has asked on the matter: the forms, as the stored facts have them."""
    stored = looked.facts.get("asked")
    return {row[1] for row in stored} if isinstance(stored, list) else set()


def may_lead(leader_heads: Collection[str], unit: str) -> Refusal | None:
    """Who heads the unit leads from it: `no_head_there`."""
    return None if unit in leader_heads else Refusal("no_head_there", "18")


def keeps_conference(person: Person, units: Units) -> frozenset[str]:
    """The units for which this person prepares conferences and writes down what they decide.

    The office of the conference sits with the petition office of its place (art. 13).
    """
    if person.kind is not PersonKind.STAFF:
        return frozenset()
    own = person.units(WORKING_ROLES)
    return frozenset(code for code in own if code in units and units[code].kind in _KEEPERS)


def keeps_responsibility(person: Person, unit: str, units: Units) -> bool:
    """Whether somebody keeps who answers for petition work there: its head, who administers it, a head above it."""
    own = person.units(frozenset({Role.HEAD, Role.ADMIN}))
    return unit in units and bool(own & set(units.line_up(unit)))
