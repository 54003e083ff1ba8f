"""How often something may go wrong before one has to wait; counted in the database, for all processes together.

Each wrong try takes a free place among `most`; the last place taken shuts the door until that place is free again.
Asking reads that one row; nothing is written as long as nothing goes wrong. Two at once cannot take one place: the
database lets one of them in.
"""

import hmac
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from xinqiao.config.home import derived_key


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` within `within`, for each of those counted by `name`."""

    name: str
    most: int
    within: timedelta


Counted = Iterable[tuple[Limit, str]]


def waits_until(counted: Counted) -> datetime | None:
    """Until when one of these has to wait; None when none has. `counted` pairs a limit with whom it is about."""
    last = [_place(limit, whom, limit.most - 1) for limit, whom in counted]
    return max(cache.get_many(last).values(), default=None)


def count(counted: Counted, now: datetime) -> None:
    """One more try that went wrong, for each of these."""
    for limit, whom in counted:
        places = [_place(limit, whom, number) for number in range(limit.most)]
        taken = cache.get_many(places)
        free = (place for place in places if place not in taken)
        until, seconds = now + limit.within, limit.within.total_seconds()
        any(cache.add(place, until, seconds) for place in free)


def minutes_until(moment: datetime, now: datetime) -> int:
    """Whole minutes until then, for telling people; at least one."""
    return max(1, math.ceil((moment - now).total_seconds() / 60))


def forget(counted: Counted) -> None:
    """What went wrong before no longer counts."""
    for limit, whom in counted:
        cache.delete_many([_place(limit, whom, number) for number in range(limit.most)])


def _place(limit: Limit, whom: str, number: int) -> str:
    """Keyed: addresses and phones are not to be read from the table."""
    key = derived_key(settings.XINQIAO_HOME, "throttle")
    digest = hmac.digest(key, f"{limit.name}\0{whom}".encode(), "sha256")
    return f"wait:{limit.name}:{digest.hex()[:32]}:{number}"
