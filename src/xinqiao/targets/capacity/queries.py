"""What a place can bear. Whoever asks has made sure that the person may see the figures of the place."""

import importlib
from datetime import date, datetime

from xinqiao.matters import clockwork
from xinqiao.matters.queries import today
from xinqiao.targets.capacity import installed, reading
from xinqiao.targets.capacity.values import Played, Question, Year
from xinqiao.targets.values import Place


def last_year(place: Place, now: datetime) -> Year | None:
    """The cases due in the twelve whole months before today; None where there are too many to play."""
    return reading.year_of(place, today(now).replace(day=1))


def played(year: Year, question: Question, *, fitted_on: Year | None = None) -> Played | None:
    """What a question comes to; None where the extra `analytics` is missing. Raises Impossible."""
    if not installed():
        return None
    asking = importlib.import_module("xinqiao.targets.capacity.asking")
    found: Played = asking.ask(year, question, clockwork.calendar(), fitted_on=fitted_on)
    return found


def year_before(place: Place, end: date) -> Year | None:
    """The cases of the year before a year that ends there: what one could have learned from then."""
    return reading.year_of(place, end.replace(year=end.year - 1))
