"""What rises in a field and a place: every day each is held against its own past, and places against each other.

Counted are matters by the day on which they were first received, so that one who writes again and again raises
nothing. Reports (检举控告) are not among them.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from xinqiao.directory import queries as directory
from xinqiao.insight.models import Reading, Rise
from xinqiao.insight.reading.store import can_read
from xinqiao.insight.spots.voices import readings_for
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import today
from xinqiao.rows.batches import batches
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import SYSTEM
from xinqiao.text.surveillance.counts import WEEK, rise
from xinqiao.text.surveillance.scan import Gathering, scan
from xinqiao.text.surveillance.several import allowed_for

log = logging.getLogger(__name__)
#: So far back is looked, so many weeks are scanned and so many before them give the shares.
DAYS_BACK, WEEKS, PAST_WEEKS = 3 * 366, 4, 26
#: What is told of: the share of false ones among them, and how many matters at least.
LIMIT, FEWEST = 0.05, 3
_COUNTY = 6
_AT_ONCE = 500

#: How many matters came on each day, by category and region.
Days = Mapping[tuple[str, str], Counter[date]]


@dataclass(frozen=True, slots=True)
class Found:
    """A rise before it is kept."""

    by: str
    category: str
    regions: tuple[str, ...]
    first_on: date
    last_on: date
    observed: int
    expected: float
    p: float
    history_days: int


def look_for_rises(now: datetime) -> int:
    """Looks at the days up to yesterday. Returns how many rises stand. It may run twice and may run late."""
    last = today(now) - timedelta(days=1)
    days = _counted(now, last)
    if not days:
        return _keep([], now)
    found = allowed(list(_against_the_past(days, last)))
    if not can_read():
        log.warning("places are not held against each other: install xinqiao[analytics]")
    else:
        found += allowed(list(_against_each_other(days, last)))
    return _keep([(one, q) for one, q in found if q <= LIMIT and one.observed >= FEWEST], now)


def allowed(found: list[Found]) -> list[tuple[Found, float]]:
    """Each with its chance when all of them are allowed for."""
    return list(zip(found, allowed_for([one.p for one in found]), strict=True))


def first_readings(rows: "QuerySet[Reading]") -> "QuerySet[Reading]":
    """Of these readings those with which a matter was opened: it is counted once."""
    return rows.filter(seq=1).exclude(cluster=None)


def _counted(now: datetime, last: date) -> Days:
    since = datetime.combine(last - timedelta(days=DAYS_BACK), datetime.min.time(), SHANGHAI)
    rows = first_readings(readings_for(SYSTEM, now)).filter(received_at__gte=since)
    came = {
        matter: at.astimezone(SHANGHAI).date()
        for matter, at in rows.values_list("matter", "received_at").iterator(chunk_size=5000)
    }
    found: defaultdict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    for some in batches(sorted(came), _AT_ONCE):
        own = matters.scope(SYSTEM, now).filter(pk__in=some)
        for matter, region, category in own.values_list("pk", "region", "category"):
            if region and category and came[matter] <= last:
                found[category, region][came[matter]] += 1
    return found


def _against_the_past(days: Days, last: date) -> Iterator[Found]:
    """Each category in each county, and in each city as a whole."""
    wide: defaultdict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    for (category, region), counted in days.items():
        for place in {region[:_COUNTY], f"{region[:4]}00"}:
            wide[category, place].update(counted)
    begun = min(day for counted in days.values() for day in counted)
    length = (last - begun).days + 1
    for (category, place), counted in sorted(wide.items()):
        told = rise([counted[begun + timedelta(days=n)] for n in range(length)])
        if told is not None:
            yield Found(
                "count", category, (place,), last - timedelta(days=WEEK - 1), last, told.observed, told.expected,
                told.p, length,
            )  # fmt: skip


def _against_each_other(days: Days, last: date) -> Iterator[Found]:
    """Each category among the counties of a city, and among the townships of a county."""
    begun = min(day for counted in days.values() for day in counted)
    for (category, above), places in sorted(_areas(days).items()):
        past = {
            place: _between(counted, last, WEEKS, WEEKS + PAST_WEEKS)
            for place, counted in places.items()
        }
        recent = {
            place: [_between(counted, last, week, week + 1) for week in range(WEEKS)]
            for place, counted in places.items()
        }
        told: Gathering | None = scan(past, recent) if above else None
        if told is not None:
            yield Found(
                "scan", category, told.places, last - timedelta(days=WEEK * told.weeks - 1), last, told.observed,
                told.expected, told.p, min((last - begun).days + 1, WEEK * (WEEKS + PAST_WEEKS)),
            )  # fmt: skip


def _areas(days: Days) -> dict[tuple[str, str], dict[str, Counter[date]]]:
    """The places of each area, by category and what they lie in: counties of a city, townships of a county."""
    above = directory.regions_above()
    found: defaultdict[tuple[str, str], dict[str, Counter[date]]] = defaultdict(dict)
    for (category, region), counted in days.items():
        for place in {region, region[:_COUNTY]}:
            around = above.get(place) or ""
            found[category, around].setdefault(place, Counter()).update(counted)
    return found


def _between(counted: Mapping[date, int], last: date, first_week: int, end_week: int) -> int:
    """How many came from so many until before so many weeks ago."""
    newest = last - timedelta(days=WEEK * first_week)
    oldest = last - timedelta(days=WEEK * end_week)
    return sum(number for day, number in counted.items() if oldest < day <= newest)


@transaction.atomic
def _keep(found: list[tuple[Found, float]], now: datetime) -> int:
    """Keeps what was found. A rise that goes on stays the same one; what is found no longer stands no longer."""
    standing = {
        (one.by, one.category, tuple(one.regions)): one for one in Rise.objects.filter(stands=True)
    }
    for one, q in found:
        row = standing.pop((one.by, one.category, one.regions), None) or Rise(
            by=one.by, category=one.category, regions=list(one.regions), first_on=one.first_on, found_at=now,
        )  # fmt: skip
        for name in ("last_on", "observed", "expected", "p", "history_days"):
            setattr(row, name, getattr(one, name))
        row.first_on, row.q, row.looked_at, row.stands = one.first_on, q, now, True
        row.save()
    Rise.objects.filter(pk__in=[one.pk for one in standing.values()]).update(
        stands=False, looked_at=now
    )
    return len(found)
