"""A unit's rate against those of comparable units, which differ among themselves without anybody's fault.

Each unit is held against all others: how many of its things show the sign, if it were one of them? Honest units differ
(beta-binomial, its spread measured from the others and never taken below what `natural` says), things of one kind are
held against things of that kind, and the chances of all units are put right for their number (Benjamini-Hochberg).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats  # type: ignore[import-untyped]

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.values import Case, Finding, Seen, Strength

Array = np.ndarray[Any, np.dtype[np.float64]]
#: So many things of the average rate are added to each kind, so that a rare kind does not decide anything.
_SHRINK = 20.0
#: Units as unlikely as this are not taken as a measure for the others.
_OUTSIDE = 0.01


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was seen of one unit: how many things of each kind, and those that show the sign."""

    unit: str
    of: Mapping[str, int]
    marked: Mapping[str, int]
    cases: tuple[Case, ...]

    @property
    def n(self) -> int:
        return sum(self.of.values())

    @property
    def k(self) -> int:
        return len(self.cases)


def tally(seen: Iterable[Seen]) -> list[Tally]:
    """What was seen, by unit."""
    of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    marked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cases: defaultdict[str, list[Case]] = defaultdict(list)
    for one in seen:
        of[one.unit][one.kind] += 1
        if one.marked:
            marked[one.unit][one.kind] += 1
            cases[one.unit].append(one.case)
    return [
        Tally(unit=unit, of=of[unit], marked=marked[unit], cases=tuple(cases[unit]))
        for unit in sorted(of)
    ]


def judge(
    sign: Sign, part: str, seen: Iterable[Seen], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """The units whose rate stands out, the least likely first. `groups` says which units are comparable; else all are.

    Units with fewer than `least` things are neither judged nor compared with; a group of fewer than `least_units`
    tells nothing and gives nothing.
    """
    enough = [one for one in tally(seen) if one.n >= sign.limits["least"]]
    found: list[Finding] = []
    for group in sorted({(groups or {}).get(one.unit, "") for one in enough}):
        members = [one for one in enough if (groups or {}).get(one.unit, "") == group]
        if len(members) >= sign.limits["least_units"]:
            found += _judged(sign, part, members)
    return sorted(found, key=lambda one: (one.q, one.p, one.unit))


def _judged(sign: Sign, part: str, units: Sequence[Tally]) -> list[Finding]:
    everybody = np.ones(len(units), dtype=bool)
    first, _ = _chances(units, everybody, sign.limits["natural"])
    usual = first > _OUTSIDE
    p, mean = _chances(units, usual if usual.sum() >= 3 else everybody, sign.limits["natural"])
    rates = [one.k / one.n for one in units]
    found = []
    for place, q in enumerate(adjusted(p)):
        one, peers = units[place], float(mean[place])
        strength = strength_of(sign, q)
        if (
            strength
            and one.k >= sign.limits["least_cases"]
            and rates[place] >= sign.limits["times"] * peers
        ):
            facts = {
                "n": one.n, "k": one.k, "rate": per_cent(rates[place]), "peers": per_cent(peers), "unit": "%",
                "bars": bars([100 * rate for rate in rates], place),
            }  # fmt: skip
            found.append(Finding(
                sign=sign.id, part=part, unit=one.unit, strength=strength, p=float(p[place]), q=float(q),
                facts={**sign.whole_limits, **facts}, cases=one.cases,
            ))  # fmt: skip
    return found


def _chances(units: Sequence[Tally], measure: Any, natural: float) -> tuple[Array, Array]:
    """For each unit the chance of so many or more, were it one of the others, and the rate expected of it."""
    mean = _expected(units, measure)
    n = np.array([one.n for one in units], dtype=float)
    k = np.array([one.k for one in units], dtype=float)
    var = n * mean * (1 - mean)
    squares = (k - n * mean) ** 2 / var
    spread = np.empty(len(units))
    for place in range(len(units)):
        others = measure.copy()
        others[place] = False
        spread[place] = _spread(squares[others], n[others], mean[place], natural)
    a, b = mean * (1 - spread) / spread, (1 - mean) * (1 - spread) / spread
    p: Array = stats.betabinom.sf(k - 1, n, a, b)
    return np.clip(p, 0.0, 1.0), mean


def _spread(squares: Array, n: Array, mean: float, natural: float) -> float:
    """How far honest units differ (the intraclass correlation of a beta-binomial), rather more than less.

    Pearson's squares of the others tell it: each is 1 + (n - 1) spread on average. Its own uncertainty is added.
    """
    more = float(np.maximum(n - 1, 1).sum())
    found = max(0.0, float(squares.sum() - len(squares)) / more)
    unsure = np.sqrt(2 * float(((1 + (n - 1) * found) ** 2).sum())) / more
    least = natural**2 * mean / (1 - mean)
    return float(min(max(found + unsure, least, 1e-6), 0.9))


def _expected(units: Sequence[Tally], measure: Any) -> Array:
    """The rate that the others would have had with the things of each unit, kind for kind; never 0 nor 1."""
    kinds = sorted({kind for one in units for kind in one.of})
    of = np.array([[one.of.get(kind, 0) for kind in kinds] for one in units], dtype=float)
    marked = np.array([[one.marked.get(kind, 0) for kind in kinds] for one in units], dtype=float)
    weight = np.asarray(measure, dtype=float)[:, None]
    of_others = (of * weight).sum(axis=0) - of * weight
    marked_others = (marked * weight).sum(axis=0) - marked * weight
    overall = (marked_others.sum(axis=1) + 0.5) / (of_others.sum(axis=1) + 1)
    by_kind = (marked_others + _SHRINK * overall[:, None]) / (of_others + _SHRINK)
    share = of / of.sum(axis=1, keepdims=True)
    expected: Array = (by_kind * share).sum(axis=1)
    return np.clip(expected, 1e-4, 1 - 1e-4)


# -- what the signs have in common -------------------------------------------------------------------------------------


def adjusted(p: Sequence[float] | Array) -> Array:
    """Chances put right for the number of units looked at."""
    values: Array = np.asarray(stats.false_discovery_control(np.asarray(p), method="bh"))
    return values


def strength_of(sign: Sign, q: float) -> Strength | None:
    """How strong a finding is; None where it is none. The parts of a sign share its chance of a false alarm."""
    if q > sign.limits["look"] / len(sign.parts):
        return None
    return Strength.STRONG if q <= sign.limits["strong"] / len(sign.parts) else Strength.LOOK


def per_cent(rate: float) -> float:
    """A rate in per cent with one decimal, as the words say it."""
    return round(100 * rate, 1)


def bars(values: Sequence[float], own: int) -> list[list[Any]]:
    """The figures of all compared units for the picture, from low to high, without names; which is the own one."""
    return [
        [round(value, 1), place == own]
        for place, value in sorted(enumerate(values), key=lambda item: item[1])
    ]
