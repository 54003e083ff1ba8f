"""The fixtures of the door for programs. pytest loads this file before Django has its settings."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.hotline import Hotline
    from tests.portal.offices import Offices
    from tests.support.city_database import City


@pytest.fixture
def hotline(city: "City") -> "Hotline":
    """The system of the municipal hotline, in front of the small city."""
    from tests.api.hotline import Hotline  # noqa: PLC0415

    return Hotline()


@pytest.fixture
def offices(city: "City") -> "Offices":
    """The people of the small city, who act on matters."""
    from tests.portal.offices import Offices  # noqa: PLC0415

    return Offices(city)
