"""A whole platform with the small city in it, for journeys through real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.platform import home_like, runs, served, with_tables

FOUND_CITY = """
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
from tests.support.city_database import load_city
prepare_database()
load_city()
"""


@pytest.fixture(scope="module")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a platform with the small city in it, with log-ins for its cast."""

    def found(home: Path) -> None:
        with_tables(tmp_path_factory, home)
        runs(home, FOUND_CITY)

    return home_like(tmp_path_factory, "city", "small city", found)


@pytest.fixture(scope="module")
def city_address(city_home: Path) -> Iterator[str]:
    """The address of a running platform that serves the small city."""
    with served(city_home) as address:
        yield address


@pytest.fixture
def city_log(city_home: Path) -> Path:
    """What the running platform writes while it runs."""
    return city_home / "serve.log"
