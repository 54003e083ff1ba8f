"""From a series to the end of its year: the method by its back-test, the months, the whole.

Needs the extra `analytics`.
"""

from dataclasses import dataclass, replace

import numpy as np

from xinqiao.targets.forecast import ranges
from xinqiao.targets.forecast.methods import (
    YEAR,
    Floats,
    Scale,
    carry_on,
    is_sparse,
    offered,
    whole,
)
from xinqiao.targets.forecast.rolling import Tried, roll, spread_of, spread_within
from xinqiao.targets.forecast.values import (
    BOUNDS,
    Ahead,
    Errors,
    Few,
    Method,
    Range,
    Series,
    Spread,
)


@dataclass(frozen=True, kw_only=True)
class Course:
    """The months to come of one series: their ranges and `ranges.RUNS` ways in which they may go."""

    means: Floats
    months: tuple[Range, ...]
    runs: Floats
    method: Method
    tried: Method | None
    spread: Spread
    few: Few | None
    errors: Errors


def look_ahead(series: Series, *, under_way: float = 0.0) -> Ahead:
    """The forecast from the end of the series to the end of that year.

    `under_way` is what the month that begins at the end of the series has so far: it will not have less. Of a rate only
    months whose denominators are known count. Raises ValueError for a series of no month at all.
    """
    if not series.counts:
        raise ValueError("a series of no month")
    months = YEAR + 1 - series.end.month
    course = carry(series, months, under_way)
    seen = [one for one in series.counts[max(0, len(series.counts) - (YEAR - months)) :] if one]
    if not series.rate:
        total = _total(course, float(sum(seen)))
        return _ahead(series, course, None, float(sum(seen)), None, total)
    return _of_rate(series, course, months, float(sum(seen)))


def _of_rate(series: Series, course: Course, months: int, seen: float) -> Ahead:
    """The rate of the year: what was seen and what is to come, each month by how many it will be about."""
    down = carry(series.denominators(), months, 0.0, seed=1)
    known = [
        one for one in (series.of or ())[max(0, len(series.counts) - (YEAR - months)) :] if one
    ]
    seen_of = float(sum(known))
    of = down.means if down.means.sum() + seen_of > 0 else np.ones(months)
    mean = (seen + float(np.sum(course.means * of))) / (seen_of + float(of.sum()))
    all_of = seen_of + down.runs.sum(axis=1)
    counts = seen + (course.runs * down.runs).sum(axis=1)
    rates = np.where(all_of > 0, counts / np.where(all_of > 0, all_of, 1.0), mean)
    total = ranges.ranges_of(rates[:, None], np.array([mean]))[0]
    return _ahead(series, course, tuple(float(one) for one in of), seen, seen_of, total)


def _ahead(
    series: Series, course: Course, of: tuple[float, ...] | None, seen: float, seen_of: float | None, total: Range
) -> Ahead:  # fmt: skip
    return Ahead(
        first=series.end, months=course.months, of=of, seen=seen, seen_of=seen_of, total=total,
        method=course.method, tried=course.tried, spread=course.spread, few=course.few,
        errors=course.errors,
    )  # fmt: skip


def _total(course: Course, seen: float) -> Range:
    runs = seen + course.runs.sum(axis=1)
    return ranges.ranges_of(runs[:, None], np.array([seen + float(course.means.sum())]))[0]


def carry(series: Series, months: int, under_way: float, *, seed: int = 0) -> Course:
    """The months to come of a number or a rate, by the method that did best before."""
    scale = Scale(rate=series.rate)
    values = series.values()
    filled = whole(values)
    if not filled.size:
        filled = np.full(1, 0.5 if series.rate else 0.0)
    unit = 1.0 if series.rate else float(filled.mean()) or 1.0
    tested = roll([None if one is None else one / unit for one in values], scale)
    method, tried = choose(tested, offered(filled, rate=series.rate))
    means = np.maximum(carry_on(method, filled / unit, months, scale), 0.0)
    chance = _chance(series, unit)
    spread = (
        spread_of(tested[method], scale, chance) if tested
        else spread_within(filled / unit, scale, chance)
    )  # fmt: skip
    errors = _errors(tested, method, tried, spread, scale, unit)
    whole_spread = replace(spread, innovation=spread.innovation * float(np.sqrt(unit)))
    few = _few(filled) if not series.rate and is_sparse(filled) else None
    means = means * unit
    runs = ranges.runs(means, method, whole_spread, few, scale, seed=seed)
    course = Course(
        means=means, runs=runs, method=method, tried=tried, spread=whole_spread, few=few, errors=errors,
        months=ranges.ranges_of(runs, means) if few else ranges.month_ranges(means, whole_spread, scale),
    )  # fmt: skip
    return _not_less(course, under_way) if under_way else course


def choose(tested: dict[Method, Tried], offers: tuple[Method, ...]) -> tuple[Method, Method | None]:
    """The method with the least error, and the best that is not naive; naive where that one did worse.

    Without a back-test a series has its mean, and nothing was tried.
    """
    if not tested:
        return Method.LEVEL, None
    tried = min(offers, key=lambda one: tested[one].error)
    worse = tested[tried].error > tested[Method.NAIVE].error
    return (Method.NAIVE if worse else tried), tried


def _chance(series: Series, unit: float) -> float:
    """The variance of chance alone on the scale: of a number a quarter, of a rate a quarter of one in so many."""
    if series.of is None:
        return 0.25 / unit
    known = [one for one in series.of if one]
    return 0.25 / (sum(known) / len(known)) if known else 0.25


def _errors(
    tested: dict[Method, Tried], method: Method, tried: Method | None, spread: Spread, scale: Scale, unit: float
) -> Errors:  # fmt: skip
    """The error of what was tried, so that one sees why the naive one stands in for it."""
    if not tested:
        return Errors(months=0, method=None, naive=None)
    shown = tested[tried or method]
    held = _held(tested[method], spread, scale)
    return Errors(
        months=sum(int(np.sum(~np.isnan(one))) for one in shown.came),
        method=shown.error * unit, naive=tested[Method.NAIVE].error * unit,
        cover80=held[0], cover95=held[1],
    )  # fmt: skip


def _held(tested: Tried, spread: Spread, scale: Scale) -> tuple[float, float]:
    """The shares of past months within the 80 % and the 95 % range."""
    inside: list[tuple[bool, bool]] = []
    for said, came in zip(tested.said, tested.came, strict=True):
        for one, value in zip(ranges.month_ranges(said, spread, scale), came, strict=True):
            if not np.isnan(value):
                inside.append((one.lo80 <= value <= one.hi80, one.lo95 <= value <= one.hi95))
    both = np.array(inside, dtype=np.float64)
    return float(both[:, 0].mean()), float(both[:, 1].mean())


def _few(filled: Floats) -> Few:
    """On what a series with few cases rests; more spread than chance where it was seen in two years."""
    lately = filled[-2 * YEAR :]
    mean = float(lately.mean())
    dispersion = max(1.0, float(lately.var()) / mean) if mean > 0 else 1.0
    return Few(known=float(filled[-YEAR:].sum()), dispersion=dispersion)


def _not_less(course: Course, under_way: float) -> Course:
    """The first month has at least what it has so far."""
    first = course.months[0]
    raised = Range(**{name: max(getattr(first, name), under_way) for name in BOUNDS})
    runs, means = course.runs.copy(), course.means.copy()
    runs[:, 0], means[0] = np.maximum(runs[:, 0], under_way), raised.mean
    return replace(course, months=(raised, *course.months[1:]), runs=runs, means=means)
