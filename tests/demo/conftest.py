"""The plans that several stories read: made once, since they are values."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from tests.support.platform import once
from xinqiao.demo.plan import plan
from xinqiao.demo.values import PlannedMatter

END = date(2026, 9, 1)
SEED = 7
PLAN = "matters.pickle"


@pytest.fixture(scope="session")
def small() -> list[PlannedMatter]:
    return list(plan("small", SEED, END))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> list[PlannedMatter]:
    """The plan of a whole city, which takes its time: made once in a run, whichever process needs it first."""
    planned = once(tmp_path_factory, "planned-city", _plan_city) / PLAN
    matters: list[PlannedMatter] = pickle.loads(planned.read_bytes())
    return matters


def _plan_city(folder: Path) -> None:
    folder.mkdir()
    (folder / PLAN).write_bytes(pickle.dumps(list(plan("city", SEED, END))))
