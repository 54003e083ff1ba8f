"""How often somebody may book: so that nobody takes all times of a day. Counted as wrong tries are, in the cache."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from xinqiao.accounts import throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.throttle import Limit
from xinqiao.text.clean import Problem, normal_phone

#: A village or a hall may share one address.
_OF_PHONE = Limit(name="booking-phone", most=2, within=timedelta(days=1))
_OF_ADDRESS = Limit(name="booking-address", most=30, within=timedelta(hours=1))


def waits_until(request: HttpRequest, phone: str) -> datetime | None:
    """Until when this phone, or this address, has to wait; None when it need not."""
    return throttle.waits_until(_counted(request, phone))


def count(request: HttpRequest, phone: str, now: datetime) -> None:
    """One more time booked. Only a keyed hash is kept, and only until the limit ends."""
    throttle.count(_counted(request, phone), now)


def _counted(request: HttpRequest, phone: str) -> list[tuple[Limit, str]]:
    read = normal_phone(phone)
    same = phone if isinstance(read, Problem) else read
    return [(_OF_PHONE, same), (_OF_ADDRESS, neighbourhood(client_address(request)))]
