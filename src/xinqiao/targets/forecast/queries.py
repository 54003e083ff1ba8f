"""Named reads of forecasts. Whoever asks has made sure that the person may see the figures of the place."""

import importlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import ModuleType

from django.db.models import Q

from xinqiao.targets.forecast import installed, keeping, series
from xinqiao.targets.forecast.values import (
    Ahead,
    Crossing,
    ForecastLine,
    Limit,
    Series,
    month_after,
    months_between,
)
from xinqiao.targets.models import Forecast
from xinqiao.targets.values import Period, Place, Scale


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
    return crossings([Limit(place=place, indicator=indicator, period=period, most=limit)])[0]


def crossings(limits: Sequence[Limit]) -> list[Crossing | None]:
    """The same of many limits, in their order: what is kept is read once for all of them."""
    kept = _kept_for(limits) if limits else {}
    play = playing() if kept else None
    if play is None:
        return [None for _ in limits]
    known = _seen_for(limits)
    found: list[Crossing | None] = []
    for one in limits:
        line = kept.get((one.place, one.indicator, one.period.first.year))
        months = _by_month(known.get((one.place, one.indicator)))
        found.append(None if line is None else _crossed(play, line.ahead, one, months))
    return found


def _kept_for(limits: Sequence[Limit]) -> dict[tuple[Place, str, int], ForecastLine]:
    named = Q(pk__lt=0)
    for scale in Scale:
        codes = {one.place.code for one in limits if one.place.scale is scale}
        named |= Q(scale=scale.value, place__in=codes)
    rows = Forecast.objects.filter(
        named, indicator__in={one.indicator for one in limits},
        year__in={one.period.first.year for one in limits},
    )  # fmt: skip
    read = ((row.year, keeping.line_of(row)) for row in rows.prefetch_related("months"))
    return {(line.place, line.indicator, year): line for year, line in read}


def _seen_for(limits: Sequence[Limit]) -> dict[tuple[Place, str], Series]:
    end = max(one.period.end for one in limits)
    places, indicators = {one.place for one in limits}, {one.indicator for one in limits}
    return series.series_of(places, end, indicators)


def _crossed(
    play: ModuleType, ahead: Ahead, limit: Limit, months: Mapping[date, float | None]
) -> Crossing:
    """What the period had before the forecast begins, and the months of the forecast that lie in it."""
    first, period = ahead.first, limit.period
    so_far = sum(
        value or 0.0 for month, value in months.items() if period.first <= month < min(first, period.end)
    )  # fmt: skip
    within = slice(
        max(0, months_between(first, period.first)), max(0, months_between(first, period.end))
    )
    found: Crossing = play.crossing(ahead, limit.most, seen=float(so_far), within=within)
    return found


def beyond(line: ForecastLine, limit: float) -> float | None:
    """The probability that the whole year lies above a limit; None where the extra `analytics` is missing."""
    play = playing()
    return None if play is None else float(play.beyond(line.ahead, limit))
