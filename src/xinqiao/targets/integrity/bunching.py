"""Bunching before a limit: a manipulation test of McCrary's kind on the days that were left.

As in J. McCrary, "Manipulation of the running variable in the regression discontinuity design" (2008): days are counted
in bins of one day, and a local linear fit on either side, weighted by a triangle, gives the density just in time and just
late; the logarithm of their ratio is the jump. People work to a limit, so a jump alone is nothing: a unit's is held
against those of comparable units, and against no more than what `natural_jump` allows to all of them together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import Array, adjusted, strength_of
from xinqiao.targets.integrity.values import Done, Finding

#: Honest units differ at least so much in the logarithm of their jump.
_LEAST_DIFFERENCE = 0.25
_NORMAL_MAD = 1.4826  # a median of distances as a standard deviation
_MEDIAN_LOSS = 1.57  # the variance of a median against that of a mean
_HALF = 0.5  # an answer and a half is what an empty side is taken to have at least


@dataclass(frozen=True, kw_only=True)
class Jump:
    """The logarithm of density in time over density late, at the limit, and its standard error."""

    size: float
    error: float


def limit(
    sign: Sign, done: Iterable[Done], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units whose answers jump at the limit far more than others', the least likely first."""
    by_unit: defaultdict[str, list[Done]] = defaultdict(list)
    for one in done:
        if -sign.limits["window"] <= left(one) < sign.limits["window"]:
            by_unit[one.unit].append(one)
    enough = {unit: rows for unit, rows in by_unit.items() if len(rows) >= sign.limits["least"]}
    found: list[Finding] = []
    for group in sorted({(groups or {}).get(unit, "") for unit in enough}):
        members = sorted(unit for unit in enough if (groups or {}).get(unit, "") == group)
        if len(members) >= sign.limits["least_units"]:
            found += _judged(sign, {unit: enough[unit] for unit in members})
    return sorted(found, key=lambda one: (one.q, one.p, one.unit))


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


def _judged(sign: Sign, units: Mapping[str, Sequence[Done]]) -> list[Finding]:
    window, last = int(sign.limits["window"]), int(sign.limits["last"])
    names = list(units)
    jumps = [jump((left(one) for one in units[name]), window) for name in names]
    size = np.array([one.size for one in jumps])
    error = np.array([one.error for one in jumps])
    p, usual = _chances(size, error, float(np.log(sign.limits["natural_jump"])))
    found = []
    for place, q in enumerate(adjusted(p)):
        rows, strength = units[names[place]], strength_of(sign, q)
        cases = tuple(one.case for one in rows if 0 <= left(one) < last)
        if strength is None or len(cases) < sign.limits["least_cases"]:
            continue
        facts = {
            "n": len(rows), "k": len(cases), "rate": _times(size[place]), "peers": _times(usual[place]),
            "unit": "days", "bars": _days(rows, window),
        }  # fmt: skip
        found.append(Finding(
            sign=sign.id, part="limit", unit=names[place], strength=strength, p=float(p[place]), q=float(q),
            facts={**sign.whole_limits, **facts}, cases=cases,
        ))  # fmt: skip
    return found


def _chances(size: Array, error: Array, natural: float) -> tuple[Array, Array]:
    """For each unit the chance of such a jump were it one of the others, and the jump it was held against."""
    p, usual = np.ones(len(size)), np.zeros(len(size))
    for place in range(len(size)):
        others = np.arange(len(size)) != place
        middle = float(np.median(size[others]))
        apart = _NORMAL_MAD * float(np.median(np.abs(size[others] - middle)))
        differ = max(apart**2 - float(np.median(error[others] ** 2)), _LEAST_DIFFERENCE**2)
        of_middle = _MEDIAN_LOSS * (differ + float(np.median(error[others] ** 2))) / others.sum()
        usual[place] = min(middle, natural)
        spread = np.sqrt(error[place] ** 2 + differ + of_middle)
        p[place] = stats.norm.sf((size[place] - usual[place]) / spread)
    return p, usual


def _times(size: float) -> float:
    return round(float(np.exp(size)), 1)


def _days(rows: Sequence[Done], window: int) -> list[list[Any]]:
    """How many were done so many days before the limit, from early to late; the days in time are the own ones."""
    counts = Counter(left(one) for one in rows)
    return [[counts[day], day >= 0, day] for day in range(window - 1, -window - 1, -1)]
