"""A whole platform in a folder of its own, run by the program itself, as its operators run it."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("xinqiao")
COMMAND_SECONDS = 600
START_SECONDS = 60
PRINTED = "printed-by-init.txt"
LAY_TABLES = """
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
prepare_database()
"""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A running platform: its folder, its address, and what the command that made it printed."""

    home: Path
    url: str
    printed: str


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command on the platform in `home`: SQLite in that folder."""
    ours = ("XINQIAO_", "DJANGO_")  # what the tests themselves are run with
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "XINQIAO_HOME": str(home), "XINQIAO_SECOND_FACTOR": "offered", **more}


def xinqiao(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the platform in `home`, whatever its exit status; `more` is environment."""
    return _run([str(PROGRAM), *arguments], home, **more)


def runs(home: Path, program: str) -> str:
    """Run Python that may use `tests` on the platform in `home`; must go well. Gives its standard output."""
    done = _run([sys.executable, "-c", program], home, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(
    command: list[str], home: Path, *, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )


def once(factory: pytest.TempPathFactory, what: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills, which is done once for all tests of a run, whichever worker asks first."""
    together = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent  # of all workers of this run
    there = together / what
    with (together / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not there.exists():
            being_made = together / f"{what}-being-made"
            make(being_made)
            being_made.rename(there)
    return there


def _lay_tables(home: Path) -> None:
    runs(home, LAY_TABLES)


def new_home(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder of its own with the tables of an empty platform."""
    return home_like(factory, name, "tables", _lay_tables)


def home_like(
    factory: pytest.TempPathFactory, name: str, what: str, make: Callable[[Path], None]
) -> Path:
    """A folder of its own like the one that `make` fills, once in a run for everybody who asks for `what`."""
    home = factory.mktemp(name)
    shutil.copytree(once(factory, what, make), home, dirs_exist_ok=True)
    return home


def tables(factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty platform that only has its tables, for copying."""
    return once(factory, "tables", _lay_tables)


def with_tables(factory: pytest.TempPathFactory, home: Path) -> None:
    """Puts the tables of an empty platform into a folder that is not there yet."""
    shutil.copytree(tables(factory), home)


def _found(factory: pytest.TempPathFactory, home: Path) -> None:
    with_tables(factory, home)
    (home / PRINTED).write_text(made(home, "init"))


def found(factory: pytest.TempPathFactory, home: Path) -> str:
    """Puts into `home` what `xinqiao init` makes there; gives what that printed."""
    founded = once(factory, "founded", lambda there: _found(factory, there))
    shutil.copytree(founded, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(PRINTED))
    return (founded / PRINTED).read_text()


def made(home: Path, *arguments: str) -> str:
    """Run a command that must go well; gives its standard output."""
    done = xinqiao(home, *arguments)
    assert done.returncode == 0, f"xinqiao {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Whether a web server is there."""
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError:
        return True  # an error page is an answer: the test sees it for itself
    except (URLError, OSError):
        return False


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(url):
        assert server.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The web server of the platform in `home`, for as long as the context lasts; its address."""
    port, log = free_port(), home / "serve.log"
    command = [str(PROGRAM), "serve", "--port", str(port), "--workers", "1"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=environment(home), stdout=output, stderr=output)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _everybody_was_here_before(home: Path) -> None:
    """The first passwords stay: choosing one's own has stories of its own (tests/safety/test_first_password.py)."""
    with closing(sqlite3.connect(home / "xinqiao.sqlite3")) as database, database:
        database.execute("UPDATE directory_account SET must_change_password = 0")


@pytest.fixture
def founded(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the test with a new platform in it, as `xinqiao init` leaves it."""
    found(tmp_path_factory, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def empty_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A new platform for the tests of one file, as `xinqiao init` leaves it."""
    home = tmp_path_factory.mktemp("empty")
    printed = found(tmp_path_factory, home)
    _everybody_was_here_before(home)
    with served(home) as url:
        yield Platform(home=home, url=url, printed=printed)
