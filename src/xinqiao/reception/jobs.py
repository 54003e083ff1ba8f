"""What the worker does for the reception days."""

from datetime import datetime

from xinqiao.matters.queries import today
from xinqiao.reception.days.actions import forget_bookings
from xinqiao.rules.reception_days import FORGOTTEN_AFTER


def forget_past_bookings(now: datetime) -> int:
    """Who booked a day that is long past is forgotten. May run twice, late, and beside itself."""
    return forget_bookings(today(now) - FORGOTTEN_AFTER, now=now)
