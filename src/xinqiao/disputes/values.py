"""What the doors hand in and get back: rounds, disputes, mediations as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from xinqiao.rules.disputes import Dispute as Known
from xinqiao.rules.disputes import State
from xinqiao.rules.mediations import Mediation as KnownMediation

_BEYOND = 10_000_000


class About(StrEnum):
    """What an entry of the history is about."""

    ROUND = "round"
    DISPUTE = "dispute"
    MEDIATION = "mediation"


@dataclass(frozen=True, kw_only=True)
class RoundInput:
    """A round as it is called: `parts` are pairs of unit and region."""

    title: str
    unit: str
    region: str
    first_day: date
    last_day: date
    categories: Sequence[str] = ()
    parts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A dispute as it was found. `yes` are the criteria answered with yes; `part` the part of a round, if in one;
    `spot` the hot spot through which it was found, if through one: a number that means nothing here.
    """

    unit: str
    region: str
    place: str
    subject: str
    category: str
    roles: Sequence[str]
    households: int = 0
    people: int = 0
    yes: Sequence[str] = ()
    remedy: str = ""
    part: int | None = None
    spot: int | None = None


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """A unit's part of a round, with how many disputes it found."""

    id: int
    round: int
    unit: str
    region: str
    reported_at: datetime | None
    nothing: bool | None
    looked: str
    found: int


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """A round with how far it has come: parts, those that reported, disputes found."""

    id: int
    title: str
    unit: str
    region: str
    categories: Sequence[str]
    first_day: date
    last_day: date
    closed_on: date | None
    parts: int = 0
    reported: int = 0
    found: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the register."""

    id: int
    subject: str
    place: str
    region: str
    category: str
    level: str
    state: str
    holder: str
    households: int
    people: int
    found_on: date
    due: date | None

    @property
    def number(self) -> str:
        return number_of(self.id, self.found_on)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of a history."""

    seq: int
    step: str
    at: datetime
    account: int | None
    unit: str
    article: str
    payload: Mapping[str, Any]
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A dispute opened by somebody. `matter` is the number of the matter it became, where that exists for them."""

    line: Line
    known: Known
    part: int | None
    round: int | None
    round_title: str
    roles: Sequence[str]
    told_level: str
    criteria: Sequence[str]
    remedy: str
    finder: str
    owner: str
    last_seq: int
    matter: str
    history: Sequence[Event]
    mediations: Sequence["MediationLine"]


@dataclass(frozen=True, kw_only=True)
class MediationLine:
    """One line of a list of mediations; `subject` is that of the dispute or the matter."""

    id: int
    dispute: int | None
    matter: str
    subject: str
    kind: str
    side_a: str
    side_b: str
    unit: str
    state: str
    requested_on: date
    execute_by: date | None
    sessions: int


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session."""

    held_on: date
    place: str
    record: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The settlement paper as it was signed."""

    number: str
    signed_on: date
    execute_by: date
    terms: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class MediationSheet:
    """A mediation opened by somebody."""

    line: MediationLine
    known: KnownMediation
    matter_id: int | None
    asked_by: str
    about: str
    side_unit: str
    agreed: Mapping[str, date | None]
    mediator: int | None
    outside_office: str
    office_name: str
    without_interest_at: datetime | None
    ended_on: date | None
    last_seq: int
    sessions: Sequence[SessionLine] = ()
    paper: Paper | None = None
    history: Sequence[Event] = ()


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the register is narrowed by; empty values do not narrow. `list`: mine, open, overdue or all."""

    list: str = "open"
    state: str = ""
    level: str = ""
    category: str = ""
    region: str = ""
    round: int | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A place on the map: how many disputes are open there, by level."""

    region: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def number_of(row: int, found_on: date) -> str:
    """What people call a dispute by: the year and the row."""
    return f"{found_on.year}-{row:05d}"


def rank_of(due: date | None, found_on: date, state: str) -> int:
    """The place in every list: what falls due next first; then what was found last; what is over comes last."""
    if state in {State.CLOSED, State.BECAME_MATTER}:
        return 3 * _BEYOND - found_on.toordinal()
    return due.toordinal() if due is not None else 2 * _BEYOND - found_on.toordinal()
