"""What the rest of the platform knows of reception days: days, times, slips; and masked, who booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from xinqiao.people.values import Masked
from xinqiao.reception.values import HallValue, Span
from xinqiao.rules.reception_days import starts_at

#: The kind of a message about a booking; its words stand in the glossary, group `message`.
MESSAGE_KIND = "booking"


@dataclass(frozen=True, kw_only=True)
class DayInput:
    """A reception day as it is planned: `leader` (an account) heads `unit` and receives at `window` between `spans`."""

    leader: int
    unit: str
    window: int
    day: date
    spans: Sequence[Span]
    minutes: int
    published_on: date
    topics: str = ""
    topics_en: str = ""


@dataclass(frozen=True, kw_only=True)
class DayValue:
    """A reception day. `slots` is how many times it has, `given` how many of them are given.

    `free` is how many nobody has; of today, as `queries.coming` reads it, only those that are still ahead.
    """

    id: int
    day: date
    leader: int
    unit: str
    hall: HallValue
    window: int
    label: str
    topics: str
    topics_en: str
    minutes: int
    published_on: date
    replaced: int | None
    cancelled_at: datetime | None
    cancel_reason: str
    opens: time | None
    closes: time | None
    slots: int
    given: int
    free: int


class SlotState(StrEnum):
    """How it stands with one time of a day."""

    FREE = "free"
    PAST = "past"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CALLED = "called"
    RECEIVED = "received"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class SlotValue:
    """One time of a day, for the portal: when, and whether it can be booked."""

    id: int
    day: date
    starts: time
    free: bool

    @property
    def at(self) -> datetime:
        """The moment at which it begins."""
        return starts_at(self.day, self.starts)


@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """One time of a day, for those who run it. `who` is masked; None for who came without booking, or is forgotten."""

    slot: int
    starts: time
    state: SlotState
    booking: int | None = None
    number: str = ""
    who: Masked | None = None
    heads: int = 1
    category: str = ""
    about: str = ""
    ticket: int | None = None


@dataclass(frozen=True, kw_only=True)
class HeardLine:
    """A visit that was received on a day: the contact and the matter it is about, by row id."""

    contact: int
    matter: int


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What somebody who booked leaves with; the code is shown this once."""

    number: str
    code: str


@dataclass(frozen=True, kw_only=True)
class BookingValue:
    """A booking as it is shown to whoever holds its number and code. Who they are is not said."""

    number: str
    slot: int
    starts: time
    day: DayValue
    heads: int
    cancelled_at: datetime | None
    ticket: int | None
