"""Which database a place has follows from the run: `XINQIAO_TEST_DATABASE`.

What `xinqiao init` makes of an empty place is made once in a run; each test has a copy of it to kill.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.durability.site import Site, site
from tests.support.platform import found, once
from tools.private_postgres import private_server


@contextmanager
def killable(
    factory: pytest.TempPathFactory, home: Path, postgres_in: Path | None = None
) -> Iterator[Site]:
    """A new platform in `home` whose parts can be killed; `postgres_in` is where a PostgreSQL keeps its files."""
    if os.environ.get("XINQIAO_TEST_DATABASE") != "postgresql":
        found(factory, home)
        with site(home, None) as place:
            yield place
        return
    founded = once(factory, "founded-server", _found_on_a_server)
    shutil.copytree(founded / "home", home, dirs_exist_ok=True)
    with private_server(postgres_in, like=founded) as postgres, site(home, postgres) as place:
        yield place


def _found_on_a_server(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(parents=True)
    with private_server() as postgres, site(home, postgres) as place:
        made = place.runs("init")
        assert made.returncode == 0, made.stderr
        postgres.stop_and_keep(folder)
