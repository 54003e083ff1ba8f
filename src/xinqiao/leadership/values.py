"""What the rest of the platform knows of leaders in charge, conferences and responsibility."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xinqiao.duties.values import DutyClock
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.leadership import ConferenceState, ConferenceVerb, ItemState, Responsible


@dataclass(frozen=True, kw_only=True)
class LeadLine:
    """A lead assignment with what its matter's row says of the matter."""

    id: int
    matter: int
    number: str
    subject: str
    state: str
    next_due: datetime | None
    next_clock: str
    seq: int
    leader: int
    unit: str
    settle_by: date
    assigned_at: datetime
    progress_at: datetime | None
    ended_on: date | None
    outcome: str

    def clock(self, today: date) -> DutyClock:
        """The date that the leader set, as a clock badge wants it."""
        if self.ended_on is not None:
            met = "met" if self.ended_on <= self.settle_by else "late"
            return DutyClock(state=met, due=self.settle_by, met_on=self.ended_on)
        running = "running" if today <= self.settle_by else "overdue"
        return DutyClock(state=running, due=self.settle_by, met_on=None)


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A field visit. `place` and `found` are None where a text was erased."""

    id: int
    lead: int
    matter: int
    number: str
    subject: str
    seq: int
    visited_at: datetime
    leader: int
    with_units: Sequence[str]
    place: str | None = None
    found: str | None = None


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What was promised at a visit, or handed out at a meeting: words, unit, day."""

    words: str
    unit: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting to be planned, or as it shall be."""

    unit: str
    meets_at: datetime
    place: str
    chair: int
    called: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ConferenceLine:
    """A meeting; `items` and `decided` count its items as far as the asker may see them."""

    id: int
    unit: str
    region: str
    meets_at: datetime
    place: str
    chair: int
    state: ConferenceState
    items: int = 0
    decided: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item of an agenda. `decision` is None where its text was erased, "" where nothing is decided."""

    id: int
    conference: int
    meets_at: datetime
    matter: int | None
    number: str
    subject: str
    matter_state: str
    criteria: Sequence[str]
    reason: str
    by_unit: str
    state: ItemState
    outcome: str
    decision: str | None
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Called:
    """A unit called to a meeting, whether it came, and who."""

    unit: str
    came: bool | None
    account: int | None


@dataclass(frozen=True, kw_only=True)
class ConferenceEventLine:
    """One line of a meeting's history."""

    verb: ConferenceVerb
    at: datetime
    account: int | None
    unit: str
    item: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A matter that meets criteria and is on no agenda ahead."""

    matter: int
    number: str
    subject: str
    state: str
    holder: str
    next_due: datetime | None
    next_clock: str
    criteria: Sequence[str] = field(default_factory=tuple)

    @property
    def day(self) -> date | datetime | None:
        """The nearest date as a badge wants it: the last day, or the moment for the one duty in hours."""
        if self.next_due is None or self.next_clock == "urgent_report":
            return self.next_due
        return (self.next_due - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


@dataclass(frozen=True, kw_only=True)
class ResponsibleLine:
    """Who answers for what."""

    id: int
    unit: str
    year: int
    kind: Responsible
    account: int
    field: str
