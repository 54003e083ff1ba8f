"""The fixtures of the desk. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.safety.visitors import Town
    from tests.support.city_database import City
    from tests.support.fixtures import PutIn


@pytest.fixture
def desk(city: "City") -> "Desk":
    """The desk in front of the small city."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


@pytest.fixture(scope="module")
def _town(put_in_once: "PutIn") -> "Town":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first
    from tests.safety.visitors import Town  # noqa: PLC0415
    from tests.support import city_database  # noqa: PLC0415

    city_database.forget_cached_directory()
    with put_in_once():
        return Town.of(Desk(city_database.load_city()))


@pytest.fixture
def town(db: None, _town: "Town") -> "Town":
    """The town of the visitors, made once for all tests of a file; what a test does to it is undone."""
    return _town
