"""Days on which leaders receive, counted once they are over; they belong to no matter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from xinqiao.intake import queries as intake
from xinqiao.reception.days import queries as days
from xinqiao.rules.counting_leaders import ReceptionDay, reception_day
from xinqiao.rules.entries import SHANGHAI
from xinqiao.targets.following import COLUMNS, Known
from xinqiao.targets.models import FOREVER, Fact

#: Between which moments a fact was known.
Key = tuple[datetime, datetime]
SOURCE = "reception_day"
#: A visit is entered when it is over, or some days later; after so many nothing is looked for any more.
LATE = timedelta(days=60)
#: So many days are read together.
_SPAN = timedelta(days=60)


@transaction.atomic
def follow_receptions(first: date, today: date) -> int:
    """Counts the days of reception from `first` until before today as they stand. Returns how many; may run twice."""
    found = days.over(first, today - timedelta(days=1))
    moments = intake.recorded(contact for _, contacts in found for contact in contacts)
    stored: defaultdict[str, dict[Key, list[object]]] = defaultdict(dict)
    for source, since, until, *values in Fact.objects.filter(
        matter__isnull=True, source__startswith=SOURCE, day__gte=first, day__lt=today
    ).values_list("source", "known_from", "known_to", *COLUMNS):
        stored[source][since, until] = values
    for day, contacts in found:
        known = _known(day, [moments[one] for one in contacts if one in moments])
        source = f"{SOURCE}/{day.id}"
        if stored[source] != {(since, until): _values(fact) for fact, since, until in known}:
            _write(source, known)
    return len(found)


def count_receptions(today: date) -> int:
    """All days of reception that are over, some at a time. Returns how many."""
    total, since = 0, days.first_day() or today
    while since < today:
        total += follow_receptions(since, min(since + _SPAN, today))
        since += _SPAN
    return total


def _known(day: ReceptionDay, recorded: Sequence[datetime]) -> list[Known]:
    """What is known of it from the midnight after it on; whom it received may be entered later."""
    over = datetime.combine(day.day + timedelta(days=1), time(), SHANGHAI)
    fact = reception_day(day)
    entered = min(recorded, default=over)
    before = reception_day(replace(day, received=0))
    if entered <= over or before == fact:
        return [Known(fact, over, FOREVER)]
    return [Known(before, over, entered), Known(fact, entered, FOREVER)]


def _values(fact: object) -> list[object]:
    return [getattr(fact, name) for name in COLUMNS]


def _write(source: str, known: Sequence[Known]) -> None:
    """The rows of one day; what was known at a past moment stays the same in them."""
    Fact.objects.filter(matter__isnull=True, source=source).delete()
    Fact.objects.bulk_create(
        Fact(
            source=source, known_from=since, known_to=until,
            **{name: getattr(fact, name) for name in COLUMNS},
        )
        for fact, since, until in known
    )  # fmt: skip
