"""The fixtures of the door for programs. pytest loads this file before Django has its settings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.hotline import Hotline
    from tests.portal.offices import Offices
    from tests.support.city_database import City


@pytest.fixture(autouse=True)
def nobody_sent_yet() -> Iterator[None]:
    """Requests of an address are counted in this process, which outlives a test."""
    from django.core.cache import caches  # noqa: PLC0415  settings must load first

    caches["process"].clear()
    yield
    caches["process"].clear()


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
