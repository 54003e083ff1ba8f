"""What the ledger shows of a unit: how many cases it works on at a time, how long each takes, which lie about.

Of a case only the whole time is known. It is told apart into waiting and work by how many are in hand at once: with the
right number the work does not depend on how many were waiting. With too large a number it seems to grow with them, with
too small a one to shrink. Where the whole time never grew with what was in hand, nobody was seen to wait.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import StatisticsError, correlation

from xinqiao.targets.capacity.values import Case
from xinqiao.targets.capacity.workdays import Workdays

#: So many numbers are tried between one and the most that was ever in hand.
_TRIED = 24
#: With fewer cases nothing can be told apart: nobody is taken to wait, up to so many times what was ever in hand.
_LEAST, _NO_LIMIT = 20, 10
#: How far a correlation may be from none by chance, in standard errors.
_CHANCE = 1.65


@dataclass(frozen=True, kw_only=True)
class Job:
    """A case in working days: when it came, by when it was due, and when it was done (None: it lies about)."""

    category: str
    came: int
    allowed: int
    done: int | None
    counted: bool


@dataclass(frozen=True, kw_only=True)
class Worked:
    """What one case took: working days of `work`, `allowed` so many from its coming; None of one that lies about."""

    category: str
    work: int | None
    allowed: int


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A unit as it worked: its cases in order of coming, so many at once, and what each took."""

    jobs: Sequence[Job]
    at_once: int
    worked: Sequence[Worked]
    waited: bool


def jobs_of(cases: Sequence[Case], days: Workdays, counted: Sequence[bool]) -> list[Job]:
    """The cases of a unit in working days, in order of coming."""
    found = [
        Job(
            category=one.category,
            came=(came := days.begin(one.start)),
            allowed=days.until(one.due) - came,
            done=None if one.done is None else max(came, days.done(one.done, one.due)),
            counted=is_counted,
        )
        for one, is_counted in zip(cases, counted, strict=True)
    ]
    return sorted(found, key=lambda one: (one.came, one.allowed, one.category))


def fit(jobs: Sequence[Job]) -> Fitted:
    """How many at once, and how long each took; of a unit without cases one at a time."""
    known = [one for one in jobs if one.counted]
    done = [one for one in jobs if one.done is not None]
    most = max(1, peak(done))
    at_once = _told_apart(done, most) if len(done) >= _LEAST else _NO_LIMIT * most
    work = dict(zip((id(one) for one in done), works(done, at_once), strict=True))
    worked = [
        Worked(category=one.category, work=work.get(id(one)), allowed=one.allowed) for one in known
    ]
    return Fitted(jobs=jobs, at_once=at_once, worked=worked, waited=at_once < most)


def peak(done: Sequence[Job]) -> int:
    """The most that was in hand at once."""
    events = sorted(
        [(one.came, 1) for one in done] + [((one.done or 0), -1) for one in done]
    )  # what is done in the morning makes room
    most = now = 0
    for _, change in events:
        now += change
        most = max(most, now)
    return most


def works(done: Sequence[Job], at_once: int) -> list[int]:
    """The working days of work of each case, if so many were worked on at a time, in order of coming."""
    busy: list[int] = []
    found = []
    for one in done:
        begun = one.came if len(busy) < at_once else max(one.came, heapq.heappop(busy))
        ended = max(begun, one.done or 0)
        heapq.heappush(busy, ended)
        found.append(ended - begun)
    return found


def _told_apart(done: Sequence[Job], most: int) -> int:
    """The number at which the work depends least on how many were in hand."""
    load = _in_hand(done)
    whole = [(one.done or 0) - one.came for one in done]
    if _correlated(whole, load) <= _CHANCE / sqrt(len(done)):
        return most
    step = max(1, most // _TRIED)
    tried = [*range(1, most, step), most]
    apart = {one: abs(_correlated(works(done, one), load)) for one in tried}
    best: int = max(tried, key=lambda one: (-apart[one], one))
    return best


def _in_hand(done: Sequence[Job]) -> list[int]:
    """How many others were in hand when each came."""
    ends: list[int] = []
    found = []
    for one in done:
        while ends and ends[0] <= one.came:
            heapq.heappop(ends)
        found.append(len(ends))
        heapq.heappush(ends, one.done or 0)
    return found


def _correlated(first: Sequence[int], second: Sequence[int]) -> float:
    try:
        return correlation(first, second)
    except StatisticsError:
        return 0.0
