"""The fixture of public decisions. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.public_decisions.stories import Council
    from tests.support.city_database import City


@pytest.fixture
def council(city: "City") -> "Council":
    """The small city, where decisions are made."""
    from tests.public_decisions.stories import Council  # noqa: PLC0415  settings must load first

    return Council(city)


@pytest.fixture
def desk(city: "City") -> "Desk":
    """The desk in front of the same city."""
    from tests.desk.at_work import Desk  # noqa: PLC0415

    return Desk(city)
