"""The places of a plan: what lies below one, who answers for it, which of them exist for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xinqiao.directory import queries as directory
from xinqiao.rules import targets
from xinqiao.rules.persons import Person
from xinqiao.rules.units import UnitKind, within
from xinqiao.targets.values import Place, Scale

#: Who sees the plan of the whole place where they are.
_WHOLE = frozenset({UnitKind.GOVERNMENT, UnitKind.PETITION_OFFICE, UnitKind.JOINT_CONFERENCE})
_PARTED_AMONG = frozenset({UnitKind.DEPARTMENT, UnitKind.GOVERNMENT, UnitKind.TOWNSHIP})


def region_of(place: Place) -> str:
    """The region in which a place lies; "" for a unit that is unknown."""
    if place.scale is Scale.REGION:
        return place.code
    units = directory.units()
    return units[place.code].region if place.code in units else ""


def exists(place: Place) -> bool:
    """Whether there is such a place."""
    if place.scale is Scale.REGION:
        return directory.region_exists(place.code)
    return place.code in directory.units()


def answering(place: Place, day: date) -> str:
    """The unit that answers for a place on a day; "" where there is none."""
    units = directory.units()
    among = units.inside(place.code, day) if place.scale is Scale.REGION else ()
    return targets.answering(place.scale, place.code, units, among)


def below(place: Place, scale: Scale, day: date) -> list[Place]:
    """The regions, or the units, directly below a place: those among which its target may be parted."""
    if scale is Scale.REGION:
        if place.scale is not Scale.REGION:
            return []
        return [Place(scale=scale, code=code) for code, _ in directory.region_choices(place.code)]
    top = answering(place, day)
    return [
        Place(scale=scale, code=one.code)
        for one in directory.units().on(day)
        if one.parent == top and top and one.kind in _PARTED_AMONG
    ]


def of_office(office: str, day: date) -> list[Place]:
    """The places for which an office sets targets: its region, the regions and the units directly below."""
    own = Place(scale=Scale.REGION, code=directory.units()[office].region)
    return [own, *below(own, Scale.REGION, day), *below(own, Scale.UNIT, day)]


@dataclass(frozen=True)
class Seen:
    """Which places exist for somebody: all in `regions`, and `units` with those below them."""

    regions: tuple[str, ...]
    units: frozenset[str]

    def covers(self, place: Place) -> bool:
        if place.scale is Scale.UNIT and place.code in self.units:
            return True
        region = region_of(place)
        return any(within(region, one) for one in self.regions)

    def among(self, places: Iterable[Place]) -> list[Place]:
        return [one for one in places if self.covers(one)]


def seen(person: Person) -> Seen:
    """Offices, governments and conferences see the plan of their place; other units their own, and those below."""
    units, regions, own = directory.units(), set[str](), set[str]()
    for code in person.units():
        if code not in units:
            continue
        unit = units[code]
        if unit.kind in _WHOLE or unit.kind is UnitKind.TOWNSHIP:
            regions.add(unit.region)
        own |= units.subtree(code)
    return Seen(tuple(sorted(regions)), frozenset(own))


def in_order(places: Sequence[Place]) -> list[Place]:
    """Regions by code, then units in the order of the directory."""
    place = {code: n for n, code in enumerate(directory.units().by_code)}
    return sorted(
        places, key=lambda one: (one.scale is Scale.UNIT, place.get(one.code, 0), one.code)
    )
