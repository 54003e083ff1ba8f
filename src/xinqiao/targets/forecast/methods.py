"""Ways to carry a series on: naive, level, and the mean of these two with Theta and exponential smoothing.

Theta and smoothing work on a scale on which the spread does not depend on the size: the square root of a number, the
angle of a rate. So a number never falls below zero and a rate stays within 0 and 1. Series are first brought to a mean
of one: a series twice as large has exactly twice the forecast. Needs the extra `analytics`.
"""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from xinqiao.targets.forecast.values import Method

YEAR = 12
SPARSE = 0.1
Floats = NDArray[np.float64]


class Scale:
    """A scale on which months are compared: to it, and back to numbers (of mean one) or rates."""

    def __init__(self, *, rate: bool) -> None:
        self.rate = rate

    def to(self, values: Floats) -> Floats:
        root = np.sqrt(np.maximum(values, 0.0))
        return np.arcsin(np.minimum(root, 1.0)) if self.rate else root

    def back(self, values: Floats) -> Floats:
        if self.rate:
            return np.sin(np.clip(values, 0.0, np.pi / 2)) ** 2
        return np.maximum(values, 0.0) ** 2

    def mean(self, middle: Floats, variance: float) -> Floats:
        """The mean of what lies around the middle: of a square it is larger by the variance."""
        if self.rate:
            clipped = np.clip(middle, 0.0, np.pi / 2)
            return np.asarray((1.0 - np.exp(-2.0 * variance) * np.cos(2.0 * clipped)) / 2.0)
        return np.asarray(np.maximum(middle, 0.0) ** 2 + variance)


def whole(values: Sequence[float | None]) -> Floats:
    """The series without gaps: a month not known is the mean of the same month of other years, else lies on a line.

    Months before the first known one are left out.
    """
    known = np.array([np.nan if one is None else float(one) for one in values])
    if np.isnan(known).all():
        return np.zeros(0)
    first = int(np.argmax(~np.isnan(known)))
    gaps = np.flatnonzero(np.isnan(known[first:])) + first
    at = np.flatnonzero(~np.isnan(known))
    filled = known.copy()
    for gap in gaps:
        same = known[gap % YEAR :: YEAR]
        has = same[~np.isnan(same)]
        filled[gap] = has.mean() if has.size else np.interp(gap, at, known[at])
    return filled[first:]


def carry_on(method: Method, values: Floats, ahead: int, scale: Scale) -> Floats:
    """What `method` expects of the next months, in the unit of `values`; 1 or more of them are known."""
    return _METHODS[method](values, ahead, scale)


def is_sparse(values: Floats) -> bool:
    """Whether more than a tenth of the months have nothing: too little for seasons and square roots."""
    return bool(values.size == 0 or np.mean(values == 0.0) > SPARSE)


def offered(values: Floats, *, rate: bool) -> tuple[Method, ...]:
    """The methods that a series allows beside the naive one."""
    if values.size < YEAR or (not rate and is_sparse(values)):
        return (Method.LEVEL,)
    return (Method.LEVEL, Method.BLEND)


def _naive(values: Floats, ahead: int, scale: Scale) -> Floats:
    del scale
    if values.size < YEAR:
        return np.full(ahead, values.mean())
    return np.resize(values[-YEAR:], ahead)


def _level(values: Floats, ahead: int, scale: Scale) -> Floats:
    del scale
    return np.full(ahead, values[-YEAR:].mean())


def _theta(values: Floats, ahead: int, scale: Scale) -> Floats:
    on_scale = scale.to(values)
    if np.ptp(on_scale) == 0.0:
        return np.full(ahead, values[-1])
    seasons = values.size >= 2 * YEAR
    model = ThetaModel(
        on_scale, period=YEAR, deseasonalize=seasons, use_test=False, method="additive"
    )
    middle = _quietly(lambda: np.asarray(model.fit().forecast(ahead, theta=2), dtype=np.float64))
    return scale.mean(middle, _noise(on_scale))


def _ets(values: Floats, ahead: int, scale: Scale) -> Floats:
    on_scale = scale.to(values)
    if np.ptp(on_scale) == 0.0:
        return np.full(ahead, values[-1])
    seasons = values.size >= 2 * YEAR
    model = ETSModel(
        on_scale,
        error="add",
        seasonal="add" if seasons else None,
        seasonal_periods=YEAR if seasons else None,
        initialization_method="heuristic" if seasons else "estimated",
    )
    middle = _quietly(lambda: np.asarray(model.fit(disp=False).forecast(ahead), dtype=np.float64))
    return scale.mean(middle, _noise(on_scale))


def _blend(values: Floats, ahead: int, scale: Scale) -> Floats:
    parts = [one(values, ahead, scale) for one in (_theta, _ets, _naive, _level)]
    return np.asarray(np.mean(parts, axis=0))


def _noise(on_scale: Floats) -> float:
    """The variance of one month beside its neighbours, seasons taken out where two years are known."""
    rest = on_scale
    if on_scale.size >= 2 * YEAR:
        places = np.arange(on_scale.size) % YEAR
        usual = np.array([on_scale[places == one].mean() for one in range(YEAR)])
        rest = on_scale - usual[places]
    return float(np.mean(np.diff(rest) ** 2) / 2.0) if rest.size > 1 else 0.0


def _quietly(run: Callable[[], Floats]) -> Floats:
    """A fit that did not converge still gives a path, which the back-test judges; its warnings are nobody's to read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run()


_METHODS: dict[Method, Callable[[Floats, int, Scale], Floats]] = {
    Method.NAIVE: _naive,
    Method.LEVEL: _level,
    Method.BLEND: _blend,
}
