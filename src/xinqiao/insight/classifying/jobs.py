"""What the background worker does for categories. Each job may run twice and may run late."""

from datetime import datetime

from xinqiao.insight.classifying import asking, confirming, learning
from xinqiao.matters import followers


def follow_confirmations(now: datetime) -> int:
    """Notes what persons confirmed since the last run. Returns how much."""
    return confirming.follow(now)


def follow_all(now: datetime) -> int:
    """Runs until nothing is left: for a platform that begins, and for stories."""
    return followers.until_all_is_read(confirming.NAME, lambda: follow_confirmations(now))


def learn(now: datetime) -> int:
    """Trains where it is due, and makes the list of what would teach most anew. Returns how many stand on that list."""
    learning.train_when_due(now)
    return asking.renew()
