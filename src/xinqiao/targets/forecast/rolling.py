"""The back-test of one series: forecasts from past months on, beside what came. Needs the extra `analytics`.

Nothing after the month from which a forecast is made goes into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xinqiao.targets.forecast.methods import YEAR, Floats, Scale, carry_on, offered, whole
from xinqiao.targets.forecast.values import Method, Spread

#: A back-test begins where a year is known, with seasons where two are and half a year is left to compare.
_SEASONED, _LEFT = 2 * YEAR, 6
_ORIGINS = 10
#: The estimate of the spread is drawn to what chance alone does, as if by so many months more.
_PRIOR_MONTHS = 2.0
_LEAST_FREEDOM = 3
#: How much of a month's news stays, where no back-test can tell.
_USUALLY_CARRIED = 0.3
_CARRIED = np.linspace(0.1, 1.0, 19)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What one method said from each origin, in the unit of the series, and what came (nan where unknown)."""

    said: tuple[Floats, ...]
    came: tuple[Floats, ...]

    @property
    def error(self) -> float:
        """The mean absolute error over all months told."""
        parts = [np.abs(s - c) for s, c in zip(self.said, self.came, strict=True)]
        return float(np.nanmean(np.concatenate(parts)))


def origins(months: int) -> list[int]:
    """After how many months a past forecast is made: some ten, none of them with less than a year before it."""
    first = _SEASONED if months >= _SEASONED + _LEFT else YEAR
    return list(range(first, months, max(1, (months - first) // _ORIGINS)))


def roll(values: Sequence[float | None], scale: Scale) -> dict[Method, Tried]:
    """Every method that the series allows, from every origin; empty where less than a year was seen before one."""
    filled = whole(values)
    known = list(values)[len(values) - filled.size :]
    came = np.array([np.nan if one is None else one for one in known])
    found = {}
    starts = [one for one in origins(filled.size) if not np.isnan(came[one : one + YEAR]).all()]
    for method in (Method.NAIVE, *offered(filled, rate=scale.rate)) if starts else ():
        said = tuple(
            carry_on(method, whole(known[:one]), min(YEAR, filled.size - one), scale)
            for one in starts
        )
        found[method] = Tried(said=said, came=tuple(came[one : one + YEAR] for one in starts))
    return found


def spread_of(tried: Tried, scale: Scale, chance: float) -> Spread:
    """The spread that the errors of a back-test show; `chance` is the variance of chance alone on the scale.

    An error h months on is what is new in that month and, of each month before it, the part that is carried. The part
    is the one that leaves the least news: errors one after the other are told apart by it.
    """
    errors = [scale.to(c) - scale.to(s) for s, c in zip(tried.said, tried.came, strict=True)]
    news = {float(a): np.concatenate([_news(one, float(a)) for one in errors]) for a in _CARRIED}
    carried = min(news, key=lambda a: float(np.sum(news[a] ** 2)))
    best = news[carried]
    variance = (np.sum(best**2) + _PRIOR_MONTHS * chance) / (best.size + _PRIOR_MONTHS)
    return Spread(
        innovation=float(np.sqrt(variance)),
        carried=carried,
        freedom=max(_LEAST_FREEDOM, len(tried.said) // 2),
    )


def _news(errors: Floats, carried: float) -> Floats:
    """What is new in each month; a month that is not known has none."""
    news: list[float] = []
    stays = 0.0
    for error in errors:
        if not np.isnan(error):
            news.append(float(error) - stays)
            stays += carried * news[-1]
    return np.array(news)


def spread_within(filled: Floats, scale: Scale, chance: float) -> Spread:
    """The spread of a series too short for a back-test: how its months lie around their mean."""
    on_scale = scale.to(filled)
    rest = on_scale - on_scale.mean() if on_scale.size else on_scale
    weight = max(on_scale.size - 1, 0)
    variance = (float(np.sum(rest**2)) + _PRIOR_MONTHS * chance) / (weight + _PRIOR_MONTHS)
    return Spread(
        innovation=float(np.sqrt(variance)),
        carried=_USUALLY_CARRIED,
        freedom=max(_LEAST_FREEDOM, weight),
    )
