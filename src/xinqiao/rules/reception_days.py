"""Reception days (接待日): which times a day has, and whether one of them can still be booked.

Times and places of reception are made public (R2022 art. 18).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.refusals import Refusal

ARTICLE = "18"
#: How long one visitor or group is listened to.
MINUTES = (10, 15, 20, 30, 45, 60)
#: How many weeks ahead a day is planned at most: further on nobody knows.
MOST_AHEAD = timedelta(days=366)
#: Who booked is forgotten so long after the day: by then whoever was received has a receipt.
FORGOTTEN_AFTER = timedelta(days=30)


def times(spans: Iterable[tuple[time, time]], minutes: int) -> list[time]:
    """When each slot of a day begins: as many whole slots as fit between opening and closing, in order."""
    length, found = timedelta(minutes=minutes), []
    for opens, closes in spans:
        moment, end = _on_some_day(opens), _on_some_day(closes)
        while moment + length <= end:
            found.append(moment.time())
            moment += length
    return sorted(found)


def _on_some_day(moment: time) -> datetime:
    return datetime.combine(date(2000, 1, 1), moment)


def starts_at(day: date, starts: time) -> datetime:
    """The moment at which a slot begins."""
    return datetime.combine(day, starts, SHANGHAI)


def may_plan(day: date, published_on: date, today: date) -> Refusal | None:
    """A day is planned ahead, not for the past, and is public before it comes."""
    if not today <= day <= today + MOST_AHEAD:
        return Refusal("reception_day_not_ahead", ARTICLE, {"field": "day"})
    if published_on > day:
        return Refusal("published_too_late", ARTICLE, {"field": "published_on"})
    return None


def may_book(
    day: date, starts: time, *, published_on: date, cancelled: bool, now: datetime
) -> Refusal | None:
    """Whether somebody may still book this time. Whether it is free, the database alone can say."""
    if cancelled:
        return Refusal("reception_cancelled", ARTICLE)
    if published_on > now.astimezone(SHANGHAI).date():
        return Refusal("no_such_time")
    if starts_at(day, starts) <= now:
        return Refusal("time_is_past")
    return None
