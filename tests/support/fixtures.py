"""Fixtures that need the database. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.city_database import City


@pytest.fixture(autouse=True)
def fresh_directory(request: pytest.FixtureRequest) -> None:
    """What was remembered of another test's directory is forgotten before a test reads its own."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        from tests.support import city_database  # noqa: PLC0415  settings must load first

        city_database.forget_cached_directory()


@pytest.fixture
def city(db: None) -> "City":
    """The city, in a transaction that is rolled back. With `committed_db`, call `load_city` instead."""
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    return city_database.load_city()
