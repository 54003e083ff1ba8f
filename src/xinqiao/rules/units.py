"""The tree of units as a value: who is above whom, and which territory is whose."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import TypeVar


class UnitKind(StrEnum):
    GOVERNMENT = "government"
    PETITION_OFFICE = "petition_office"
    DEPARTMENT = "department"
    DISCIPLINE = "discipline"
    JOINT_CONFERENCE = "joint_conference"
    TOWNSHIP = "township"


class Level(StrEnum):
    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


#: After every digit of a region.
_BEYOND = "\uffff"
_T = TypeVar("_T")
RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A place of work. `parent` is its administrative superior, `guiding` the same line one level up."""

    code: str
    name: str
    name_en: str = ""
    kind: UnitKind
    level: Level
    region: str
    parent: str | None = None
    guiding: str | None = None
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None
    successor: str | None = None
    categories: tuple[str, ...] = ()

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def territory(region: str) -> str:
    """The digits with which every region code inside this region begins (GB/T 2260: 340000, 340800, 340811)."""
    if len(region) == 6:
        for trailing in ("0000", "00"):
            if region.endswith(trailing):
                return region.removesuffix(trailing)
    return region


def beginning_with(
    ordered: Sequence[_T], digits: str, *, code: Callable[[_T], str] = str
) -> Sequence[_T]:
    """Those of a list in the order of their codes whose code begins with these digits: it costs what is found."""
    first = bisect_left(ordered, digits, key=code)
    return ordered[first : bisect_left(ordered, digits + _BEYOND, lo=first, key=code)]


def within(region: str, outer: str) -> bool:
    """Whether `region` lies in `outer` or is it."""
    return region.startswith(territory(outer))


@dataclass(frozen=True, eq=False)
class Units:
    """All units ever, by code; questions about a day name the day. Each is itself alone: what it gives may be kept."""

    by_code: Mapping[str, Unit] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Unit:
        return self.by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def on(self, day: date) -> Iterator[Unit]:
        return (unit for unit in self.by_code.values() if unit.exists_on(day))

    def inside(self, region: str, day: date) -> list[Unit]:
        """The units of that day whose region lies in `region`, in the order of all units.

        A province has thousands of units and a county few: it costs what is found.
        """
        inside = beginning_with(self._by_region, territory(region), code=itemgetter(0))
        found = sorted(inside, key=itemgetter(1))
        return [unit for _, _, unit in found if unit.exists_on(day)]

    @cached_property
    def _by_region(self) -> list[tuple[str, int, Unit]]:
        """Regions in order with their units, each with its place among all units."""
        return sorted(
            (unit.region, place, unit) for place, unit in enumerate(self.by_code.values())
        )

    @cached_property
    def _below(self) -> Mapping[str, list[str]]:
        """The units directly below each."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit in self.by_code.values():
            if unit.parent is not None:
                found[unit.parent].append(unit.code)
        return found

    def superiors(self, code: str) -> tuple[str, ...]:
        """The organs directly above: administrative superior first, then the line's next level."""
        unit = self.by_code[code]
        above = (unit.parent, unit.guiding)
        return tuple(code for code in above if code is not None and code in self.by_code)

    def line_up(self, code: str) -> tuple[str, ...]:
        """`code` and its administrative superiors, nearest first."""
        line: list[str] = []
        current: str | None = code
        while current is not None and current in self.by_code and current not in line:
            line.append(current)
            current = self.by_code[current].parent
        return tuple(line)

    def subtree(self, code: str) -> frozenset[str]:
        """`code` and every unit below it."""
        found = {code} & self.by_code.keys()
        ahead = list(found)
        while ahead:
            below = [unit for unit in self._below.get(ahead.pop(), ()) if unit not in found]
            found.update(below)
            ahead += below
        return frozenset(found)

    def successor_of(self, code: str, day: date) -> str | None:
        """The unit that took over the work of a merged or abolished one (art. 24) on that day; None if none did."""
        seen: set[str] = set()
        current: str | None = code
        while current is not None and current in self.by_code and current not in seen:
            if self.by_code[current].exists_on(day):
                return current
            seen.add(current)
            current = self.by_code[current].successor
        return None

    def petition_office_of(self, region: str, day: date) -> str | None:
        """The petition office whose territory holds `region`, the nearest one."""
        offices = [
            unit
            for unit in self.on(day)
            if unit.kind is UnitKind.PETITION_OFFICE and within(region, unit.region)
        ]
        return max(offices, key=lambda unit: len(territory(unit.region))).code if offices else None
