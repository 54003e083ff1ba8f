"""The figures of a page: kept ones by month, or counted from the facts as of a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xinqiao.desk.targets.asking import Asked, following, months_of, year_before
from xinqiao.rules.indicators import Indicator, chosen, indicators
from xinqiao.targets import figures
from xinqiao.targets.values import Figure, Period, Place

#: What the table of places below shows: of each kind of question one, so that a line can be read at a glance.
MAIN = ("total", "repeat_rate", "on_time_acceptance", "on_time_answer", "satisfaction", "settled_rate")  # fmt: skip
#: By this indicator of the year before, the size of a place is told, as assessments do.
SIZE = "total"
#: A small line has so many months.
SPARK_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What months come to: `counts`, `of` so many in a rate, `persons` beside visits."""

    counts: int = 0
    of: int | None = None
    persons: int = 0

    @property
    def value(self) -> float | None:
        """The rate from 0 to 1, the number, the days; None where there is nothing to speak of."""
        if self.of is None:
            return float(self.counts)
        return self.counts / self.of if self.of else None


Amounts = Mapping[tuple[Place, str], Amount]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator of a place: this period, the same months of the year before, month by month, companions beside."""

    indicator: Indicator
    this: Amount | None
    before: Amount | None
    months: Sequence[float | None]
    companions: Sequence[tuple[Indicator, Amount | None]]


def board(asked: Asked) -> list[Line]:
    """The indicators of the place that are on."""
    shown = [one for one in chosen() if not one.companion]
    wanted = [one.id for one in shown] + [other for one in shown for other in one.companions]
    this, before, by_month = of_place(asked, wanted)
    place = asked.place
    return [
        Line(
            indicator=one,
            this=this.get((place, one.id)),
            before=before.get((place, one.id)),
            months=by_month.get(one.id, ()),
            companions=[
                (indicators()[other], this.get((place, other))) for other in one.companions
            ],
        )
        for one in shown
    ]


def of_place(
    asked: Asked, wanted: Sequence[str]
) -> tuple[Amounts, Amounts, dict[str, list[float | None]]]:
    """The figures of the place: of the period, of the same months a year before, and of the last twelve one by one."""
    earliest = min(asked.before.first, _months_back(asked.period.end, SPARK_MONTHS))
    kept = [] if asked.as_of else figures.monthly([asked.place], earliest, asked.period.end, wanted)
    if not _whole(kept, asked):
        this = figures.figures([asked.place], asked.period, asked.moment, indicators=wanted)
        before = figures.figures([asked.place], asked.before, asked.moment, indicators=wanted)
        return summed(this), summed(before), {}
    spark = _span_back(asked.period.end, SPARK_MONTHS)
    return (
        summed(_within(kept, asked.period)),
        summed(_within(kept, asked.before)),
        {one: series(kept, one, months_of(spark)) for one in wanted},
    )


def below(asked: Asked, ids: Iterable[str] = MAIN) -> tuple[list[Place], Amounts]:
    """The places directly below and their figures of these indicators in the period."""
    places = asked.below()
    if not places:
        return [], {}
    wanted = [one for one in ids if indicators()[one].on]
    found = (
        [] if asked.as_of else figures.monthly(places, asked.period.first, asked.period.end, wanted)
    )
    if not _whole(found, asked):
        found = figures.figures(places, asked.period, asked.moment, indicators=wanted)
    return places, summed(found)


def sizes(asked: Asked, places: Sequence[Place]) -> Mapping[Place, int]:
    """The petitions of the year before at each place, by which its size is told; nothing where they are not kept."""
    year = _year(asked.year - 1)
    kept = [] if asked.as_of else figures.monthly(places, year.first, year.end, [SIZE])
    if not kept:
        return {}
    totals = summed(kept)
    return {place: totals[place, SIZE].counts if (place, SIZE) in totals else 0 for place in places}


def _whole(kept: Sequence[Figure], asked: Asked) -> bool:
    """Whether each month of the period that has anything in it has been made."""
    missing = set(asked.months()) - {one.period.first for one in kept}
    if not missing or not kept:
        return bool(kept)
    begins = figures.begins()
    return begins is not None and all(month < begins.replace(day=1) for month in missing)


def by_month(asked: Asked, indicator: str) -> tuple[list[date], list[float | None], list[float | None]]:  # fmt: skip
    """The twelve months of the year with their values, and those of the year before; None where there is none yet."""
    months = list(months_of(_year(asked.year)))
    seen = [*map(year_before, months), *(one for one in months if one < asked.period.end)]
    found = (
        []
        if asked.as_of
        else figures.monthly([asked.place], seen[0], asked.period.end, [indicator])
    )
    if not _whole(found, asked):
        found = [
            one
            for month in seen
            for one in figures.figures(
                [asked.place], Period(first=month, end=following(month)), asked.moment, indicators=[indicator]
            )
        ]  # fmt: skip
    return months, series(found, indicator, months), series(found, indicator, map(year_before, months))  # fmt: skip


def one(asked: Asked, indicator: str, **narrowed: str) -> Amount:
    """One figure of the period, of a category or a channel, from the facts."""
    found = figures.figures(
        [asked.place], asked.period, asked.moment, indicators=[indicator], **narrowed
    )
    return summed(found)[asked.place, indicator]  # fmt: skip


def summed(found: Iterable[Figure]) -> Amounts:
    """Months added up. What cannot be added (days, a stock) is that of the last month."""
    groups: defaultdict[tuple[Place, str], list[Figure]] = defaultdict(list)
    for figure in found:
        groups[figure.place, figure.indicator].append(figure)
    return {key: _sum(indicators()[key[1]], group) for key, group in groups.items()}


def _sum(indicator: Indicator, group: list[Figure]) -> Amount:
    if not indicator.adds_up:
        last = max(group, key=lambda one: one.period.first)
        return Amount(counts=last.counts, of=last.of, persons=last.persons)
    of = None if indicator.shows == "number" else sum(one.of or 0 for one in group)
    return Amount(
        counts=sum(one.counts for one in group), of=of, persons=sum(one.persons for one in group)
    )


def series(found: Iterable[Figure], indicator: str, months: Iterable[date]) -> list[float | None]:
    """The values of one indicator month by month."""
    values = {one.period.first: one.value for one in found if one.indicator == indicator}
    return [values.get(month) for month in months]


def _within(found: Iterable[Figure], period: Period) -> Iterable[Figure]:
    return (one for one in found if period.first <= one.period.first < period.end)


def _span_back(end: date, months: int) -> Period:
    return Period(first=_months_back(end, months), end=end)


def _months_back(end: date, months: int) -> date:
    count = end.year * 12 + end.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _year(year: int) -> Period:
    return Period(first=date(year, 1, 1), end=date(year + 1, 1, 1))
