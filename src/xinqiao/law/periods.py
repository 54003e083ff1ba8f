"""One period being counted: from a starting event to its last day, moved to a working day.

A period is the working form of a clock while a ledger is walked; `clocks.Clock` is its answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xinqiao.law.calendar import Calendar
from xinqiao.law.events import Event
from xinqiao.law.limits import Kind, Limit, Unit


@dataclass(kw_only=True, slots=True)
class Hearing:
    """A hearing in re-examination; both its days are left out of the count."""

    opened: Event
    closed: Event | None = None


@dataclass(kw_only=True, slots=True)
class Extension:
    """An approved extension, by what limit, and the due date it came to change."""

    event: Event
    limit: Limit
    days: int
    former_due: date


@dataclass(kw_only=True, slots=True)
class Period:
    """A limit at work. `began` brought it into being; `start` is its day 0.

    `last` is the last day before, `due` after the move to a working day; both None while a hearing
    stops the count. `cap` is a day it may never pass.
    """

    limit: Limit
    began: Event
    start: date
    calendar: Calendar
    cap: date | None = None
    extension: Extension | None = None
    hearings: list[Hearing] = field(default_factory=list)
    met: Event | None = None
    voided: Event | None = None
    last: date | None = None
    due: date | datetime | None = None

    def __post_init__(self) -> None:
        self.recount()

    @property
    def id(self) -> str:
        """The id of the clock; an extended handling goes by the name of its extension."""
        return self.extension.limit.id if self.extension else self.limit.id

    @property
    def open(self) -> bool:
        """Neither met nor void yet, in time or not."""
        return self.met is None and self.voided is None

    @property
    def pausing(self) -> Hearing | None:
        """The hearing that is open now, if any."""
        return self.hearings[-1] if self.hearings and not self.hearings[-1].closed else None

    @property
    def amount(self) -> int:
        """How many units: as the starting event sets it, else as the law does."""
        return self.began.within or self.limit.figure

    @property
    def due_day(self) -> date | None:
        """The date of `due`, whatever its precision."""
        return self.due.date() if isinstance(self.due, datetime) else self.due

    def cancel(self, event: Event) -> None:
        """Make void what is still open. A window that has run out stays as it ended."""
        lapsed = self.limit.kind is Kind.WINDOW and self.due_day and event.day > self.due_day
        if self.open and not lapsed:
            self.voided = event

    def recount(self) -> None:
        """Work out `last` and `due` afresh from everything known so far."""
        match self.limit.unit:
            case _ if self.pausing:
                self.last = self.due = None
            case Unit.DAYS:
                self.last = self.start + timedelta(days=self.amount + self._added_days())
                self.due = self.calendar.roll(self.last)
            case Unit.WORKING_DAYS:
                self.last = self.due = self.calendar.add_working_days(self.start, self.amount)
            case Unit.HOURS:
                self.due = self.began.at + timedelta(hours=self.amount)
                self.last = self.due.date()
            case Unit.SET:
                self._recount_set_date()

    def _recount_set_date(self) -> None:
        self.last = self.began.report_by or self.start
        due = self.calendar.roll(self.last)
        self.due = min(due, self.cap) if self.cap else due

    def _added_days(self) -> int:
        extension = self.extension.days if self.extension else 0
        return extension + days_of(self.hearings)


def days_of(hearings: Iterable[Hearing]) -> int:
    """The number of dates on which a hearing was open, first and last included, each once."""
    dates: set[int] = set()
    for hearing in hearings:
        if hearing.closed:
            dates.update(range(hearing.opened.day.toordinal(), hearing.closed.day.toordinal() + 1))
    return len(dates)
