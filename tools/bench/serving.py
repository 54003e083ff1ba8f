"""Platforms to measure, and `xinqiao serve` as it runs by default."""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.private_postgres import private_postgres

DATABASES = ("postgresql", "sqlite")
PROGRAM = Path(sys.executable).with_name("xinqiao")
START_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running server: where it answers, and its process."""

    url: str
    pid: int


def founded() -> None:
    """An empty platform in XINQIAO_HOME."""
    subprocess.run([PROGRAM, "init"], check=True, capture_output=True)


def databases(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Sequence[str]:
    """The databases to measure. Of a platform that is there already (`--in`) its own is: else the command ends."""
    chosen: Sequence[str] = options.only or DATABASES
    known = {"sqlite"} | ({"postgresql"} if os.environ.get("XINQIAO_DATABASE_URL") else set())
    if options.home and (len(chosen) > 1 or not known.issuperset(chosen)):
        parser.error("--in takes --only sqlite, or --only postgresql with XINQIAO_DATABASE_URL")
    return chosen


@contextmanager
def demonstration(database: str, home: Path | None, *arguments: str) -> Iterator[Path]:
    """The environment of a platform that `xinqiao demo` makes so, or of the one that is in `home` already; its folder.

    Of one in `home` on PostgreSQL, XINQIAO_DATABASE_URL tells where its database is.
    """
    with ExitStack() as stack:
        there = home or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="xinqiao-bench-"))
        )
        os.environ["XINQIAO_HOME"] = str(there)
        os.environ["DJANGO_SETTINGS_MODULE"] = "xinqiao.config.settings"
        if database == "sqlite":
            os.environ.pop("XINQIAO_DATABASE_URL", None)
        elif not home:
            os.environ["XINQIAO_DATABASE_URL"] = stack.enter_context(private_postgres())
        if not home:
            command = [PROGRAM, "demo", *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield there


def province(database: str, home: Path | None, contacts: int) -> AbstractContextManager[Path]:
    """The same of a province with so many contacts."""
    return demonstration(database, home, "--size", "province", "--contacts", str(contacts))


@contextmanager
def served() -> Iterator[Served]:
    """The server on a port of its own; who measures is a partner it trusts. SystemExit when it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    trusting = os.environ | {"XINQIAO_TRUSTED_SENDERS": "127.0.0.1"}
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], env=trusting, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(server, port)
        yield Served(url=f"http://127.0.0.1:{port}", pid=server.pid)
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("xinqiao serve did not start") from None
            time.sleep(0.05)
        else:
            return
