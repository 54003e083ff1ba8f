"""`make demo` after its set-up: one city, made once; server and worker together, ended together."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.platform import environment, free_port

SCRIPT = Path(__file__).parents[2] / "tools" / "demo.sh"
LOGINS = "wangmin  a password"


def _start(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(SCRIPT)],
        env=environment(home, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def city(founded: Path) -> Path:
    """A home in which the city was made before."""
    (founded / "demo.txt").write_text(f"{LOGINS}\n")
    return founded


@pytest.fixture
def running(city: Path) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    """The script at work, its port, and what it printed until it was ready."""
    port = free_port()
    script = _start(city, port)
    assert script.stdout is not None
    printed: list[str] = []
    while not printed or "Ctrl-C" not in printed[-1]:
        printed.append(script.stdout.readline())
        assert printed[-1], script.communicate()
    yield script, port, printed
    if script.poll() is None:
        os.killpg(script.pid, signal.SIGKILL)
        script.wait()


def test_it_says_where_to_look_and_who_to_be(
    running: tuple[subprocess.Popen[str], int, list[str]],
) -> None:
    _, port, printed = running
    text = "".join(printed)
    assert LOGINS in text
    assert f"http://127.0.0.1:{port}/desk/" in text
    assert _taken(port)


def _nobody_is_left(group: int) -> bool:
    """Whether the processes of a group are gone; who has just ended may not be put away yet."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_ends_both(
    running: tuple[subprocess.Popen[str], int, list[str]], number: signal.Signals
) -> None:
    script, port, _ = running
    os.killpg(script.pid, number)  # as the terminal does: everybody in the foreground hears it
    script.communicate(timeout=60)  # until nobody is left who could write
    assert script.returncode == 0
    assert not _taken(port)
    assert _nobody_is_left(script.pid)


def test_a_taken_port_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        script = _start(tmp_path, other.getsockname()[1])
        _, told = script.communicate(timeout=60)
    assert script.returncode == 1
    assert "is taken" in told
    assert "make demo PORT=" in told
    assert list(tmp_path.iterdir()) == []


def test_another_platform_is_left_alone(founded: Path) -> None:
    before = (founded / "xinqiao.sqlite3").read_bytes()
    script = _start(founded, free_port())
    _, told = script.communicate(timeout=60)
    assert script.returncode == 1
    assert "holds another platform" in told
    assert (founded / "xinqiao.sqlite3").read_bytes() == before
    assert not (founded / "demo.txt").exists()
