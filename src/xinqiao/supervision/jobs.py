"""Supervision follows the ledgers in the background. Each job may run twice and may run late."""

import logging
from collections.abc import Sequence
from datetime import datetime

from xinqiao.law.errors import LawError
from xinqiao.matters import followers
from xinqiao.supervision import queries
from xinqiao.supervision.following import follow, set_aside

log = logging.getLogger(__name__)
NAME = "supervision"
#: So many entries are read, and so many matters looked at again, in one run.
ENTRIES, AGAIN = 5000, 2000


def follow_ledgers(now: datetime) -> int:
    """Reads what was entered since the last run, then looks again where a date has passed. Returns how many matters.

    What supervision does itself it has followed at once: only what came by other doors is left for this.
    """
    new: list[int] = []
    followers.follow(NAME, lambda read: new.extend(_follow_new(read, now)), ENTRIES)
    again = [one for one in queries.to_look_at_again(now, AGAIN) if one not in set(new)]
    for matter in again:
        _follow_one(matter, now)
    return len(new) + len(again)


def _follow_new(read: Sequence[followers.Read], now: datetime) -> list[int]:
    """Follows the matters that are not followed as far as this. Gives them in the order in which they were entered."""
    new = followers.further(read, queries.read_so_far)
    for matter in new:
        _follow_one(matter, now)
    return new


def _follow_one(matter: int, now: datetime) -> None:
    """A matter whose clocks cannot be told keeps nobody else waiting; it is looked at again when it is acted on."""
    try:
        follow(matter, now)
    except LawError as error:
        log.error("matter row %d not followed: %s", matter, error.say("en"))
        set_aside(matter)


def follow_everything(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(NAME, lambda: follow_ledgers(now))
