"""Where a matter lies, and which petition office receives it."""

from collections.abc import Iterator
from datetime import date

from xinqiao.directory import queries as directory
from xinqiao.rules.units import territory

_CITY_DIGITS, _COUNTY_DIGITS = 4, 6


def counties() -> list[tuple[str, str]]:
    """Codes and names of the counties, each followed by nothing smaller; then the cities, for what concerns all."""
    return [*_with_digits(_COUNTY_DIGITS), *_with_digits(_CITY_DIGITS)]


def is_city(code: str) -> bool:
    return len(territory(code)) == _CITY_DIGITS


def townships(county: str) -> list[tuple[str, str]]:
    """The townships and streets of a county; none for a city, whose parts are counties."""
    return [] if is_city(county) else directory.region_choices(county)


def office_of(region: str, about_office: bool, today: date) -> str | None:
    """The petition office that receives what concerns a region; the one above, when it is itself reported."""
    units = directory.units()
    office = units.petition_office_of(region, today)
    if office is None or not about_office:
        return office
    above = units[office].guiding
    return above if above is not None and above in units else office


def _with_digits(digits: int) -> Iterator[tuple[str, str]]:
    return (
        (code, name) for code, name in directory.region_choices() if len(territory(code)) == digits
    )
