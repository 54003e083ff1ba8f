"""Conclusion (三级终结): what happens when a petitioner's time to ask further has run out unused (art. 35, 36)."""

from datetime import datetime

from xinqiao.matters import actions as matters
from xinqiao.matters import queries
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused


def conclude_lapsed(now: datetime) -> int:
    """Concludes every answered matter whose window has lapsed. Returns how many; may run twice."""
    return sum(_conclude(matter_id, now) for matter_id in queries.window_lapsed_before(now))


def _conclude(matter_id: int, now: datetime) -> bool:
    try:
        matters.take(matter_id, "conclude", {}, by=SYSTEM, now=now)
    except Refused:  # the window is still open, or the petitioner has asked at this very moment
        return False
    return True
