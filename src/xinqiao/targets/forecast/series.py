"""Series of months from the figures that are kept by month: the one place that reads them for forecasts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from xinqiao.rules.units import territory
from xinqiao.targets.forecast.values import Series, month_after
from xinqiao.targets.models import MonthlyFigure
from xinqiao.targets.values import Place, Scale

#: The indicators whose months add up to the year; days and stocks do not, and have no forecast.
FORECAST = (
    "total", "provincial_group_visits", "skip_level_visits", "repeat_rate", "first_once", "on_time_acceptance",
    "on_time_answer", "rating_participation", "satisfaction", "settled_rate", "appeal_changed", "settled_after_appeal",
    "execution_rate", "increment", "report_back_rate", "urge_answer_rate", "recommendations_adopted", "lead_visits",
)  # fmt: skip
#: So many years before are looked back on.
YEARS_BACK = 6

_Row = tuple[int, int | None]


def places() -> list[Place]:
    """The places of which figures are kept, the widest regions first, units after them."""
    rows = MonthlyFigure.objects.filter(indicator__in=FORECAST).exclude(place="")
    found = rows.order_by().values_list("scale", "place").distinct()
    known = [Place(scale=Scale(scale), code=code) for scale, code in found]
    return sorted(known, key=lambda one: (one.scale is Scale.UNIT, _width(one), one.code))


def _width(place: Place) -> int:
    """The fewer digits say where a region is, the wider it is."""
    return len(territory(place.code)) if place.scale is Scale.REGION else 0


def series_of(
    wanted: Iterable[Place], end: date, indicators: Iterable[str] = FORECAST
) -> dict[tuple[Place, str], Series]:
    """The series of places until before the month `end`; of a place and indicator nobody counted anything of, none.

    A month that was made without a row of the place has nothing in it.
    """
    asked = list(wanted)
    first = date(end.year - YEARS_BACK, 1, 1)
    span = Q(month__gte=first, month__lt=end)
    made = MonthlyFigure.objects.filter(span).order_by("month").values_list("month", flat=True)
    earliest = made.first()
    if earliest is None:
        return {}
    kept: defaultdict[tuple[Place, str], dict[date, _Row]] = defaultdict(dict)
    named = Q(pk__lt=0)
    for scale in Scale:
        codes = [place.code for place in asked if place.scale is scale]
        named |= Q(scale=scale.value, place__in=codes)
    rows = MonthlyFigure.objects.filter(named & span, indicator__in=list(indicators))
    columns = ("scale", "place", "indicator", "month", "counts", "of")
    for kind, code, indicator, month, counts, about in rows.values_list(*columns):
        kept[Place(scale=Scale(kind), code=code), indicator][month] = (counts, about)
    months = _months(earliest, end)
    known = set(made.distinct())
    return {key: _series(months, known, found) for key, found in kept.items()}


def _months(first: date, end: date) -> list[date]:
    months = [first]
    while (following := month_after(months[-1])) < end:
        months.append(following)
    return months


def _series(months: list[date], made: set[date], found: dict[date, _Row]) -> Series:
    rate = any(of is not None for _, of in found.values())
    nothing: _Row = (0, 0 if rate else None)
    rows = [found.get(month, nothing) if month in made else None for month in months]
    counts = tuple(None if row is None else float(row[0]) for row in rows)
    of = tuple(None if row is None else float(row[1] or 0) for row in rows) if rate else None
    return Series(first=months[0], counts=counts, of=of)
