"""The private PostgreSQL is there for one command, as production has it, and then gone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "private_postgres.py"
SHOW = """
import os, psycopg
with psycopg.connect(os.environ["XINQIAO_DATABASE_URL"]) as connection:
    for name in ("fsync", "listen_addresses", "server_encoding"):
        print(*connection.execute(f"SHOW {name}").fetchone())
    print(connection.info.host)
    print(*connection.execute("SELECT current_user, rolsuper FROM pg_roles "
                              "WHERE rolname = current_user").fetchone())
    print(*connection.execute("SELECT datcollate FROM pg_database "
                              "WHERE datname = current_database()").fetchone())
"""


def _run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for temporary folders that the server's account may pass through."""
    here = Path("/tmp") / f"xinqiao-{os.getpid()}"  # PostgreSQL's sockets need a short path
    here.mkdir(mode=0o755)
    yield here
    shutil.rmtree(here)


def test_it_keeps_its_promises_and_nobody_reaches_it_from_outside(folder: Path) -> None:
    done = _run(sys.executable, "-c", SHOW, TMPDIR=str(folder))
    fsync, addresses, encoding, socket, role, collation = done.stdout.splitlines()
    assert (fsync, addresses, encoding, collation) == ("on", "", "UTF8", "C.UTF-8")
    assert role == "xinqiao False"
    assert Path(socket).parent == folder


@pytest.mark.parametrize("status", [0, 7])
def test_it_gives_the_status_of_the_command_and_leaves_nothing(folder: Path, status: int) -> None:
    done = _run(sys.executable, "-c", f"raise SystemExit({status})", TMPDIR=str(folder))
    assert done.returncode == status
    assert list(folder.iterdir()) == []


def test_without_a_command_it_says_how_to_use_it() -> None:
    done = _run()
    assert done.returncode == 2
    assert "private_postgres.py" in done.stderr
