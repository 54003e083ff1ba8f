"""Where a matter lies."""

from collections.abc import Iterator

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


def _with_digits(digits: int) -> Iterator[tuple[str, str]]:
    return (
        (code, name) for code, name in directory.region_choices() if len(territory(code)) == digits
    )
