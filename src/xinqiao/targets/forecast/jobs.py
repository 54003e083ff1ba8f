"""Forecasts are made in the background. The job may run twice and may run late."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Max

from xinqiao.matters.queries import today
from xinqiao.targets.forecast import installed, keeping, series
from xinqiao.targets.forecast.values import Ahead, Series, month_after
from xinqiao.targets.models import Forecast
from xinqiao.targets.values import Place, Scale

log = logging.getLogger(__name__)
#: A forecast is made anew after so long, each night; runs of so many seconds share the work.
KEPT = timedelta(hours=20)
RUN_SECONDS = 120.0
_TOGETHER = 20


def make_forecasts(now: datetime, only: Collection[Place] | None = None) -> int:
    """Makes the forecasts that are old: places by turns, for some two minutes a run. Returns how many places.

    `only`: these places, for who waits; the others follow in the next run.
    Without the extra `analytics` there are none, and nothing else is missing.
    """
    if not installed():
        return 0
    month, begun, done = today(now).replace(day=1), monotonic(), 0
    waiting = [one for one in _old(now) if only is None or one in only]
    for start in range(0, len(waiting), _TOGETHER):
        if monotonic() - begun > RUN_SECONDS:
            break
        batch = waiting[start : start + _TOGETHER]
        found = series.series_of(batch, month)
        under_way = series.series_of(batch, month_after(month))
        for place in batch:
            keeping.keep(place, _forecasts(place, found, under_way), now)
            done += 1
    return done


def _old(now: datetime) -> list[Place]:
    """The places whose forecasts are missing or old, those without any first, then the oldest."""
    rows = Forecast.objects.order_by().values_list("scale", "place").annotate(at=Max("made_at"))
    made = {Place(scale=Scale(scale), code=code): at for scale, code, at in rows}
    old = [one for one in series.places() if one not in made or made[one] <= now - KEPT]
    return sorted(old, key=lambda one: (one in made, made.get(one, now)))


def _forecasts(
    place: Place,
    found: dict[tuple[Place, str], Series],
    under_way: dict[tuple[Place, str], Series],
) -> dict[str, Ahead]:
    from xinqiao.targets.forecast.ahead import look_ahead  # noqa: PLC0415  the extra may be missing

    made = {}
    for (where, indicator), one in found.items():
        if where != place or not one.counts:
            continue
        running = under_way[where, indicator]
        so_far = 0.0 if one.rate or running.end == one.end else (running.counts[-1] or 0.0)
        made[indicator] = look_ahead(one, under_way=so_far)
    return made
