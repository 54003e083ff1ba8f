"""The figures of months, kept for the pages: made anew where time or the ledgers changed them.

Each month has a row without place and indicator: as of when it was made (`as_of`), and the last fact it was made of
(`counts`). A month is made anew when a day has passed since, for limits pass and open matters grow older, and when
facts came, or were closed, that lie in it; a stock is that of every month after.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, Q
from django.db.models.functions import TruncMonth

from xinqiao.rules.counting import What
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import chosen
from xinqiao.targets import trees
from xinqiao.targets.engines import database
from xinqiao.targets.figures import months
from xinqiao.targets.models import Fact, MonthlyFigure
from xinqiao.targets.queries import settled_until
from xinqiao.targets.values import Period, Scale

#: So many months back are kept: two whole years beside the one that runs.
MONTHS = 36


def keep_figures(now: datetime) -> int:
    """Makes anew the months that need it; may run twice, and may be broken off between two months. Returns how many.

    As of the moment up to which the ledgers are counted: what the follower still writes lies after it, however late.
    """
    done, as_of = 0, min(now, settled_until() or now)
    for period in _stale(as_of):
        _make(period, as_of)
        done += 1
    return done


def _stale(now: datetime) -> Iterator[Period]:
    """The months to be made, the newest first: what people look at most."""
    today, made = now.astimezone(SHANGHAI).date(), _made()
    earliest = Fact.objects.aggregate(first=Min("day"))["first"]
    if earliest is None:
        return
    first = max(earliest, date(today.year - MONTHS // 12, today.month, 1))
    touched = _touched(made, now)
    for period in reversed(months(first, today + timedelta(days=1))):
        as_of = made.get(period.first, (None, 0))[0]
        if as_of is None or as_of.astimezone(SHANGHAI).date() < today or touched(period):
            yield period


def _made() -> dict[date, tuple[datetime, int]]:
    """The months that were made: as of when, and up to which fact."""
    rows = MonthlyFigure.objects.filter(scale="", place="", indicator="")
    return {month: (at, fact) for month, at, fact in rows.values_list("month", "as_of", "counts")}


class _Touched:
    """The months in which facts came or were closed since all of them were made."""

    def __init__(self, rows: Iterable[tuple[str, date]]) -> None:
        self.months: set[date] = set()
        self.stock_from: date | None = None
        for what, month in rows:
            self.months.add(month)
            if what == What.MATTER:
                self.stock_from = min(self.stock_from or month, month)

    def __call__(self, period: Period) -> bool:
        stock = self.stock_from is not None and self.stock_from <= period.first
        return stock or period.first in self.months


def _touched(made: dict[date, tuple[datetime, int]], now: datetime) -> _Touched:
    if not made:
        return _Touched(())
    since, last = min(at for at, _ in made.values()), min(fact for _, fact in made.values())
    rows = Fact.objects.filter(Q(pk__gt=last) | Q(known_to__gt=since, known_to__lte=now))
    return _Touched(rows.values_list("what", TruncMonth("day")).distinct())


def _make(period: Period, now: datetime) -> None:
    """The figures of a month of every place that has any, in place of those before: all of them or none."""
    asked = database.Asked(period=period, as_of=now)
    last = Fact.objects.aggregate(last=Max("pk"))["last"] or 0
    found = database.tallies(asked, chosen(), {scale: trees.above(scale) for scale in Scale})
    rows = [
        MonthlyFigure(
            scale=scale, place=code, month=period.first, indicator=indicator, counts=tally.counts, of=tally.of,
            persons=tally.persons, as_of=now,
        )
        for (scale, code, indicator), tally in found.items()
        if tally.counts or tally.of
    ]  # fmt: skip
    rows.append(MonthlyFigure(month=period.first, counts=last, as_of=now))
    with transaction.atomic():
        MonthlyFigure.objects.filter(month=period.first).delete()
        MonthlyFigure.objects.bulk_create(rows, batch_size=2000)
