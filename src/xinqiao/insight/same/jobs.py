"""What the background worker does about same matters. Each job may run twice and may run late."""

from datetime import datetime

from xinqiao.insight.same import judged, learning
from xinqiao.matters import followers


def follow_words(now: datetime) -> int:
    """Notes what persons said of two matters since the last run. Returns how much."""
    return judged.follow(now)


def follow_all(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(judged.NAME, lambda: follow_words(now))


def learn(now: datetime) -> int:
    """Learns a scorer where it is due. Returns the number of the version, 0 where nothing was learned."""
    version = learning.learn_when_due(now)
    return version.number if version else 0
