"""What an address of the figures asks for: a place, a span of months, and as of when. Everything typed is read here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.words import Names
from xinqiao.matters.queries import today
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.units import territory
from xinqiao.targets import queries
from xinqiao.targets.values import Period, Place, Scale

_SPAN = re.compile(r"(20\d\d)(?:-Q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)
_OFFERED_YEARS = 3
#: So many places are offered in a list; whoever sees more goes down from one to the next.
MOST_PLACES = 200
_PLACE_LENGTH = 70


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked at: whole months `period` of `place`; `as_of` a moment of the past, or None for what is kept.

    `span` is the period as the address says it: "2026", "2026-Q3", "2026-10".
    `places` are those whose figures the person may see.
    """

    place: Place
    span: str
    period: Period
    as_of: datetime | None
    now: datetime
    places: Sequence[Place]
    names: Names

    @cached_property
    def before(self) -> Period:
        """The same months of the year before."""
        return Period(first=year_before(self.period.first), end=year_before(self.period.end))

    @property
    def moment(self) -> datetime:
        """As of when the figures are."""
        return self.as_of or self.now

    @property
    def year(self) -> int:
        return self.period.first.year

    @property
    def running(self) -> bool:
        """Whether the last month of the period is not over."""
        return self.period.end > today(self.moment)

    def query(self, **other: str) -> str:
        """The same question as a part of an address, with some of it changed; an empty value leaves it out."""
        said = {"place": code_of(self.place), "span": self.span, "as_of": self._day_said} | other
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def _day_said(self) -> str:
        return today(self.as_of).isoformat() if self.as_of else ""

    def may_see(self, place: Place) -> bool:
        return place in self.places

    @property
    def name(self) -> str:
        return name_of(self.names, self.place)

    def below(self) -> list[Place]:
        """The units or regions directly below the place, of those that the person may see."""
        return [
            one
            for one in self.places
            if one.scale is self.place.scale and _parent(self.names, one) == self.place.code
        ]

    def above(self) -> Place | None:
        """The place that this one lies in, where the person may see it."""
        code = _parent(self.names, self.place)
        found = Place(scale=self.place.scale, code=code) if code else None
        return found if found is not None and self.may_see(found) else None

    def months(self) -> list[date]:
        """The first days of the months of the period."""
        return list(months_of(self.period))


def asked(request: DeskRequest) -> Asked:
    """What the address asks for. Raises PermissionDenied for who may see no figures, Http404 for a place not theirs."""
    places = queries.places(request.person, request.now)
    if not places:
        raise PermissionDenied
    as_of = _as_of(request.GET.get("as_of", ""), request.now)
    day = today(as_of or request.now)
    span, period = _span(request.GET.get("span", ""), day)
    return Asked(
        place=_place(request.GET.get("place", ""), places), span=span, period=period, as_of=as_of, now=request.now,
        places=places, names=request.names,
    )  # fmt: skip


def code_of(place: Place) -> str:
    """A place as an address says it."""
    return f"{place.scale.value}:{place.code}"


def name_of(names: Names, place: Place) -> str:
    if place.scale is Scale.UNIT:
        return names.unit(place.code)
    return names.region(place.code) if place.code else _("Place not known yet")


def _place(typed: str, places: Sequence[Place]) -> Place:
    """The place that was asked for, else the first of the person's own."""
    if not typed:
        return places[0]
    scale, _colon, code = typed[:_PLACE_LENGTH].partition(":")
    found = next((one for one in places if one.scale.value == scale and one.code == code), None)
    if found is None:
        raise Http404
    return found


def _as_of(typed: str, now: datetime) -> datetime | None:
    """The end of the day that was asked for; None for today, for days to come, and for what is no day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    if not date(2000, 1, 1) <= day < today(now):
        return None
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI) - timedelta(microseconds=1)


def _span(typed: str, day: date) -> tuple[str, Period]:
    """The months asked for, cut at the last that has begun; else the year so far, in whole months."""
    found = _SPAN.fullmatch(typed)
    period = _months_named(found) if found else None
    if period is None or period.first > day:
        typed, period = (
            str(day.year),
            Period(first=date(day.year, 1, 1), end=date(day.year + 1, 1, 1)),
        )
    return typed, Period(first=period.first, end=_last(period, day))


def _last(period: Period, day: date) -> date:
    """Where the period ends: the month that runs is left out, unless it is the only one."""
    running = day.replace(day=1)
    if period.end <= running:
        return period.end
    return running if period.first < running else following(running)


def _months_named(found: re.Match[str]) -> Period:
    year, quarter, month = int(found[1]), found[2], found[3]
    if month:
        first = date(year, int(month), 1)
        return Period(first=first, end=following(first))
    first = date(year, 3 * int(quarter) - 2, 1) if quarter else date(year, 1, 1)
    last = first.replace(month=first.month + 2) if quarter else date(year, 12, 1)
    return Period(first=first, end=following(last))


def following(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def year_before(first: date) -> date:
    """The same first day of a month, a year before."""
    return first.replace(year=first.year - 1)


def months_of(period: Period) -> Iterator[date]:
    month = period.first
    while month < period.end:
        yield month
        month = following(month)


def spans(asked: Asked) -> Mapping[str, list[tuple[str, str]]]:
    """What may be chosen, in groups: years, quarters, months that have begun."""
    day = today(asked.moment)
    years = [str(day.year - back) for back in range(_OFFERED_YEARS)]
    quarters = [
        (f"{year}-Q{quarter}", _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter})
        for year in years[:2]
        for quarter in range(4, 0, -1)
        if date(int(year), 3 * quarter - 2, 1) <= day
    ]  # fmt: skip
    months = [
        (f"{year}-{month:02}", f"{year}-{month:02}")
        for year in years[:2]
        for month in range(12, 0, -1)
        if date(int(year), month, 1) <= day
    ]
    return {
        _("Years"): [(year, year) for year in years],
        _("Quarters"): quarters,
        _("Months"): months,
    }


def address_of(page: str, asked: Asked, indicator: str) -> str:
    """A page of an indicator (`indicator`, `behind`, `forecast`), the question staying what it is."""
    return f"{reverse(f'desk:{page}', args=[indicator])}?{asked.query()}"


def span_words(asked: Asked) -> str:
    """The period in words: from which month to which."""
    first, last = asked.period.first, asked.months()[-1]
    if first == last:
        return f"{first:%Y-%m}"
    return _("%(first)s to %(last)s") % {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}


def place_choices(asked: Asked) -> list[tuple[str, str]]:
    """The places that are offered: that in which one is and what it lies in first, then the others."""
    near = [one for one in (asked.above(), asked.place) if one is not None]
    offered = dict.fromkeys([*near, *asked.below(), *asked.places])
    return [(code_of(one), name_of(asked.names, one)) for one in islice(offered, MOST_PLACES)]


def _parent(names: Names, place: Place) -> str:
    """The code of what a place lies in; nothing for the highest."""
    if place.scale is Scale.UNIT:
        unit = names.units.by_code.get(place.code)
        return (unit.parent or "") if unit else ""
    digits = territory(place.code)
    if len(digits) <= 2:
        return ""
    above = digits[:-2] if len(digits) <= 6 else digits[:6]
    return above.ljust(6, "0")
