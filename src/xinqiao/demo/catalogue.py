"""The fixed lists of the demonstration city as values: regions, units and categories."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from xinqiao.rules.units import Level, Unit, UnitKind, Units

PROVINCE = "340000"
CITY = "340800"


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region by its national code; `parent` is empty for the province."""

    code: str
    name: str
    level: Level
    parent: str


@dataclass(frozen=True, kw_only=True)
class Category:
    """An entry of the classification; `code` is its path, `parent` is empty at the top."""

    code: str
    zh: str
    en: str
    parent: str


def read_toml(name: str) -> dict[str, Any]:
    """A data file of this folder, by its path below `data/`."""
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


@cache
def regions() -> Mapping[str, Region]:
    """All regions by code, higher levels first."""
    text = (files(__package__) / "data" / "regions.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Region(
            code=row["code"], name=row["name"], level=Level(row["level"]), parent=row["parent"]
        )
        for row in csv.DictReader(text.splitlines())
    }


def counties() -> tuple[Region, ...]:
    """The counties, county-level cities and districts of the city."""
    return tuple(r for r in regions().values() if r.level is Level.COUNTY)


@cache
def townships(county: str) -> tuple[Region, ...]:
    """The townships and subdistricts of a county."""
    return tuple(r for r in regions().values() if r.parent == county)


def county_of(region: str) -> str | None:
    """The county a region is or lies in; nothing for the city and the province."""
    match regions()[region].level:
        case Level.COUNTY:
            return region
        case Level.TOWNSHIP:
            return regions()[region].parent
        case _:
            return None


@cache
def units() -> Mapping[str, Unit]:
    """All units ever by code, higher levels first."""
    return {
        code: _unit(code, group, row)
        for group in read_toml("units.toml")["group"]
        for code, row in group["units"].items()
    }


@cache
def tree() -> Units:
    """The same units as the rules ask about them: who is above whom, who exists when."""
    return Units(units())


def _unit(code: str, group: dict[str, Any], row: dict[str, Any]) -> Unit:
    return Unit(
        code=code,
        name=row["name"],
        name_en=row["name_en"],
        kind=UnitKind(row["kind"]),
        level=Level(group["level"]),
        region=group["region"],
        parent=row.get("parent"),
        guiding=row.get("guiding"),
        categories=tuple(row.get("categories", ())),
        valid_from=row.get("valid_from", group["valid_from"]),
        valid_to=row.get("valid_to"),
        successor=row.get("successor"),
    )


@cache
def categories() -> Mapping[str, Category]:
    """All categories by code, each below its parent."""
    return {category.code: category for category in _walk(read_toml("categories.toml"), "")}


def _walk(table: dict[str, Any], parent: str) -> Iterator[Category]:
    for key, value in table.items():
        if isinstance(value, dict):
            code = f"{parent}.{key}" if parent else key
            yield Category(code=code, zh=value["zh"], en=value["en"], parent=parent)
            yield from _walk(value, code)


def acting(code: str, day: date) -> Unit:
    """The unit that acts for this one on that day: itself, or its successor once it ended."""
    heir = tree().successor_of(code, day)
    if heir is None:
        raise LookupError(f"no unit acts for {code} on {day}")
    return units()[heir]


def petition_office(region: str) -> Unit:
    """The petition office of the region's county, or of the city or province itself."""
    return _only(county_of(region) or region, UnitKind.PETITION_OFFICE)


def government(region: str) -> Unit:
    """The government of the region's county, or of the city or province itself."""
    return _only(county_of(region) or region, UnitKind.GOVERNMENT)


def discipline(region: str) -> Unit:
    """The discipline commission of the region's county, or of the city or province itself."""
    return _only(county_of(region) or region, UnitKind.DISCIPLINE)


@cache
def _only(region: str, kind: UnitKind) -> Unit:
    return next(u for u in units().values() if u.region == region and u.kind is kind)


def covers(unit: Unit, category: str) -> bool:
    """Whether the category, or one above it, is among the unit's duties."""
    return any(category == own or category.startswith(f"{own}.") for own in unit.categories)


def responsible(category: str, region: str, day: date) -> tuple[Unit, ...]:
    """The units in charge of a category in a region on a day, the likeliest first.

    Nearer levels come first. A duty of a unit that ended is its successor's. Where a county has no
    bureau of the trade its government stands in; in an urban district the city's department does.
    """
    found: dict[str, Unit] = {}
    for code in _charged(category, region):
        unit = acting(code, day)
        found.setdefault(unit.code, unit)
    return tuple(found.values())


@cache
def _charged(category: str, region: str) -> tuple[str, ...]:
    county = county_of(region)
    trade = [u for u in units().values() if covers(u, category)]
    near = [u.code for seat in (region, county) for u in trade if u.region == seat]
    city = [u.code for u in trade if u.region == CITY]
    if county is None or near:
        return tuple(dict.fromkeys((*near, *city)))
    stands_in = government(county).code
    district = regions()[county].name.endswith("区")
    return (*city, stands_in) if district else (stands_in, *city)
