"""Figures for pages, programs and the command line: live as of any moment, and kept by month.

figures(places, period, as_of)             from the facts, as of that moment, of a category, of a channel
monthly(places, first, end, indicators)    from what is kept by month (`targets.keeping`): one question
last_year(period, as_of)                   the same span a year before, as of a year before
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from xinqiao.rules.counting import What
from xinqiao.rules.indicators import Indicator, Tally, chosen
from xinqiao.targets import trees
from xinqiao.targets.engines import database
from xinqiao.targets.models import Fact, MonthlyFigure
from xinqiao.targets.values import Figure, Period, Place, Scale

#: More codes than these are not named in a question: all facts are read.
MANY_CODES = 500


def figures(
    places: Iterable[Place],
    period: Period,
    as_of: datetime,
    *,
    indicators: Iterable[str] | None = None,
    category: str = "",
    channel: str = "",
) -> list[Figure]:
    """Each indicator of each place in a period, as known at a moment: places in their order, of each all indicators.

    `indicators`: ids, all that are on if None; `category` with those below it; `channel` of the matter. A place without
    facts has its zeros. Raises KeyError for an unknown indicator.
    """
    wanted, asked_of = chosen(indicators), list(places)
    asked = database.Asked(period=period, as_of=as_of, category=category, channel=channel)
    above = {scale: trees.above(scale) for scale in {place.scale for place in asked_of}}
    found = database.tallies(asked, wanted, above, only=_only(asked_of))
    return [
        _figure(one, place, period, as_of, found.get((place.scale, place.code, one.id)))
        for place in asked_of
        for one in wanted
    ]


def _figure(
    indicator: Indicator, place: Place, period: Period, as_of: datetime, tally: Tally | None
) -> Figure:
    tally = tally or Tally(of=None if indicator.shows == "number" else 0)
    return Figure(
        indicator=indicator.id,
        place=place,
        period=period,
        as_of=as_of,
        counts=tally.counts,
        of=tally.of,
        persons=tally.persons,
    )


def _only(places: Sequence[Place]) -> Q | None:
    """Facts of these places and those below them; None where naming them would be longer than reading all."""
    found = Q(pk__lt=0)
    for scale in Scale:
        tops = {place.code for place in places if place.scale is scale}
        if not tops:
            continue
        below = {code for code, line in trees.above(scale).items() if tops & set(line)} | tops
        if len(below) > MANY_CODES:
            return None
        found |= Q(**{f"{scale.value}__in": sorted(below)})
    return found


def months(first: date, end: date) -> list[Period]:
    """The months from that of `first` until before `end`."""
    found, begins = [], first.replace(day=1)
    while begins < end:
        following = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
        found.append(Period(first=begins, end=following))
        begins = following
    return found


def monthly(
    places: Iterable[Place], first: date, end: date, indicators: Iterable[str] | None = None
) -> list[Figure]:
    """The kept figures of the months from `first` until before `end`: by place, indicator, month.

    A month that nobody has made has none; where a month was made and a place has nothing in it, there are zeros.
    """
    wanted, asked_of = chosen(indicators), list(places)
    named = Q(scale="", place="", indicator="")  # the months that were made; found by the index
    for scale in {place.scale for place in asked_of}:
        codes = [place.code for place in asked_of if place.scale is scale]
        named |= Q(scale=scale, place__in=codes, indicator__in=[one.id for one in wanted])
    rows = MonthlyFigure.objects.filter(named, month__gte=first.replace(day=1), month__lt=end)
    kept, made = {}, {}
    columns = ("scale", "place", "indicator", "month", "counts", "of", "persons", "as_of")
    for scale, code, one, month, counts, of, persons, as_of in rows.values_list(*columns):
        if not scale:
            made[month] = as_of
        kept[scale, code, one, month] = Tally(counts=counts, of=of, persons=persons)
    spans = [period for period in months(first, end) if period.first in made]
    return [
        _figure(one, place, period, made[period.first], kept.get((place.scale, place.code, one.id, period.first)))
        for place in asked_of
        for one in wanted
        for period in spans
    ]  # fmt: skip


def begins() -> date | None:
    """The first day of which anything was received; there are no figures of months before it. One look at an index."""
    rows = Fact.objects.filter(what=What.CONTACT).order_by("day")
    return rows.values_list("day", flat=True).first()


def last_year(period: Period, as_of: datetime) -> tuple[Period, datetime]:
    """The same span a year before, and the moment a year before: what was as young then is compared."""
    before = Period(first=_year_before(period.first), end=_year_before(period.end))
    return before, datetime.combine(_year_before(as_of.date()), as_of.timetz())


def _year_before(day: date) -> date:
    """The same day of the year before; of 29 February the last of that month."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
