"""Days as numbers of working days, so that time stands still when offices are closed."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from xinqiao.law.calendar import Calendar


class Workdays:
    """The working days of a span, counted from 0."""

    def __init__(self, calendar: Calendar, first: date, end: date) -> None:
        span = (end - first).days
        days = (first + timedelta(days=one) for one in range(span + 1))
        self._days = [day for day in days if calendar.is_working_day(day)]

    def begin(self, day: date) -> int:
        """The first working day on or after this one."""
        return bisect_left(self._days, day)

    def until(self, due: date) -> int:
        """The last working day on which something is in time."""
        return bisect_right(self._days, due) - 1

    def done(self, day: date, due: date) -> int:
        """The day on which something was done; in time or not stays what it was, on a day off too."""
        return (
            min(self.begin(day), self.until(due))
            if day <= due
            else max(self.begin(day), self.until(due) + 1)
        )
