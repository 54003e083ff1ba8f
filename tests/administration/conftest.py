"""The fixtures of the administration. pytest loads this file before Django has its settings."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.desk.at_work import Desk
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> "Desk":
    """The desk in front of the small city; Ma Lin administers it from the city petition office."""
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


@pytest.fixture
def home(settings: "Settings", tmp_path: Path) -> Iterator[Path]:
    """The platform's home with the keys of the tests and no local rules yet."""
    (tmp_path / "keys").symlink_to(settings.XINQIAO_HOME / "keys")
    settings.XINQIAO_HOME = tmp_path
    yield tmp_path


@pytest.fixture(autouse=True)
def _no_words_remembered() -> Iterator[None]:
    """The place's texts are remembered for some seconds; the tests roll back."""
    yield
    from xinqiao.texts import queries  # noqa: PLC0415  settings must load first

    queries.forget()
