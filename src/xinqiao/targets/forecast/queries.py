"""Named reads of forecasts. Whoever asks has made sure that the person may see the figures of the place."""

import importlib
from collections.abc import Iterable
from datetime import date
from types import ModuleType

from xinqiao.targets.forecast import installed, keeping, series
from xinqiao.targets.forecast.values import (
    Crossing,
    ForecastLine,
    Series,
    month_after,
    months_between,
)
from xinqiao.targets.models import Forecast
from xinqiao.targets.values import Period, Place


def playing() -> ModuleType | None:
    """What plays a forecast through; None where the extra `analytics` is missing."""
    return importlib.import_module("xinqiao.targets.forecast.playing") if installed() else None


def of(place: Place, indicator: str, year: int) -> ForecastLine | None:
    """The forecast of an indicator of a place for a year; None where none is kept."""
    return lines(place, year, [indicator]).get(indicator)


def lines(
    place: Place, year: int, indicators: Iterable[str] | None = None
) -> dict[str, ForecastLine]:
    """The forecasts of a place for a year by indicator."""
    rows = Forecast.objects.filter(scale=place.scale.value, place=place.code, year=year)
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    return {row.indicator: keeping.line_of(row) for row in rows.prefetch_related("months")}


def seen(place: Place, indicator: str, period: Period) -> list[float | None]:
    """The number or the rate of each month of a period; None where nothing is known."""
    found = series.series_of([place], period.end, [indicator]).get((place, indicator))
    values = _by_month(found)
    months = months_between(period.first, period.end)
    return [values.get(month_after(period.first, one)) for one in range(months)]


def _by_month(found: Series | None) -> dict[date, float | None]:
    if found is None:
        return {}
    return {month_after(found.first, place): value for place, value in enumerate(found.values())}


def crossing(place: Place, indicator: str, limit: float, period: Period) -> Crossing | None:
    """Whether and when a number of a period of whole months (a quarter, a year) goes beyond a limit.

    None where no forecast of it is kept, or the extra `analytics` is missing. Raises ValueError for a rate.
    """
    line, play = of(place, indicator, period.first.year), playing()
    if line is None or play is None:
        return None
    first = line.ahead.first
    until = max(period.first, min(first, period.end))
    so_far = seen(place, indicator, Period(first=period.first, end=until))
    within = slice(
        max(0, months_between(first, period.first)), max(0, months_between(first, period.end))
    )
    found: Crossing = play.crossing(
        line.ahead, limit, seen=float(sum(one for one in so_far if one)), within=within
    )
    return found


def beyond(line: ForecastLine, limit: float) -> float | None:
    """The probability that the whole year lies above a limit; None where the extra `analytics` is missing."""
    play = playing()
    return None if play is None else float(play.beyond(line.ahead, limit))
