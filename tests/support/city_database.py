"""The small city of `tests.support.city` in a database: its units, its people with log-ins, ready to act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.support.city import ALL_UNITS, CAST, CATEGORIES, PASSWORD, REGIONS
from xinqiao.directory import actions, queries
from xinqiao.rules.persons import Person

SINCE = date(2005, 5, 1)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class City:
    """The city as it stands in the database; `accounts` by log-in name."""

    accounts: dict[str, int]

    def account(self, username: str) -> int:
        return self.accounts[username]

    def person(self, username: str, today: date | datetime = TODAY) -> Person:
        """A member of the cast with the posts held on a day."""
        day = today.date() if isinstance(today, datetime) else today
        return queries.person(self.accounts[username], day)


def load_city() -> City:
    """Puts regions, categories, units and cast into the database that is in use."""
    actions.load_regions(REGIONS)
    actions.load_categories(CATEGORIES)
    actions.add_units(ALL_UNITS)
    return with_cast(one.name for one in CAST.values())


def with_cast(names: Iterable[str]) -> City:
    """Log-ins for the whole cast, under these names."""
    people = [
        (one.username, name, one.unit, one.role)
        for one, name in zip(CAST.values(), names, strict=True)
    ]
    actions.open_accounts(people, password=PASSWORD, since=SINCE)
    return City(dict(queries.accounts_by_username()))


def forget_cached_directory() -> None:
    """Tests roll back, so that a number of the directory's version comes twice with other contents."""
    caches = (
        queries._units_of,
        queries._regions_of,
        queries._region_names,
        queries._region_codes,
        queries._categories_of,
        queries._full_names,
        queries._retired,
    )
    for cached in caches:
        cached.cache_clear()
    queries.forget_version()
