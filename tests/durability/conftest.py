"""The database of a place that will be killed: the one this run of the tests is about."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.durability.disk import Disk, small_disk
from tests.durability.places import killable

if TYPE_CHECKING:
    from tests.durability.site import Site


@pytest.fixture
def own_site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Site"]:
    """A platform of the test's own, on SQLite or on a PostgreSQL of its own."""
    with killable(tmp_path_factory, tmp_path) as place:
        yield place


@pytest.fixture
def disk() -> Iterator[Disk]:
    """A disk of 160 megabytes, at a short path: PostgreSQL's socket lies on it too."""
    above = Path(tempfile.mkdtemp(prefix="xq-disk-"))
    above.chmod(0o755)
    try:
        with small_disk(above / "d", megabytes=160) as mounted:
            yield mounted
    finally:
        shutil.rmtree(above, ignore_errors=True)


@pytest.fixture
def site_on_disk(
    own_site_home: Path, disk: Disk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Site"]:
    """A platform all of whose files lie on that disk."""
    with killable(tmp_path_factory, own_site_home, disk.folder) as place:
        yield place


@pytest.fixture
def own_site_home(disk: Disk) -> Path:
    home = disk.folder / "home"
    home.mkdir()
    return home
