"""How often somebody may take the open figures away: counted in the memory of each process."""

from collections.abc import Callable
from functools import wraps
from time import time

from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase

from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.ui.views import too_many_tries

MOST_A_MINUTE = 60
MINUTE = 60


def at_a_pace(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """So many requests of an address in a minute of the clock; whoever asks more is told to wait."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        return view(request) if _within(request) else too_many_tries(request)

    return guarded


def _within(request: HttpRequest) -> bool:
    counts = caches["process"]
    key = f"figures:{neighbourhood(client_address(request))}:{int(time() // MINUTE)}"
    if counts.add(key, 1, MINUTE):
        return True
    try:
        return bool(counts.incr(key) <= MOST_A_MINUTE)
    except ValueError:  # forgotten in between, to make room for others
        return True
