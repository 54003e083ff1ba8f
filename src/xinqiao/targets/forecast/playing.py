"""Questions to a kept forecast: when a limit is crossed, and what if. Needs the extra `analytics`."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from xinqiao.rules.what_if import Shift
from xinqiao.targets.forecast import ranges
from xinqiao.targets.forecast.methods import Floats, Scale
from xinqiao.targets.forecast.values import Ahead, Crossing, Range, month_after


def play(ahead: Ahead) -> Floats:
    """The ways in which the months may go, as they were when the forecast was made."""
    scale = Scale(rate=ahead.rate)
    return ranges.runs(_means(ahead), ahead.method, ahead.spread, ahead.few, scale)


def crossing(ahead: Ahead, limit: float, *, seen: float, within: slice) -> Crossing:
    """When a number goes beyond `limit`, of what was `seen` of a period and the months to come `within` it.

    Raises ValueError for a rate, which goes up and down: `beyond` tells the chance of its year.
    """
    if ahead.rate:
        raise ValueError("a rate adds up to nothing that crosses a limit on a day")
    means = _means(ahead)[within]
    ends = seen + play(ahead)[:, within].sum(axis=1)
    already = seen > limit
    first = month_after(ahead.first, within.start)
    day = None if already else _day(first, seen + np.cumsum(means), means, limit)
    chance = 1.0 if already else float(np.mean(ends > limit))
    return Crossing(limit=limit, day=day, probability=chance, already=already)


def _day(first: date, courses: Floats, means: Floats, limit: float) -> date | None:
    """The day on which the expected course passes the limit: cases of a month come evenly over its days."""
    beyond = np.flatnonzero(courses > limit)
    if not beyond.size:
        return None
    place = int(beyond[0])
    month = month_after(first, place)
    days = calendar.monthrange(month.year, month.month)[1]
    before = float(courses[place] - means[place])
    return month + timedelta(days=min(days - 1, int((limit - before) / float(means[place]) * days)))


def beyond(ahead: Ahead, limit: float) -> float:
    """The probability that the number or the rate of the whole year lies above `limit`."""
    return float(np.mean(_years(ahead, play(ahead)) > limit))


def what_if(ahead: Ahead, shift: Shift, amount: float) -> Ahead:
    """The forecast if from its first month on something were otherwise: `rules/what_if.toml`.

    The ranges keep their width: what is not known stays as uncertain as it was.
    """
    means, runs = _means(ahead), play(ahead)
    changed = np.array(shift.changed(means, amount))
    if ahead.rate:
        shifted = np.clip(runs + (changed - means), 0.0, 1.0)
    else:
        growth = np.divide(changed, means, out=np.ones_like(changed), where=means > 0)
        shifted = runs * growth if shift.factor else np.maximum(runs + (changed - means), 0.0)
    months = ranges.ranges_of(shifted, changed)
    total = _total(ahead, changed, shifted)
    return replace(ahead, months=months, total=total)


def _total(ahead: Ahead, means: Floats, runs: Floats) -> Range:
    mean = float(_years(ahead, means[None, :])[0])
    return ranges.ranges_of(_years(ahead, runs)[:, None], np.array([mean]))[0]


def _years(ahead: Ahead, runs: Floats) -> Floats:
    """The whole year of each way in which the months may go."""
    if ahead.of is None:
        return np.asarray(ahead.seen + runs.sum(axis=1))
    of = np.array(ahead.of)
    return np.asarray((ahead.seen + (runs * of).sum(axis=1)) / ((ahead.seen_of or 0.0) + of.sum()))


def _means(ahead: Ahead) -> Floats:
    return np.array([one.mean for one in ahead.months])
