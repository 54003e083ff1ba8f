"""What the rest of the platform knows of a group visit on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xinqiao.rules.group_visits import Reason, Stage


class List(StrEnum):
    """The lists of the desk."""

    MINE = "mine"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class VisitClock:
    """One date of an official, as a clock badge wants it; `id` is that of its limit in `rules.group_visits`."""

    id: str
    state: str  # "running" | "overdue" | "met" | "late"
    due: datetime
    met_on: datetime | None


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A group visit with the matter it is about. `contact` is the visit's row id in `intake`."""

    id: int
    contact: int
    matter: int
    number: str
    subject: str
    state: str
    unit: str
    reason: Reason
    stage: Stage
    called_at: datetime
    acknowledge_by: datetime
    go_by: datetime
    acknowledged_at: datetime | None
    arrived_at: datetime | None
    heard_at: datetime | None
    help_offered: bool | None
    help_consented: bool | None
    help_given: bool | None
    over_at: datetime | None
    review_by: datetime | None
    reviewed_at: datetime | None
    needless_if: str
    needless_if_also: str
    next_due: datetime | None

    def clocks(self, now: datetime) -> list[VisitClock]:
        """The dates that run or ran on the officials, in their order."""
        found = [
            _clock("acknowledge", self.acknowledge_by, self.acknowledged_at, now),
            _clock("go", self.go_by, self.arrived_at, now),
        ]
        if self.review_by is not None:
            found.append(_clock("review", self.review_by, self.reviewed_at, now))
        return found


def _clock(name: str, due: datetime, met: datetime | None, now: datetime) -> VisitClock:
    if met is not None:
        return VisitClock(id=name, state="met" if met <= due else "late", due=due, met_on=met)
    state = "running" if now <= due else "overdue"
    return VisitClock(id=name, state=state, due=due, met_on=None)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; `following` says whether there is another."""

    rows: Sequence[VisitLine]
    number: int
    following: bool
