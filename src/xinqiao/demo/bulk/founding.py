"""The first day of a province, and the stories that are told in it."""

from datetime import date

from django.core.management import call_command
from django.db import transaction

from xinqiao.demo import load as city
from xinqiao.demo.bulk.moulds import Mould, played
from xinqiao.demo.bulk.places import Place, places, regions_of, units_of
from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter
from xinqiao.directory import actions as directory

#: The small plan has some more stories than this.
_FEW = 150


@transaction.atomic
def found_province(cities: int, password: str) -> int:
    """The demonstration city and invented ones like it, each with its units and staff. Returns the number of units."""
    count = city.found_city(password)
    for place in places(cities)[1:]:
        count += _found(place, password)
    return count


def _found(place: Place, password: str) -> int:
    regions = [(one.code, one.name, one.level, one.parent) for one in regions_of(place)]
    directory.load_regions(regions)
    units = list(units_of(place))
    directory.add_units(units)
    directory.open_accounts(city.staff_of(units), password=password, since=city.SINCE)
    return len(units)


def played_stories(count: int, seed: int, end: date, index: int, processes: int) -> list[Mould]:
    """This process's share of the chosen stories, as moulds.

    They are played in the database of this process, which is empty and not the platform's.
    """
    call_command("migrate", verbosity=0)
    city.found_city("not for logging in")
    return list(played(chosen_stories(count, seed, end)[index::processes]))


def chosen_stories(count: int, seed: int, end: date) -> list[PlannedMatter]:
    """So many stories of the demonstration city, spread evenly over its three years; all, if there are no more.

    Few are taken from its small plan, which is made in a moment.
    """
    stories = list(plan("small" if count <= _FEW else "city", seed, end))
    count = min(count, len(stories))
    return [stories[number * len(stories) // count] for number in range(count)]
