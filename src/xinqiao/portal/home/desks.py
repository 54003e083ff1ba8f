"""Where one is received in person today. The one place where the start page asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A place of reception today, in the reader's language: who receives, where, and between which hours."""

    office: str
    place: str
    hours: str
    who: str = ""


def todays_desks(now: datetime) -> Sequence[Desk]:
    """The desks announced for the day of `now`, in the order of their opening.

    Receptions are not entered on this platform yet: nothing is announced, and the page says what else is possible.
    """
    del now
    return ()
