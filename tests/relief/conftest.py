"""The fixture of the fund. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.relief.office import Office
    from tests.support.city_database import City


@pytest.fixture
def office(city: "City") -> "Office":
    """The city's petition office with a matter and a fund of 100,000 yuan."""
    from tests.relief.office import Office  # noqa: PLC0415  settings must load first

    return Office.opened(city)
