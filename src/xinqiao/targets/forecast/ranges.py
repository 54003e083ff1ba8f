"""Ranges around a forecast: of months, and of what they add up to. Needs the extra `analytics`.

The same seed every time: the same series has the same ranges.
"""

import numpy as np
from scipy import stats

from xinqiao.targets.forecast.methods import Floats, Scale
from xinqiao.targets.forecast.values import Few, Method, Range, Spread

RUNS = 4000
LEVELS = (0.1, 0.9, 0.025, 0.975)
_SEED = 20220501


def deviation(spread: Spread, months: int) -> Floats:
    """The standard error of each month to come, on the scale: news of its own and what is carried from those before."""
    before = np.arange(months, dtype=np.float64)
    return np.asarray(spread.innovation * np.sqrt(1.0 + before * spread.carried**2))


def courses(middle: Floats, spread: Spread, scale: Scale, *, seed: int = 0) -> Floats:
    """`RUNS` ways in which the months may go, a row each; `middle` are the means of the months."""
    dice = np.random.default_rng(_SEED + seed)
    news = dice.standard_normal((RUNS, middle.size)) * spread.innovation
    carried = spread.carried * (np.cumsum(news, axis=1) - news)
    loose = np.sqrt(spread.freedom / dice.chisquare(spread.freedom, (RUNS, 1)))
    centre = _centre(middle, deviation(spread, middle.size), scale)
    return scale.back(centre + (news + carried) * loose)


def runs(
    means: Floats, method: Method, spread: Spread, few: Few | None, scale: Scale, *, seed: int = 0
) -> Floats:
    """`RUNS` ways in which the months may go, of a series with many cases or with few."""
    if few is None:
        return courses(means, spread, scale, seed=seed)
    if method is Method.NAIVE:
        return _whole_numbers(means, means, few.dispersion, shared=False, seed=seed)
    return _whole_numbers(means, np.array([few.known]), few.dispersion, shared=True, seed=seed)


def _whole_numbers(
    middle: Floats, known: Floats, dispersion: float, *, shared: bool, seed: int
) -> Floats:
    """Ways in which months with few cases may go: more or fewer as chance has it.

    `known` are the numbers on which the means rest: of each month to come (naive), or one for all (`shared`).
    """
    dice = np.random.default_rng(_SEED + seed)
    columns = 1 if shared else middle.size
    shape = (known + 0.5) / dispersion
    exposure = np.maximum(known, 0.0) / np.where(middle[:columns] > 0, middle[:columns], np.inf)
    exposure = np.where(exposure > 0, exposure, 12.0 if shared else 1.0)
    rate = dice.gamma(shape, dispersion / exposure, (RUNS, columns)) * np.ones((1, middle.size))
    if dispersion <= 1.0 + 1e-9:
        return dice.poisson(rate).astype(np.float64)
    size = np.maximum(rate / (dispersion - 1.0), 1e-9)
    return dice.negative_binomial(size, 1.0 / dispersion).astype(np.float64)


def month_ranges(middle: Floats, spread: Spread, scale: Scale) -> tuple[Range, ...]:
    """The ranges of the months, from the spread alone."""
    deviations = deviation(spread, middle.size)
    centre = _centre(middle, deviations, scale)
    wide = stats.t.ppf(LEVELS, spread.freedom)
    return tuple(
        nested(float(mean), [float(scale.back(np.asarray(c + one * d))) for one in wide])
        for mean, c, d in zip(middle, centre, deviations, strict=True)
    )


def ranges_of(runs: Floats, means: Floats) -> tuple[Range, ...]:
    """The ranges of columns of runs, around means that are told."""
    bounds = np.quantile(runs, LEVELS, axis=0)
    return tuple(
        nested(float(mean), [float(one) for one in bounds[:, place]])
        for place, mean in enumerate(means)
    )


def nested(mean: float, bounds: list[float]) -> Range:
    """A range from its bounds in the order of `LEVELS`; the mean lies within both."""
    lo80, hi80 = min(bounds[0], mean), max(bounds[1], mean)
    return Range(
        mean=mean, lo80=lo80, hi80=hi80, lo95=min(bounds[2], lo80), hi95=max(bounds[3], hi80)
    )


def _centre(middle: Floats, deviations: Floats, scale: Scale) -> Floats:
    """The middle on the scale: of numbers a little below the root of the mean, for squares pull the mean up."""
    if scale.rate:
        return scale.to(middle)
    return np.asarray(np.sqrt(np.maximum(middle - deviations**2, 0.0)))
