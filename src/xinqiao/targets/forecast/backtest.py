"""How good forecasts would have been: made anew from past months, beside what came. Needs the extra `analytics`.

Each is made as on that day: method and ranges are chosen from what was known then, and nothing later goes in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from xinqiao.targets.forecast.ahead import carry
from xinqiao.targets.forecast.methods import YEAR
from xinqiao.targets.forecast.values import Method, Series

#: Forecasts are made after two years, and then every so many months.
FIRST, STEP = 2 * YEAR, 3
_LEVELS = (0.1, 0.9, 0.025, 0.975)


@dataclass(kw_only=True)
class Score:
    """What was found of several series: errors, and the shares of months and of sums that lay within their ranges."""

    series: int = 0
    forecasts: int = 0
    replaced: int = 0
    months: int = 0
    error: float = 0.0
    error_naive: float = 0.0
    within: dict[str, list[bool]] = field(
        default_factory=lambda: {name: [] for name in ("80", "95", "sum80", "sum95")}
    )

    @property
    def scaled(self) -> float | None:
        """The error beside that of the naive forecast: below 1 is better."""
        return self.error / self.error_naive if self.error_naive else None

    def cover(self, name: str) -> float | None:
        found = self.within[name]
        return sum(found) / len(found) if found else None

    def as_dict(self) -> dict[str, int | float | None]:
        """For printing; errors are the mean of a month."""
        months = self.months or 1
        return {
            "series": self.series, "forecasts": self.forecasts, "replaced_by_naive": self.replaced,
            "months": self.months, "mae": self.error / months, "mae_naive": self.error_naive / months,
            "scaled": self.scaled, "cover_80": self.cover("80"), "cover_95": self.cover("95"),
            "cover_80_of_sums": self.cover("sum80"), "cover_95_of_sums": self.cover("sum95"),
        }  # fmt: skip


def backtest(all_series: Iterable[Series], *, first: int = FIRST, step: int = STEP) -> Score:
    """The score of series of which more than `first` months are known; none of others."""
    score = Score()
    for series in all_series:
        starts = range(first, len(series.counts), step)
        score.series += bool(starts)
        for start in starts:
            _one(score, series, start)
    return score


def _one(score: Score, series: Series, start: int) -> None:
    """A forecast of a year, or of what is known of it, from a past month on."""
    ahead = min(YEAR, len(series.counts) - start)
    course = carry(series.before(start), ahead, 0.0)
    values = series.values()
    came, before = values[start : start + ahead], values[start - YEAR : start - YEAR + ahead]
    score.forecasts += 1
    score.replaced += course.method is Method.NAIVE and course.tried is not None
    for month, value, naive in zip(course.months, came, before, strict=True):
        if value is None or naive is None:
            continue
        score.months += 1
        score.error += abs(month.mean - value)
        score.error_naive += abs(naive - value)
        score.within["80"].append(month.lo80 <= value <= month.hi80)
        score.within["95"].append(month.lo95 <= value <= month.hi95)
    if not series.rate and None not in came:
        low80, high80, low95, high95 = np.quantile(course.runs.sum(axis=1), _LEVELS)
        total = sum(one for one in came if one is not None)
        score.within["sum80"].append(bool(low80 <= total <= high80))
        score.within["sum95"].append(bool(low95 <= total <= high95))
