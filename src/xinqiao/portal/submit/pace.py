"""How many petitions may be sent from one place in a while. None is refused: the draft is kept and sent later."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import ngettext

from xinqiao.accounts import throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.throttle import Counted, Limit

#: A hall where neighbours help each other never comes near it; a machine that floods the registry does at once.
FROM_AN_ADDRESS = Limit(name="submissions-from-address", most=60, within=timedelta(minutes=30))


def too_often(request: HttpRequest, now: datetime) -> str:
    """What to do when too much came from here; "" when it may be sent."""
    until = throttle.waits_until(_counted(request))
    if until is None:
        return ""
    minutes = throttle.minutes_until(until, now)
    return ngettext(
        "Very many petitions were just sent from your network. Yours is kept here: send it in %(minutes)s minute.",
        "Very many petitions were just sent from your network. Yours is kept here: send it in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def count(request: HttpRequest, now: datetime) -> None:
    """One more was sent from here."""
    throttle.count(_counted(request), now)


def _counted(request: HttpRequest) -> Counted:
    return ((FROM_AN_ADDRESS, neighbourhood(client_address(request))),)
