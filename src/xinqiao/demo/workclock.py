"""Office hours as a line of minutes, so that "three working days later" is plain arithmetic.

A position counts the working minutes since the first day of the clock. Nights, weekends and public
holidays have no positions: whatever is computed on the line falls into office hours.
"""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta

from xinqiao.law.calendar import Calendar
from xinqiao.rules.entries import SHANGHAI

_MINUTE = timedelta(minutes=1)
_MORNING = (time(8, 10), 220)
_AFTERNOON = (time(14, 40), 160)
DAY = _MORNING[1] + _AFTERNOON[1]
"""Positions in one working day."""


class WorkClock:
    """The office hours of all working days from `first` to `last`."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.calendar = calendar
        self._days = [day for day in span if calendar.is_working_day(day)]

    def on(self, day: date) -> int:
        """The first position on or after a day."""
        return bisect_left(self._days, day) * DAY

    def at_or_after(self, moment: datetime) -> int:
        """The first position at or after a moment."""
        local = moment.astimezone(SHANGHAI)
        index = bisect_left(self._days, local.date())
        if index == len(self._days) or self._days[index] != local.date():
            return index * DAY
        return index * DAY + _minutes_passed(local.time())

    def moment(self, position: int) -> datetime:
        """The moment of a position."""
        index, minute = divmod(position, DAY)
        start, offset = _MORNING[0], minute
        if minute >= _MORNING[1]:
            start, offset = _AFTERNOON[0], minute - _MORNING[1]
        begin = datetime.combine(self._days[index], start, tzinfo=SHANGHAI)
        return begin + timedelta(minutes=offset)


def _minutes_passed(now: time) -> int:
    """Working minutes of the day that are over by `now`, a begun minute counted."""
    return sum(
        min(length, max(0, -((_of_day(start) - _of_day(now)) // _MINUTE)))
        for start, length in (_MORNING, _AFTERNOON)
    )


def _of_day(moment: time) -> timedelta:
    return timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
