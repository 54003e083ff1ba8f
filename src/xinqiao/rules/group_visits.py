"""Group visits on the spot (集体访现场处置): which visit calls whom, by when they act, and what may follow what.

The clock runs on the official who is first in charge (whoever is in charge is responsible, art. 5). Nothing here is
about those who came: neither who they are nor where they are; how many, is a property of the visit.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import CLOSED, Kind, State
from xinqiao.rules.units import RANK, Level, UnitKind, Units, territory
from xinqiao.rules.wall import walled_units

ARTICLE = "5"
_HEADS = frozenset({Role.HEAD})


class Reason(StrEnum):
    """Why a visit calls the first-in-charge."""

    GROUP = "group"  # five persons or more
    HIGHER_LEVEL = "higher_level"  # above the county level, and above the unit that is in charge


class Stage(StrEnum):
    """How far the officials are."""

    CALLED = "called"
    ACKNOWLEDGED = "acknowledged"
    ON_SPOT = "on_spot"
    FOLLOWED = "followed"  # heard; open until the matter itself is settled or closed
    TO_REVIEW = "to_review"
    REVIEWED = "reviewed"


class Verb(StrEnum):
    """What the officials do."""

    ACKNOWLEDGE = "acknowledge"
    ARRIVE = "arrive"
    HEAR = "hear"
    OFFER_HELP = "offer_help"
    PROMISE = "promise"
    REVIEW = "review"


class Cause(StrEnum):
    """What the review finds would have made the visit needless: faults of officials and of rules, nothing else."""

    NOT_REGISTERED = "not_registered"
    NO_ANSWER = "no_answer"
    LATE = "late"
    PUSHED_OFF = "pushed_off"
    PERFUNCTORY = "perfunctory"
    PROMISE_NOT_KEPT = "promise_not_kept"
    NOT_EXECUTED = "not_executed"
    NOT_EXPLAINED = "not_explained"
    DECISION_WITHOUT_ASKING = "decision_without_asking"
    POLICY_GAP = "policy_gap"
    CHANNEL_FAR = "channel_far"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Within how many hours something is done, under which article, and where the figure comes from."""

    id: str
    hours: int
    article: str
    source_zh: str
    source_en: str

    def source(self, lang: str) -> str:
        return self.source_en if lang.startswith("en") else self.source_zh


@cache
def _data() -> Mapping[str, list[dict[str, Any]]]:
    text = (resources.files("xinqiao.rules") / "group_visits.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def limit(name: str, day: date) -> Limit:
    """The limit of this name that is in force on a day. Raises KeyError for a name that there is none of."""
    found = _in_force("limit", name, day)
    return Limit(**{key: value for key, value in found.items() if key != "from"})


def group_from(day: date) -> int:
    """From how many persons on a visit is a group visit."""
    return int(_in_force("threshold", "group", day)["people"])


def _in_force(table: str, name: str, day: date) -> dict[str, Any]:
    known = [one for one in _data()[table] if one["id"] == name and one["from"] <= day]
    if not known:
        raise KeyError(name)
    return max(known, key=lambda one: one["from"])


def due(name: str, begun: datetime, day: date) -> datetime:
    """By when it has to be done, when it began at a moment of this day."""
    return begun + timedelta(hours=limit(name, day).hours)


def reason_of(head_count: int, level: str, unit: str, units: Units, day: date) -> Reason | None:
    """Why this visit calls the first-in-charge of a unit; None when it does not.

    A visit above the county level calls where it was also made above the level of the unit in charge: whoever comes to
    the place that is in charge came to the right one (art. 20).
    """
    if head_count >= group_from(day):
        return Reason.GROUP
    rank = RANK.get(Level(level)) if level in set(Level) else None
    if rank is None or unit not in units:
        return None
    above = max(RANK[Level.COUNTY], RANK[units[unit].level])
    return Reason.HIGHER_LEVEL if rank > above else None


def responsible(facts: Facts, units: Units, day: date) -> str | None:
    """The unit whose first-in-charge is called: who handles it, else the government of its place, else who holds it.

    Never one that the wall shuts out; and a report goes to nobody who has no part in it (art. 30). A unit merged away
    is its successor (art. 24). None before the matter is registered, and where nobody is left.
    """
    if facts.kind is None:
        return None
    walled = walled_units(facts, units)
    known = [facts.handler, facts.holder]
    if facts.kind is not Kind.REPORT:
        government = government_of(facts.region, units, day)
        office = facts.handler in units and units[facts.handler].kind is UnitKind.PETITION_OFFICE
        known = [*([] if office else [facts.handler]), government or "", facts.holder]
    for code in known:
        unit = units.successor_of(code, day) if code else None
        if unit is not None and unit not in walled:
            return unit
    return None


def government_of(region: str, units: Units, day: date) -> str | None:
    """The government in whose place the matter lies, the nearest one: of the township, the county, the city."""
    kinds = {UnitKind.GOVERNMENT, UnitKind.TOWNSHIP}
    holding = [
        unit
        for unit in units.on(day)
        if unit.kind in kinds and region.startswith(territory(unit.region))
    ]
    return max(holding, key=lambda unit: len(territory(unit.region))).code if holding else None


def follow_up_is_over(state: State | None, settled: bool | None) -> bool:
    """Whether the matter itself is settled or closed: only then the follow-up ends."""
    return state in CLOSED or settled is True


#: Which stage each verb starts from. A promise or an offer of help can follow at any time after the arrival.
STARTS: Mapping[Verb, frozenset[Stage]] = {
    Verb.ACKNOWLEDGE: frozenset({Stage.CALLED}),
    Verb.ARRIVE: frozenset({Stage.CALLED, Stage.ACKNOWLEDGED}),
    Verb.HEAR: frozenset({Stage.ON_SPOT}),
    Verb.OFFER_HELP: frozenset({Stage.ON_SPOT, Stage.FOLLOWED, Stage.TO_REVIEW}),
    Verb.PROMISE: frozenset({Stage.ON_SPOT, Stage.FOLLOWED, Stage.TO_REVIEW}),
    Verb.REVIEW: frozenset({Stage.TO_REVIEW}),
}
#: Where a verb leads, where it leads elsewhere.
ENDS: Mapping[Verb, Stage] = {
    Verb.ACKNOWLEDGE: Stage.ACKNOWLEDGED,
    Verb.ARRIVE: Stage.ON_SPOT,
    Verb.HEAR: Stage.FOLLOWED,
    Verb.REVIEW: Stage.REVIEWED,
}


def may(verb: Verb, stage: Stage, unit: str, person: Person) -> Refusal | None:
    """None, or why not: `first_in_charge_only`, or `visit_stands_elsewhere`."""
    if person.kind is not PersonKind.SYSTEM and unit not in person.units(_HEADS):
        return Refusal("first_in_charge_only", ARTICLE)
    if stage not in STARTS[verb]:
        return Refusal("visit_stands_elsewhere", ARTICLE, {"visit_stage": stage})
    return None


def help_follows_consent(
    offered: bool, consented: bool | None, given: bool | None
) -> Refusal | None:
    """Help with the way home is offered first, and given only to who agreed; whoever declines is left alone."""
    if (consented or given) and not offered:
        return Refusal("help_not_offered", "37", {"field": "help_offered"})
    if given and consented is not True:
        return Refusal("help_needs_consent", "37", {"field": "help_consented"})
    return None
