"""What the rest of the platform knows of a duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.rules.duties import SourceKind, State, Verb


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a duty comes from: the kind, and the row id there (of a matter: the matter's)."""

    kind: SourceKind
    id: int


@dataclass(frozen=True, kw_only=True)
class NewDuty:
    """A duty to be given: what, by which unit (and member of staff, if named), by which day, on which matter if any."""

    words: str
    unit: str
    due: date
    account: int | None = None
    matter: int | None = None


@dataclass(frozen=True, kw_only=True)
class DutyClock:
    """The date of a duty as a clock badge wants it."""

    state: str  # "running" | "overdue" | "met" | "late" | "void"
    due: date
    met_on: date | None


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """A duty. `matter` and `number` name the matter it is on, if any; `reported_on` the day it was reported done."""

    id: int
    source: Source
    matter: int | None
    number: str
    words: str
    unit: str
    account: int | None
    due: date
    state: State
    giver: str
    given_by: int | None
    given_at: datetime
    reported_on: date | None
    last_seq: int

    def clock(self, today: date) -> DutyClock:
        """The clock runs on whoever owes it; it is met on the day that was reported and not sent back."""
        if self.state is State.WITHDRAWN:
            return DutyClock(state="void", due=self.due, met_on=None)
        if self.reported_on is not None:
            met = "met" if self.reported_on <= self.due else "late"
            return DutyClock(state=met, due=self.due, met_on=self.reported_on)
        running = "running" if today <= self.due else "overdue"
        return DutyClock(state=running, due=self.due, met_on=None)


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One line of a duty's history: who did what for which unit, when, and with which words."""

    seq: int
    verb: Verb
    at: datetime
    account: int | None
    unit: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; `following` says whether there is another."""

    rows: Sequence[DutyLine]
    number: int
    following: bool
