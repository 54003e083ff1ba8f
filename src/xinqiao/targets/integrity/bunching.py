"""Bunching before a limit: far more in its last days than in the days around it.

Two tests have to agree. The unit's share of the last days among the days around is held against that of comparable
units, since people work to a limit everywhere. And its own days have to jump there, by a manipulation test of the kind
of J. McCrary, "Manipulation of the running variable in the regression discontinuity design" (2008): days are counted
in bins of one day, a local linear fit on either side, weighted by a triangle, gives the density just in time and just
late, and the logarithm of their ratio is the jump.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats  # type: ignore[import-untyped]

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import Array, judge
from xinqiao.targets.integrity.values import Done, Finding, Seen

_HALF = 0.5  # half an answer is what an empty side is taken to have at least


@dataclass(frozen=True, kw_only=True)
class Jump:
    """The logarithm of density in time over density late, at the limit, with its standard error."""

    size: float
    error: float

    @property
    def p(self) -> float:
        """The chance of such a jump where there is none."""
        return float(stats.norm.sf(self.size / self.error))

    @property
    def times(self) -> float:
        """How many times denser it is just in time."""
        return round(float(np.exp(self.size)), 1)


def limit(
    sign: Sign, done: Iterable[Done], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units whose answers stand in the last days before the limit far more than others', and jump at it."""
    window, last = int(sign.limits["window"]), int(sign.limits["last"])
    by_unit: defaultdict[str, list[Done]] = defaultdict(list)
    for one in done:
        if -window <= left(one) < window:
            by_unit[one.unit].append(one)
    seen = (
        Seen(unit=one.unit, case=one.case, marked=0 <= left(one) < last)
        for rows in by_unit.values()
        for one in rows
    )
    found = []
    for finding in judge(sign, "limit", seen, groups):
        rows = by_unit[finding.unit]
        own = jump((left(one) for one in rows), window)
        if own.p <= sign.limits["jump_chance"]:
            facts = {**finding.facts, "jump": own.times, "by_day": _days(rows, window)}
            found.append(replace(finding, facts=facts))
    return found


def left(one: Done) -> int:
    """Days that were left: 0 on the last day, negative when late."""
    return (one.due - one.done).days


def jump(days_left: Iterable[int], window: int) -> Jump:
    """The jump at the limit, from the days that were left."""
    counts = Counter(days_left)
    in_time = np.array([counts[day] for day in range(window)], dtype=float)
    late = np.array([counts[-day - 1] for day in range(window)], dtype=float)
    (before, of_before), (after, of_after) = _at_limit(in_time), _at_limit(late)
    return Jump(
        size=float(np.log(before / after)),
        error=float(np.sqrt(of_before / before**2 + of_after / after**2)),
    )


def _at_limit(counts: Array) -> tuple[float, float]:
    """The density per day at the limit by a local linear fit, and its variance (counts are Poisson's)."""
    middle = np.arange(len(counts)) + 0.5
    weight = 1 - middle / len(counts)
    s0, s1, s2 = weight.sum(), (weight * middle).sum(), (weight * middle**2).sum()
    line = weight * (s2 - s1 * middle) / (s0 * s2 - s1**2)
    density = max(float((line * counts).sum()), _HALF)
    spread = float((line**2 * np.maximum(counts, _HALF)).sum())
    return density, spread


def _days(rows: Sequence[Done], window: int) -> list[list[Any]]:
    """How many were done so many days before the limit (negative: after it), from early to late."""
    counts = Counter(left(one) for one in rows)
    return [[day, counts[day]] for day in range(window - 1, -window - 1, -1)]
