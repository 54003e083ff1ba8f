"""Forecasts as rows: written by the job, read by the queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xinqiao.targets.forecast.values import (
    BOUNDS,
    Ahead,
    Errors,
    Few,
    ForecastLine,
    Method,
    Range,
    Spread,
    month_after,
)
from xinqiao.targets.models import Forecast, ForecastMonth
from xinqiao.targets.values import Place, Scale


@transaction.atomic
def keep(place: Place, made: dict[str, Ahead], now: datetime) -> None:
    """Writes the forecasts of a place by indicator in the place of those it had of the same years."""
    years = {one.first.year for one in made.values()}
    Forecast.objects.filter(
        scale=place.scale.value, place=place.code, indicator__in=list(made), year__in=years
    ).delete()
    rows = Forecast.objects.bulk_create(_row(place, name, one, now) for name, one in made.items())
    ForecastMonth.objects.bulk_create(
        month for row, one in zip(rows, made.values(), strict=True) for month in _months(row, one)
    )


def _row(place: Place, indicator: str, ahead: Ahead, now: datetime) -> Forecast:
    errors, spread, few = ahead.errors, ahead.spread, ahead.few
    return Forecast(
        scale=place.scale.value, place=place.code, indicator=indicator, year=ahead.first.year, first=ahead.first,
        seen=ahead.seen, seen_of=ahead.seen_of, **_bounds(ahead.total), method=ahead.method.value,
        tried=ahead.tried.value if ahead.tried else "", error=errors.method, error_naive=errors.naive,
        tested=errors.months, cover80=errors.cover80, cover95=errors.cover95, innovation=spread.innovation,
        carried=spread.carried, freedom=spread.freedom, known=few.known if few else None,
        dispersion=few.dispersion if few else None, made_at=now,
    )  # fmt: skip


def _months(row: Forecast, ahead: Ahead) -> Iterable[ForecastMonth]:
    of = ahead.of or (None,) * len(ahead.months)
    for place, (one, about) in enumerate(zip(ahead.months, of, strict=True)):
        yield ForecastMonth(
            forecast=row, month=month_after(ahead.first, place), of=about, **_bounds(one)
        )


def _bounds(one: Range) -> dict[str, float]:
    return {name: getattr(one, name) for name in BOUNDS}


def line_of(row: Forecast) -> ForecastLine:
    """A kept forecast with its months, which the caller has fetched beside it."""
    months = sorted(row.months.all(), key=lambda one: one.month)
    rate = row.seen_of is not None
    ahead = Ahead(
        first=row.first, months=tuple(_range(one) for one in months),
        of=tuple(one.of or 0.0 for one in months) if rate else None,
        seen=row.seen, seen_of=row.seen_of, total=_range(row), method=Method(row.method),
        tried=Method(row.tried) if row.tried else None,
        spread=Spread(innovation=row.innovation, carried=row.carried, freedom=row.freedom),
        few=None if row.known is None else Few(known=row.known, dispersion=row.dispersion or 1.0),
        errors=Errors(
            months=row.tested, method=row.error, naive=row.error_naive, cover80=row.cover80, cover95=row.cover95
        ),
    )  # fmt: skip
    place = Place(scale=Scale(row.scale), code=row.place)
    return ForecastLine(place=place, indicator=row.indicator, made_at=row.made_at, ahead=ahead)


def _range(row: Forecast | ForecastMonth) -> Range:
    return Range(**{name: getattr(row, name) for name in BOUNDS})
