"""How often somebody may take the open figures away: counted in the memory of each process."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from xinqiao.accounts.addresses import client_address
from xinqiao.accounts.pace import is_within
from xinqiao.ui.views import too_many_tries

MOST_A_MINUTE = 60


def at_a_pace(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """So many requests of an address in a minute of the clock; whoever asks more is told to wait."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if is_within("figures", client_address(request), MOST_A_MINUTE):
            return view(request)
        return too_many_tries(request)

    return guarded
