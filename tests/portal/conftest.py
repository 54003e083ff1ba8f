"""The fixtures of the portal. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.portal.citizen import Citizen
    from tests.portal.offices import Offices
    from tests.support.city_database import City


@pytest.fixture
def gao_lan(city: "City") -> "Citizen":
    """A citizen with a browser of her own, in front of the small city."""
    from tests.portal.citizen import Citizen  # noqa: PLC0415

    return Citizen()


@pytest.fixture
def offices(city: "City") -> "Offices":
    """The people of the small city, who act on matters."""
    from tests.portal.offices import Offices  # noqa: PLC0415

    return Offices(city)
