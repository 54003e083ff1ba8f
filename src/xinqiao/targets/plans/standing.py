"""How far regions are from the limits of key management, and how many people live in them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from xinqiao.matters.queries import today
from xinqiao.rules import key_management
from xinqiao.rules.indicators import indicators
from xinqiao.rules.key_management import Condition, Far, Span
from xinqiao.rules.persons import Person
from xinqiao.rules.targets import Measured
from xinqiao.targets.forecast import queries as forecasts
from xinqiao.targets.forecast.values import Crossing, Limit
from xinqiao.targets.models import Population
from xinqiao.targets.plans import files, places, reading
from xinqiao.targets.plans.values import PlaceStand, PopulationLine
from xinqiao.targets.values import Period, Place, Scale


def populations(regions: Collection[str], year: int) -> Mapping[str, PopulationLine]:
    """How many people live in these regions: the latest that was entered for the year or one before."""
    rows = Population.objects.filter(region__in=list(regions), year__lte=year).order_by("year")
    return {
        row.region: PopulationLine(region=row.region, year=row.year, people=row.people, source=row.source)
        for row in rows
    }  # fmt: skip


def key_stands(person: Person, now: datetime) -> list[PlaceStand]:
    """How far each region directly below those of the person's units is from each limit."""
    rules, day = files.key_rules(), today(now)
    at = _regions(person, day)
    figures = _key_figures(at, rules, day, now)
    people = populations([one.code for one in at], day.year)
    found = []
    for place in at:
        known = people.get(place.code)
        own = {
            (code, period): figure
            for (one, code, period), figure in figures.items()
            if one == place
        }
        population = known.people if known else None
        found.append(PlaceStand(
            place=place, population=population, stands=key_management.stands(rules.rules, own, population),
        ))  # fmt: skip
    return found


def looking_ahead(found: Sequence[PlaceStand], now: datetime) -> list[PlaceStand]:
    """The same with when each place is expected to pass the limits of numbers, as far as there are forecasts.

    A rate goes up and down: there is no day on which it passes a limit for the rest of a period. It plays forecasts
    through: some milliseconds a limit.
    """
    expected = _expected(found, today(now))
    return [replace(one, expected=expected.get(one.place, {})) for one in found]


def _expected(
    found: Iterable[PlaceStand], day: date
) -> Mapping[Place, Mapping[Condition, Crossing]]:
    asked: list[tuple[Condition, Limit]] = []
    for one in found:
        for stand in one.stands:
            for far in stand.far:
                limit = _limit(one, far, day)
                if limit is not None:
                    asked.append((far.condition, limit))
    expected: dict[Place, dict[Condition, Crossing]] = {}
    for (condition, limit), crossing in zip(
        asked, forecasts.crossings([limit for _, limit in asked]), strict=True
    ):
        if crossing is not None:
            expected.setdefault(limit.place, {})[condition] = crossing
    return expected


def _limit(one: PlaceStand, far: Far, day: date) -> Limit | None:
    """The limit as a number of the running period; None for a rate, without a population, or where it is passed."""
    condition = far.condition
    number = condition.above and indicators()[condition.indicator].shows == "number"
    if not number or far.holds or (condition.per and not one.population):
        return None
    most = (
        condition.limit * (one.population or 0) / condition.per
        if condition.per
        else condition.limit
    )
    first, end = key_management.span(condition.period, day)
    return Limit(
        place=one.place, indicator=condition.indicator, period=Period(first=first, end=end), most=float(most)
    )  # fmt: skip


def _regions(person: Person, day: date) -> list[Place]:
    """The counties of a city, the cities of a province; a county itself with its townships."""
    found: dict[Place, None] = {}
    seen = places.seen(person)
    for region in seen.regions:
        top = Place(scale=Scale.REGION, code=region)
        below = places.below(top, Scale.REGION, day)
        for one in below or [top]:
            found[one] = None
        if below and len(below[0].code) > len(region):  # townships: the county stands first
            found = {top: None, **found}
    return list(found)


def _key_figures(
    at: Sequence[Place], rules: key_management.Rules, day: date, now: datetime
) -> Mapping[tuple[Place, str, Span], Measured]:
    """The figures that the rules look at, by place, indicator and period: one read a period."""
    wanted: dict[Span, set[str]] = {}
    for rule in rules.rules:
        for one in rule.conditions:
            wanted.setdefault(one.period, set()).add(one.indicator)
    found: dict[tuple[Place, str, Span], Measured] = {}
    for period, codes in wanted.items():
        first, end = key_management.span(period, day)
        read = reading.measured(at, Period(first=first, end=end), now, codes)
        found |= {(place, code, period): figure for (place, code), figure in read.items()}
    return found
