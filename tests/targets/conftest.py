"""The fixtures of targets. pytest loads this file before Django has its settings, so it imports none of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.city_database import City
    from tests.targets.planning import Plan


@pytest.fixture
def plan(city: "City") -> "Iterator[Plan]":
    """The plan of the small city, with figures by hand."""
    from tests.targets.planning import Figures, Plan, last_year  # noqa: PLC0415  settings must load first
    from xinqiao.targets.plans import reading  # noqa: PLC0415

    figures = Figures()
    last_year(figures)
    with reading.given(figures):
        yield Plan(city, figures)
