"""How often somebody may ask in a minute: counted in the memory of each process, so that it costs nothing."""

from time import time

from django.core.cache import caches

from xinqiao.accounts.addresses import neighbourhood

MINUTE = 60


def is_within(what: str, address: str, most: int) -> bool:
    """Counts a request for `what` from an address; False when it is one too many in this minute of the clock."""
    counts = caches["process"]
    key = f"{what}:{neighbourhood(address)}:{int(time() // MINUTE)}"
    if counts.add(key, 1, MINUTE):
        return True
    try:
        return bool(counts.incr(key) <= most)
    except ValueError:  # forgotten in between, to make room for others
        return True


def seconds_left() -> float:
    """How long it is until the next minute begins, in which everybody may ask again."""
    return MINUTE - time() % MINUTE
