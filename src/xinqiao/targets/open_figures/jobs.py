"""Publishes each month once, so many days after its end. May run twice and may run late: what it writes is the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import today
from xinqiao.people import queries as people
from xinqiao.rules import open_figures as rules
from xinqiao.rules.counting import Counted
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.units import within
from xinqiao.targets import queries
from xinqiao.targets.engines.database import Asked
from xinqiao.targets.figures import months
from xinqiao.targets.models import Fact, OpenCell, OpenMonth
from xinqiao.targets.values import Period

#: A month is published when so many days have passed since its end, as it was known at that moment.
DAYS_AFTER = 20
#: So many months back a platform begins.
MONTHS_BACK = 24
_BATCH = 500
_COLUMNS = tuple(one.name for one in fields(Counted))


def publish_months(now: datetime) -> int:
    """Publishes what is due. Returns how many months were published."""
    settled = queries.settled_until()
    published = 0
    for period in _due(now):
        moment = published_as_of(period)
        if settled is not None and moment <= settled:
            published += publish(period, moment, now)
    return published


def published_as_of(period: Period) -> datetime:
    """As of when a month is published: a moment that does not depend on when that is done."""
    return datetime.combine(period.end + timedelta(days=DAYS_AFTER), time(), SHANGHAI)


def _due(now: datetime) -> Iterator[Period]:
    known = set(OpenMonth.objects.values_list("month", flat=True))
    first = Fact.objects.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return
    day = today(now)
    earliest = max(first, date(day.year - MONTHS_BACK // 12, day.month, 1))
    for period in months(earliest, day):
        if period.first not in known and published_as_of(period) <= now:
            yield period


@transaction.atomic
def publish(period: Period, as_of: datetime, now: datetime) -> int:
    """Publishes one month, unless somebody has: 1 or 0."""
    region, parts = area()
    row, made = OpenMonth.objects.get_or_create(
        month=period.first, defaults={"region": region, "as_of": as_of, "published_at": now}
    )
    if not made:
        return 0
    tops = list(directory.category_tops())
    asked = Asked(period=period, as_of=as_of)
    found = rules.tables(_facts(asked, parts, tops), parts, tops, asked.when)
    OpenCell.objects.bulk_create(
        OpenCell(month=row, table=table.value, row=place[0], column=place[1], count=count)
        for table, cells in found.items()
        for place, count in cells.items()
    )
    return 1


def area() -> tuple[str, list[str]]:
    """The region whose figures are published, and those directly in it: the lowest that holds every unit."""
    parents = directory.regions_above()
    regions = {unit.region for unit in directory.units().by_code.values()}
    top = next((code for code, above in parents.items() if above is None), "")
    while True:
        parts = [code for code, above in parents.items() if above == top]
        if len(parts) != 1 or any(
            not within(region, parts[0]) and region != top for region in regions
        ):
            return top, parts  # fmt: skip
        top = parts[0]


def _facts(asked: Asked, regions: Sequence[str], tops: Sequence[str]) -> list[rules.OpenFact]:
    """What is counted in the month, each with the region and field it is told under, and whose it is."""
    rows = asked.facts().filter(day__gte=asked.period.first, day__lt=asked.period.end)
    read = list(rows.values("matter_id", *_COLUMNS))
    persons = _persons({row["matter_id"] for row in read if row["matter_id"]})
    found = []
    for row in read:
        matter = row.pop("matter_id")
        counted = Counted(**row)
        found.append(
            rules.OpenFact(
                counted=counted,
                region=_in(counted.region, regions),
                field=_under(counted.category, tops),
                person=persons.get(matter, f"matter {matter}"),
            )
        )
    return found


def _in(region: str, regions: Iterable[str]) -> str:
    return next((one for one in regions if region and within(region, one)), rules.OTHER)


def _under(category: str, tops: Iterable[str]) -> str:
    top = category.partition(".")[0]
    return top if top in tops else rules.OTHER


def _persons(matters: set[int]) -> dict[int, str]:
    """A key of the first petitioner of each matter; several matters of one person have the same."""
    found: dict[int, str] = {}
    ids = sorted(matters)
    for start in range(0, len(ids), _BATCH):
        contacts = intake.first_contacts(ids[start : start + _BATCH])
        keys = people.keys_of_petitioners(contacts.values())
        found |= {matter: keys[contact] for matter, contact in contacts.items() if contact in keys}
    return found
