"""How often a browser or a program, and an address, may give a wrong number or code before it has to wait.

Counted in the database, for all doors and all processes; who gives the right code only reads one row.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from xinqiao.accounts import throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.throttle import Limit

WINDOW = timedelta(minutes=15)
#: A hall or a village may share one address; a browser has one session.
MOST_OF_SESSION, MOST_OF_ADDRESS = 10, 100
_OF_SESSION = Limit(name="lookup-session", most=MOST_OF_SESSION, within=WINDOW)
_OF_ADDRESS = Limit(name="lookup-address", most=MOST_OF_ADDRESS, within=WINDOW)


def must_wait(request: HttpRequest) -> bool:
    """Whether too many wrong tries came from here in the last minutes."""
    return throttle.waits_until(_counted(request)) is not None


def minutes_to_wait(request: HttpRequest) -> int:
    """In how many minutes it may be tried again; 0 when nothing stands in the way."""
    until = throttle.waits_until(_counted(request))
    return 0 if until is None else throttle.minutes_until(until, _now(request))


def count_wrong(request: HttpRequest) -> None:
    """Remembers one wrong try. Programs have no session: their address alone is counted."""
    throttle.count(_counted(request), _now(request))


def _now(request: HttpRequest) -> datetime:
    now: datetime = getattr(request, "now", None) or timezone.now()
    return now


def _counted(request: HttpRequest) -> list[tuple[Limit, str]]:
    found = [(_OF_ADDRESS, neighbourhood(client_address(request)))]
    session = getattr(request, "session", None)  # programs have none
    if session is not None and session.session_key is not None:
        found.append((_OF_SESSION, session.session_key))
    return found
