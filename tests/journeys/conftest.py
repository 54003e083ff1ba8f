"""A whole platform with the small city in it, for journeys through real browsers."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.platform import environment, served

ROOT = Path(__file__).parents[2]
FOUND_CITY = """
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
from tests.support.city_database import load_city
prepare_database()
load_city()
"""


@pytest.fixture(scope="module")
def city_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running platform that serves the small city, with log-ins for its cast."""
    home = tmp_path_factory.mktemp("city")
    command = [sys.executable, "-c", FOUND_CITY]
    made = subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with served(home) as address:
        yield address
