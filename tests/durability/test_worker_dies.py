"""A worker dies in the middle of its work: what it had in hand is done by the next one, nothing is forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.durability.senders import Book, line_to, send
from tests.durability.site import Site
from tests.support.platform import PROGRAM

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
PROMISES = 8
PATIENCE_SECONDS = 60


def environment(place: Site) -> dict[str, str]:
    return place.environment() | {
        "XINQIAO_SENDER": "tests.durability.post.slowly",
        "PYTHONPATH": str(ROOT),
    }


def post(place: Site, *arguments: str) -> None:
    command = [sys.executable, "-m", "tests.durability.post", *arguments]
    subprocess.run(command, env=environment(place), cwd=ROOT, check=True)


def sent(place: Site) -> list[str]:
    listed = place.home / "sent.txt"
    return listed.read_text().split() if listed.exists() else []


def wait_for(what: str, done: object) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def test_a_message_in_hand_is_sent_by_the_next_worker(own_site: Site) -> None:
    place = own_site
    post(place, "promise", str(PROMISES))
    worker = subprocess.Popen(
        [str(PROGRAM), "work"], env=environment(place), stderr=subprocess.DEVNULL
    )
    wait_for("some were sent", lambda: len(sent(place)) >= 3)
    worker.kill()
    worker.wait()
    in_hand = sent(place)[-1]
    assert len(sent(place)) < PROMISES
    post(place, "later")
    times = Counter(sent(place))
    assert set(times) == {f"notice/{number}" for number in range(PROMISES)}
    assert times.pop(in_hand) == 2, "nobody knows whether it arrived: it is sent once more"
    assert set(times.values()) == {1}


def test_a_web_process_that_dies_is_replaced(own_site: Site) -> None:
    """The server itself stays; the next petition finds another process."""
    place, book = own_site, Book()
    place.starts()
    before = place.web_processes()
    for process in before:
        os.kill(process, signal.SIGKILL)
    wait_for("there are new ones", lambda: set(place.web_processes()) - set(before))
    with closing(line_to(place.url)) as connection:
        assert send(connection, uuid4().hex, book) == 201
