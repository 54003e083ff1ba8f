"""Values of forecasts: a series of months, a forecast of those to come, how well it did before, a threshold crossed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from xinqiao.targets.values import Period, Place


class Method(StrEnum):
    """How a forecast was made."""

    NAIVE = "naive"  # the same month a year before; the mean of what was seen where there is no such month
    LEVEL = "level"  # the mean of the last twelve months, without seasons
    BLEND = "blend"  # the mean of naive, level, Theta and exponential smoothing with seasons


def month_after(month: date, months: int = 1) -> date:
    """The first day of the month so many months on."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_between(first: date, end: date) -> int:
    """How many months `end` is after `first`; negative where it is before."""
    return (end.year - first.year) * 12 + end.month - first.month


@dataclass(frozen=True, kw_only=True)
class Series:
    """What was counted month by month from `first` (a first of a month) on; None where a month is not known.

    A rate has `of`: `counts` of so many. `rate` tells it from a number even where nothing was seen.
    """

    first: date
    counts: tuple[float | None, ...]
    of: tuple[float | None, ...] | None = None

    @property
    def rate(self) -> bool:
        return self.of is not None

    @property
    def end(self) -> date:
        """The first month that is not seen any more."""
        return month_after(self.first, len(self.counts))

    def before(self, months: int) -> "Series":
        """The first so many months alone."""
        of = None if self.of is None else self.of[:months]
        return Series(first=self.first, counts=self.counts[:months], of=of)

    def denominators(self) -> "Series":
        """Of how many, as a number of its own."""
        return Series(first=self.first, counts=self.of or ())

    def values(self) -> list[float | None]:
        """The number or the rate of each month; None where nothing is known, or the rate is of nothing."""
        if self.of is None:
            return list(self.counts)
        return [
            None if c is None or not d else min(max(c / d, 0.0), 1.0)
            for c, d in zip(self.counts, self.of, strict=True)
        ]


@dataclass(frozen=True, kw_only=True)
class Range:
    """What is expected, and between what it will lie with four in five and nineteen in twenty chances."""

    mean: float
    lo80: float
    hi80: float
    lo95: float
    hi95: float

    def __post_init__(self) -> None:
        inside = (self.lo95, self.lo80, self.mean, self.hi80, self.hi95)
        if any(a > b for a, b in pairwise(inside)):
            raise ValueError(f"ranges do not nest: {inside}")

    def times(self, factor: float) -> "Range":
        """The same in another unit; `factor` is not negative."""
        return Range(**{name: getattr(self, name) * factor for name in BOUNDS})


BOUNDS = ("mean", "lo80", "hi80", "lo95", "hi95")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How far months fall from their forecast in the back-test: of a number the square root, of a rate the angle.

    `innovation` is the standard error of what is new in one month, `carried` the part of it that stays (0 to 1),
    `freedom` the degrees of freedom of the estimate.
    """

    innovation: float
    carried: float
    freedom: int


@dataclass(frozen=True, kw_only=True)
class Few:
    """On how many cases the forecast of a series with few rests, and how much more they vary than chance alone (1)."""

    known: float
    dispersion: float


@dataclass(frozen=True, kw_only=True)
class Errors:
    """The back-test: mean absolute error of the method and of the naive forecast, on the same months.

    `cover80` and `cover95` are the shares of months that lay within the ranges given before; None without a back-test.
    """

    months: int
    method: float | None
    naive: float | None
    cover80: float | None = None
    cover95: float | None = None

    @property
    def scaled(self) -> float | None:
        """Below 1: better than naive."""
        return self.method / self.naive if self.method is not None and self.naive else None


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The months from `first` on, and the whole of the year with what was seen of it.

    `tried` is the best method that was no naive one: where it did worse, `method` is the naive one in its place.
    `seen` (of `seen_of`) is what the year had before `first`; `total` the number, or the rate, of the whole year.
    """

    first: date
    months: tuple[Range, ...]
    of: tuple[float, ...] | None
    seen: float
    seen_of: float | None
    total: Range
    method: Method
    tried: Method | None
    spread: Spread
    few: Few | None
    errors: Errors

    @property
    def rate(self) -> bool:
        return self.of is not None

    @property
    def replaced(self) -> bool:
        """Whether the naive forecast stands in for one that did worse."""
        return self.method is Method.NAIVE and self.tried is not None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number that is not to be passed in a period of whole months (a month, a quarter, a year) within one year."""

    place: Place
    indicator: str
    period: Period
    most: float


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Whether and when what a year has so far goes beyond a limit.

    `day` is the day on which the expected course goes beyond it, None if it does not until the end of the period;
    `probability` that it does until then; `already` that it has.
    """

    limit: float
    day: date | None
    probability: float
    already: bool


@dataclass(frozen=True, kw_only=True)
class ForecastLine:
    """The forecast of an indicator of a place, as it was kept at `made_at`."""

    place: Place
    indicator: str
    made_at: datetime
    ahead: Ahead

    def chart(
        self, seen: Sequence[float | None], target: float | None
    ) -> dict[str, list[str] | list[float | None] | float | None]:
        """What a chart draws: twelve months (YYYY-MM), what was seen, and from `ahead.first` on what is expected."""
        gap: list[float | None] = [None] * (12 - len(self.ahead.months))
        months = [f"{self.ahead.first.year}-{month:02}" for month in range(1, 13)]
        known = [*seen[: len(gap)], *[None] * (12 - len(gap))]
        bounds = {name: gap + [getattr(one, name) for one in self.ahead.months] for name in BOUNDS}
        return {"months": months, "seen": known, **bounds, "target": target}
