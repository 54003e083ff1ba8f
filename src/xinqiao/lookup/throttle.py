"""How often a browser or a program, and an address, may give a wrong number or code before it has to wait."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

WINDOW = timedelta(minutes=15)
#: A hall or a village may share one address; a browser has one session.
MOST_OF_SESSION, MOST_OF_ADDRESS = 10, 100


def must_wait(request: HttpRequest) -> bool:
    """Whether too many wrong tries came from here in the last minutes."""
    return any(cache.get(key, 0) >= most for key, most in _counters(request).items())


def count_wrong(request: HttpRequest) -> None:
    """Remembers one wrong try. Programs have no session: their address alone is counted."""
    for key in _counters(request):
        cache.add(key, 0, WINDOW.total_seconds())
        cache.incr(key)


def _counters(request: HttpRequest) -> dict[str, int]:
    found = {f"lookup-wrong:address:{request.META.get('REMOTE_ADDR', '')}": MOST_OF_ADDRESS}
    if request.session.session_key is not None:
        found[f"lookup-wrong:session:{request.session.session_key}"] = MOST_OF_SESSION
    return found
