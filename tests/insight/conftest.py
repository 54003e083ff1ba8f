"""The fixtures of insight. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> "Desk":
    """The desk in front of the small city."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)
