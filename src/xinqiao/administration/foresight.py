"""What a change of rules would move, before it is made: how many open matters get other dates.

It counts and names none: administrators read no matter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.law.calendar import Calendar
from xinqiao.law.clocks import Clock, clocks
from xinqiao.law.limits import Law
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.rules.clock_events import events_of
from xinqiao.rules.replay import turns

#: So many matters are looked at, spread evenly over all open ones.
LOOKED_AT = 1000
LawOn = Callable[[date], Law]


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """Of `open` matters `looked_at` were computed anew; `moved` of these get other dates."""

    open: int
    looked_at: int
    moved: int

    @property
    def exact(self) -> bool:
        return self.open == self.looked_at

    @property
    def about(self) -> int:
        """How many of all open matters that makes."""
        return round(self.moved * self.open / self.looked_at) if self.looked_at else 0


def foresee(
    now: datetime, *, calendar: Calendar | None = None, law_on: LawOn | None = None
) -> Foreseen:
    """How many open matters would get other dates under another calendar or other provisions."""
    listed, as_of = matters.open_matters(), matters.today(now)
    step = max(1, -(-len(listed) // LOOKED_AT))
    sample = listed[::step]
    proposed = (calendar or clockwork.calendar(), law_on or clockwork.law_on)
    moved = sum(_moves(matter, as_of, *proposed) for matter in sample)
    return Foreseen(open=len(listed), looked_at=len(sample), moved=moved)


def _moves(matter: int, as_of: date, calendar: Calendar, law_on: LawOn) -> bool:
    events = events_of(turns(load(matter)))
    if not events:
        return False
    first = events[0].day
    now = clocks(events, as_of, calendar=clockwork.calendar(), law=clockwork.law_on(first))
    then = clocks(events, as_of, calendar=calendar, law=law_on(first))
    return [_dates(clock) for clock in now] != [_dates(clock) for clock in then]


def _dates(clock: Clock) -> tuple[str, date | datetime | None]:
    return clock.id, clock.due
