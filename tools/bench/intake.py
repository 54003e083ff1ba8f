"""How fast contacts are received, beside what the same database commits by itself in the same run.

    make bench-intake                        # 8 clients, 10 s each: PostgreSQL, then SQLite
    make bench-intake ARGS="--seconds 3 --only sqlite --by action"

Clients are processes. They post to the API of `xinqiao serve` where this version has one, else
they call the action that receives (`--by`). What is acknowledged is on the disk: PostgreSQL with
fsync and synchronous_commit, SQLite with synchronous=FULL; each keeps its files in a temporary
folder (TMPDIR says where). Prints the conditions and the figures; the last line is JSON. Exit
status: 0 all was received, 1 a client met an error or an acknowledged contact is missing.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from contextlib import closing, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tools.bench import processor, senders
from tools.bench.load import Measured, measure
from tools.bench.serving import DATABASES, Served, founded, served
from tools.private_postgres import private_postgres

WARM_CALLS = 50
Connection = sqlite3.Connection | psycopg.Connection


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one database did: by itself, and under the platform; how many contacts it holds afterwards.

    `processor` is the time that each side of the second run spent, in seconds: load, server, and database where that
    is not in the server.
    """

    raw: Measured
    intake: Measured
    stored: int
    processor: dict[str, float]

    @property
    def sound(self) -> bool:
        """No client met an error, and what was acknowledged is there."""
        return not (self.raw.errors or self.intake.errors) and self.stored >= len(self.intake.took)

    def figures(self) -> dict[str, float]:
        return {
            "per_second": round(self.intake.per_second, 1),
            "p95_ms": round(self.intake.p95_ms, 1),
            "ratio_to_raw": round(self.intake.per_second / self.raw.per_second, 3),
            "errors": self.intake.errors.total(),
        }


def main() -> int:
    options = _options()
    _print_conditions(options)
    results = {}
    for database in options.only or DATABASES:
        with tempfile.TemporaryDirectory(prefix="xinqiao-bench-") as home:
            os.environ["XINQIAO_HOME"] = home
            results[database] = _run(database, Path(home), options)
        _print_result(database, results[database])
    print(json.dumps({f"intake_{name}": result.figures() for name, result in results.items()}))
    return 0 if all(result.sound for result in results.values()) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    has_api = find_spec("xinqiao.api") is not None
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", action="append", choices=DATABASES)
    parser.add_argument("--by", choices=("http", "action"), default="http" if has_api else "action")
    return parser.parse_args()


def _run(database: str, home: Path, options: argparse.Namespace) -> Result:
    how = {"clients": options.clients, "seconds": options.seconds}
    if database == "sqlite":
        os.environ.pop("XINQIAO_DATABASE_URL", None)
        path = home / "xinqiao.sqlite3"
        founded()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(senders.RAW_TABLE)
            raw = measure(senders.raw_sqlite, path, **how)
            return _received(options.by, how, connection, raw, database=None)
    with private_postgres() as url:
        os.environ["XINQIAO_DATABASE_URL"] = url
        founded()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(senders.RAW_TABLE)
            raw = measure(senders.raw_postgresql, url, **how)
            postmaster = processor.parent_of(connection.info.backend_pid)
            return _received(options.by, how, connection, raw, database=postmaster)


def _contacts(connection: Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM intake_contact").fetchone()
    return count


def _received(
    by: str, how: dict[str, float], connection: Connection, raw: Measured, *, database: int | None
) -> Result:
    """Measures the platform; `database` is the process of the server of the database."""
    with served() if by == "http" else nullcontext() as server:
        _warm(server)
        sides = {"server": server.pid if server else None, "database": database}
        watched = {name: pid for name, pid in sides.items() if pid is not None}
        before = {name: processor.seconds(pid) for name, pid in watched.items()}
        intake = _measured(server, how)
        used = {name: processor.seconds(pid) - before[name] for name, pid in watched.items()}
    stored = _contacts(connection)
    return Result(
        raw=raw, intake=intake, stored=stored, processor={"load": intake.processor} | used
    )


def _warm(server: Served | None) -> None:
    """What a process does once, with its first request, is no part of what it does for each."""
    for _ in range(WARM_CALLS if server else 0):
        with senders.by_http(server.url) as send:
            send()


def _measured(server: Served | None, how: dict[str, float]) -> Measured:
    if server is not None:
        return measure(senders.by_http, server.url, **how)
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinqiao.config.settings"
    return measure(senders.by_action, **how)


def _print_conditions(options: argparse.Namespace) -> None:
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"cores {os.cpu_count()}, load average {load}, files in {tempfile.gettempdir()}")
    print(
        f"Python {platform.python_version()}, Django {version('django')}, psycopg {version('psycopg')},"
        f" SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.release()}"
    )
    print(
        f"{options.clients} clients at an address that the server trusts (XINQIAO_TRUSTED_SENDERS),"
        f" {options.seconds:g} s, by {options.by}",
        flush=True,
    )


def _print_result(database: str, result: Result) -> None:
    for name, one in (("raw", result.raw), ("intake", result.intake)):
        print(
            f"{database} {name}: {one.per_second:.0f}/s, p95 {one.p95_ms:.1f} ms,"
            f" longest {max(one.took, default=0) * 1000:.0f} ms, errors {one.errors.total()}"
        )
        for words, count in one.errors.most_common(5):
            print(f"  {count} x {words}")
    each = ", ".join(
        f"{side} {used / result.stored * 1000:.2f}" for side, used in result.processor.items()
    )
    print(f"{database}: processor ms a contact: {each}")
    print(f"{database}: acknowledged {len(result.intake.took)}, stored {result.stored}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
