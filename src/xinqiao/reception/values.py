"""What the rest of the platform knows of the reception halls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Outcome(StrEnum):
    """How the turn of a ticket ended."""

    REGISTERED = "registered"
    ADVISED = "advised"
    ABSENT = "absent"


Span = tuple[time, time]
"""From when to when, on one day."""


@dataclass(frozen=True, kw_only=True)
class HallValue:
    """A hall. `unit` is the petition office that keeps it."""

    code: str
    name: str
    address: str
    unit: str
    region: str
    name_en: str = ""
    address_en: str = ""
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class WindowValue:
    """A desk in a hall; `hours` by weekday, 1 for Monday, each a list of spans in order. `id` 0: not kept yet."""

    id: int = 0
    label: str
    unit: str
    topics: str = ""
    topics_en: str = ""
    place: int = 0
    closed: bool = False
    hours: Mapping[int, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TicketValue:
    """A number of a day. `window` and `label` are those of the desk that called it, or that it is for."""

    id: int
    hall: str
    day: date
    number: int
    window: int | None
    label: str
    given_at: datetime
    called_at: datetime | None
    calls: int
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, kw_only=True)
class OpenDesk:
    """A desk that is open on a day: where, for what, and when. `open_now` at the moment that was asked about."""

    hall: HallValue
    window: WindowValue
    spans: Sequence[Span]
    open_now: bool


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What hangs in the hall: who is called where, and how many wait. Numbers and desks only."""

    called: Sequence[TicketValue]
    waiting: int


@dataclass(frozen=True, kw_only=True)
class WhereReceived:
    """The room in which a visit was received, and the account of the leader who received it."""

    room: str
    leader: int | None
