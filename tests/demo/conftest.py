"""The plans that several stories read: made once, since they are values."""

from datetime import date

import pytest

from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter

END = date(2026, 9, 1)
SEED = 7


@pytest.fixture(scope="session")
def small() -> list[PlannedMatter]:
    return list(plan("small", SEED, END))


@pytest.fixture(scope="session")
def city() -> list[PlannedMatter]:
    return list(plan("city", SEED, END))
