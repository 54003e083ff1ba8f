"""What stands beside a figure: its target, what is expected of the year, and signs that it may not tell the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xinqiao.desk.targets.asking import Asked
from xinqiao.desk.targets.forecast.words import words_of
from xinqiao.targets.forecast import queries as forecasts
from xinqiao.targets.forecast.values import ForecastLine, month_after
from xinqiao.ui.charts import Range


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The rest of the year as it is expected, month by month; the whole year, in `words` with its 80 % `range`."""

    band80: Mapping[date, Range] = field(default_factory=dict)
    band95: Mapping[date, Range] = field(default_factory=dict)
    mean: float
    low: float
    high: float
    naive: bool = False
    words: str = ""
    range: str = ""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A target of the year; `value` as figures are (a rate from 0 to 1)."""

    value: float | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of integrity in words, with where its cases are."""

    words: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """All of it, by indicator."""

    aims: Mapping[str, Aim] = field(default_factory=dict)
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    signs: Mapping[str, Sequence[Sign]] = field(default_factory=dict)


def beside(asked: Asked, ids: Sequence[str]) -> Beside:
    """What is known of these indicators for the place and the year."""
    lines = forecasts.lines(asked.place, asked.year, ids) if asked.as_of is None else {}
    return Beside(ahead={name: _ahead(line) for name, line in lines.items()})


def _ahead(line: ForecastLine) -> Ahead:
    months = {
        month_after(line.ahead.first, place): one for place, one in enumerate(line.ahead.months)
    }
    total, told = line.ahead.total, words_of(line.ahead.total, line.ahead)
    return Ahead(
        band80={month: (one.lo80, one.hi80) for month, one in months.items()},
        band95={month: (one.lo95, one.hi95) for month, one in months.items()},
        mean=total.mean, low=total.lo80, high=total.hi80, naive=line.ahead.replaced,
        words=told["mean"], range=f"{told['lo80']} – {told['hi80']}",
    )  # fmt: skip
