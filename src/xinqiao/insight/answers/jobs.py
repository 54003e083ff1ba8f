"""The answers that went out are followed in the background. May run twice and may run late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from xinqiao.insight.answers import filing
from xinqiao.matters import followers
from xinqiao.rows.batches import batches

NAME = "answers"
#: So many entries are read in one run, and so many matters filed in one transaction.
ENTRIES, TOGETHER = 5000, 200
#: So long an answer is remembered: nobody asks whether it repeats one of years ago.
REMEMBERED = timedelta(days=2 * 366)


def file_answers(now: datetime) -> int:
    """Files what went out since the last run, and forgets what is too old. Returns how many answers are new."""
    new: list[int] = []
    followers.follow(NAME, lambda read: new.append(_take(read)), ENTRIES)
    filing.forget_before(now - REMEMBERED)
    return sum(new)


def file_all_answers(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(NAME, lambda: file_answers(now))


def _take(read: Sequence[followers.Read]) -> int:
    ids = sorted({one.matter for one in read})
    return sum(filing.take(some) for some in batches(ids, TOGETHER))
