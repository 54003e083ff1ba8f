"""The clocks of a matter: computed from its events whenever they are asked for, never ticked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter

from xinqiao.law.calendar import Calendar
from xinqiao.law.errors import BadEvent
from xinqiao.law.events import SHANGHAI, Event, EventType
from xinqiao.law.explain import provisional_years, why
from xinqiao.law.limits import Edition, Kind, Law, Owner
from xinqiao.law.periods import Period
from xinqiao.law.proceedings import Proceedings
from xinqiao.law.provisions import duty_of, kind_of, newest, on
from xinqiao.law.wording import Lang, Reason, say

__all__ = ["Clock", "ClockState", "Owner", "clocks", "duty_of", "edition_of", "legal_next"]


class ClockState(StrEnum):
    """Where a clock stands. The first six are of duties, the last three of windows."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    PAUSED = "paused"
    VOID = "void"
    OPEN = "open"
    USED = "used"
    LAPSED = "lapsed"


LIVE = frozenset({ClockState.RUNNING, ClockState.OPEN})
UNDONE = frozenset({ClockState.RUNNING, ClockState.OVERDUE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One clock as it stands: dates are of Shanghai; `due` is an instant for `urgent_report` only.

    `days_left` counts natural days and is None unless the clock is running or open. `article` is
    the number alone, None for the simple procedure.
    """

    id: str
    start: date
    due: date | datetime | None
    state: ClockState
    met_on: date | None
    days_left: int | None
    article: str | None
    provisional: bool
    why: tuple[Reason, ...]

    @property
    def owner(self) -> Owner:
        """Whose duty or window it is."""
        return duty_of(self.id)

    @property
    def due_day(self) -> date | None:
        """The date of `due`, whatever its precision."""
        return self.due.date() if isinstance(self.due, datetime) else self.due

    def as_dict(self, lang: Lang = "zh") -> dict[str, object]:
        """The clock as the contract's JSON object, explained in `lang`."""
        return {
            "id": self.id,
            "start": self.start.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "state": self.state.value,
            "met_on": self.met_on.isoformat() if self.met_on else None,
            "days_left": self.days_left,
            "article": self.article,
            "provisional": self.provisional,
            "why": [say(reason, lang) for reason in self.why],
        }


def clocks(
    events: Iterable[Event],
    as_of: date | datetime,
    *,
    calendar: Calendar,
    law: Law | None = None,
    explained: bool = True,
) -> list[Clock]:
    """The clocks of a ledger as they stood at the end of the day `as_of`, or at that instant.

    Events come in any order; later ones than `as_of` must be possible too but change nothing. The
    clocks come in the order in which they began, together ones in the order of the law's table.
    `law` may be an edition with local figures: it counts where it covers the day of receipt.
    Without `explained` they come without their reasons: for a caller that keeps the dates alone.

    Raises ImpossibleOrder for an event the law does not allow there, BadEvent for a ledger without
    `received`, NoLawInForce for one begun before 2005-05-01.
    """
    ordered = sorted(events, key=attrgetter("at"))
    proceedings = Proceedings(edition_of(ordered, law), calendar)
    moment = as_of.astimezone(SHANGHAI) if isinstance(as_of, datetime) else as_of
    answer: list[Clock] | None = None
    for event in ordered:
        if answer is None and _is_after(event, moment):
            answer = _answer(proceedings.periods, moment, explained)
        proceedings.take(event)
    return _answer(proceedings.periods, moment, explained) if answer is None else answer


def edition_of(events: Sequence[Event], law: Law | None = None) -> Edition:
    """The edition of the law that a ledger began under: the one of the day of receipt.

    Raises BadEvent without a `received`, NoLawInForce before 2005-05-01.
    """
    received = next((event for event in events if event.type is EventType.RECEIVED), None)
    if received is None:
        raise BadEvent("ledger_no_receipt", law=newest().editions[-1].article_of("received"))
    return on(received.day, law).edition(received.day)


def legal_next(clocks: Iterable[Clock]) -> Clock | None:
    """The official duty not yet done whose limit ends, or ended, first: what a worklist sorts by.

    Windows and paused clocks are no such duty.
    """
    undone = [c for c in clocks if c.state in UNDONE and kind_of(c.id) is Kind.DUTY and c.due]
    return min(undone, key=lambda clock: clock.due_day or date.max, default=None)


def _is_after(event: Event, moment: date | datetime) -> bool:
    return event.at > moment if isinstance(moment, datetime) else event.day > moment


def _answer(periods: Iterable[Period], moment: date | datetime, explained: bool) -> list[Clock]:
    ordered = sorted(periods, key=lambda period: (period.began.at, period.limit.rank))
    return [_clock(period, moment, explained) for period in ordered]


def _clock(period: Period, moment: date | datetime, explained: bool) -> Clock:
    state = _state(period, moment)
    today = moment.date() if isinstance(moment, datetime) else moment
    due = period.due_day
    return Clock(
        id=period.id,
        start=period.start,
        due=period.due,
        state=state,
        met_on=period.met.day if period.met else None,
        days_left=(due - today).days if due and state in LIVE else None,
        article=period.limit.article,
        provisional=bool(provisional_years(period)),
        why=why(period) if explained else (),
    )


def _state(period: Period, moment: date | datetime) -> ClockState:
    if period.voided:
        return ClockState.VOID
    is_window = period.limit.kind is Kind.WINDOW
    if period.met:
        if is_window:
            return ClockState.USED
        return ClockState.MET if _in_time(period, period.met.at) else ClockState.LATE
    if period.due is None:
        return ClockState.PAUSED
    if _in_time(period, moment):
        return ClockState.OPEN if is_window else ClockState.RUNNING
    return ClockState.LAPSED if is_window else ClockState.OVERDUE


def _in_time(period: Period, moment: date | datetime) -> bool:
    """Whether `moment` is not after the due date; to the instant where both have a time of day."""
    if isinstance(period.due, datetime) and isinstance(moment, datetime):
        return moment <= period.due
    day = moment.date() if isinstance(moment, datetime) else moment
    return period.due_day is not None and day <= period.due_day
