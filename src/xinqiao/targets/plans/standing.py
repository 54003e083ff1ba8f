"""How far regions are from the limits of key management, and how many people live in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from xinqiao.matters.queries import today
from xinqiao.rules import key_management
from xinqiao.rules.key_management import Span
from xinqiao.rules.persons import Person
from xinqiao.rules.targets import Measured
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
    for period, indicators in wanted.items():
        first, end = key_management.span(period, day)
        read = reading.measured(at, Period(first=first, end=end), now, indicators)
        found |= {(place, code, period): figure for (place, code), figure in read.items()}
    return found
