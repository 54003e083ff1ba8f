"""A follower of the ledgers is killed again and again: the next one goes on where it was, and passes nothing over."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.durability.reader import TOGETHER
from tests.durability.site import Site
from tests.durability.test_worker_dies import ROOT, wait_for

pytestmark = pytest.mark.long

ENTRIES, KILLED = 60, 4


def reader(place: Site, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.durability.reader", *arguments]
    return subprocess.Popen(command, env=place.environment() | {"PYTHONPATH": str(ROOT)}, cwd=ROOT)


def read(home: Path) -> list[int]:
    listed = home / "read.txt"
    return [int(line) for line in listed.read_text().split()] if listed.exists() else []


def test_a_killed_follower_goes_on_where_it_was(own_site: Site) -> None:
    assert reader(own_site, "enter", str(ENTRIES)).wait() == 0
    for _ in range(KILLED):
        before, follower = len(read(own_site.home)), reader(own_site, "read")
        wait_for("it reads on", lambda before=before: len(read(own_site.home)) > before + TOGETHER)
        follower.kill()
        follower.wait()
    assert reader(own_site, "read").wait() == 0
    positions = read(own_site.home)
    assert set(positions) == set(range(1, ENTRIES + 1))
    steps = [later - earlier for earlier, later in pairwise(positions)]
    assert max(steps) == 1  # nothing is passed over
    assert min(steps) > -TOGETHER  # and no more is read again than was in hand
    assert sum(step < 1 for step in steps) <= KILLED
