"""How fast the desk's pages are, however many contacts there are, beside what the database reads by itself.

    make bench-pages                                     # 10 thousand and 100 thousand contacts, both databases
    make bench-pages ARGS="--size 10000 --only sqlite"
    make bench-pages ARGS="--size 10000 --size 1000000"  # the load takes its ten minutes
    make bench-pages ARGS="--in /tmp/province --only sqlite"   # a platform that is there already

An officer of the demonstration city's petition office, who sees what lies in the city and administers nothing, asks
`xinqiao serve` for the list of claims that came online in the city (three filters), its first and its 40th page, for a
matter, and for a number in the look-up. First one client, page by page; then eight, all pages mixed. The platform is
a province made for this (`xinqiao demo --size province`). Raw is a SELECT of a matter's whole row by its primary key,
in the same run, one client and eight. Prints the conditions and the figures; the last line is JSON. Exit status: 0
all pages came, 1 some did not.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from tools.bench import readers
from tools.bench.load import Measured, measure
from tools.bench.serving import DATABASES, databases, province, served

SIZES = (10_000, 100_000)
OFFICER = "anqing-petition-office.officer"
LIST = "/desk/work/?queue=all&kind=claim&channel=online&region=340800"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One database at one size: raw and pages by one client, raw and all pages by many."""

    stored: int
    visible: int
    raw: Measured
    raw_many: Measured
    pages: dict[str, Measured]
    many: Measured

    @property
    def sound(self) -> bool:
        return not any(one.errors for one in (self.many, *self.pages.values()))

    def figures(self) -> dict[str, Any]:
        worst = max(one.p95_ms for one in self.pages.values())
        return {
            "p95_ms": {name: round(one.p95_ms, 1) for name, one in self.pages.items()},
            "worst_p95_ms": round(worst, 1),
            "per_second": round(self.many.per_second, 1),
            "many_p95_ms": round(self.many.p95_ms, 1),
            "ratio_to_raw": round(self.many.per_second / self.raw_many.per_second, 5),
            "errors": self.many.errors.total(),
        }


def main() -> int:
    options = _options()
    _print_conditions(options)
    results: dict[str, dict[str, Result]] = {}
    for database in options.only:
        found = results.setdefault(f"pages_{database}", {})
        for size in [0] if options.home else options.size or SIZES:
            with _platform(database, size, options) as raw:
                result = _measured(raw, options)
            _print_result(database, result)
            found[str(result.stored)] = result
    figures = {
        name: {size: one.figures() for size, one in of.items()} for name, of in results.items()
    }
    print(json.dumps(figures))
    return 0 if all(one.sound for of in results.values() for one in of.values()) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, action="append", help="contacts; may be given again")
    parser.add_argument("--seconds", type=float, default=6, help="of each measurement")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", action="append", choices=DATABASES)
    parser.add_argument("--officer", default=OFFICER)
    parser.add_argument("--in", dest="home", type=Path, help="measure the platform in this folder")
    options = parser.parse_args()
    options.only = databases(parser, options)
    return options


@contextmanager
def _platform(database: str, size: int, options: argparse.Namespace) -> Iterator[Any]:
    """The environment of a platform with so many contacts; gives the reader of its bare database."""
    with province(database, options.home, size) as home:
        if database == "sqlite":
            yield readers.raw_sqlite, home / "xinqiao.sqlite3"
        else:
            yield readers.raw_postgresql, os.environ["XINQIAO_DATABASE_URL"]


def _measured(raw: tuple[Any, Any], options: argparse.Namespace) -> Result:
    reader, where = raw
    asked = [sys.executable, "-m", "tools.bench.desk", options.officer]
    desk = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    numbers = desk["numbers"]
    pages = {
        "first": [LIST],
        "fortieth": [f"{LIST}&page=40"],
        "matter": [f"/desk/matters/{number}/" for number in numbers],
        "number": [f"/desk/work/?queue=all&words={number}" for number in numbers],
    }
    mixed = [path for paths in pages.values() for path in (paths * len(numbers))[: len(numbers)]]
    one = {"clients": 1, "seconds": options.seconds}
    many = {"clients": options.clients, "seconds": options.seconds}
    with served() as server:
        url = server.url
        return Result(
            stored=desk["stored"],
            visible=desk["visible"],
            raw=measure(reader, where, desk["ids"], **one),
            pages={
                name: measure(readers.turns_pages, url, desk["cookie"], paths, **one)
                for name, paths in pages.items()
            },
            raw_many=measure(reader, where, desk["ids"], **many),
            many=measure(readers.turns_pages, url, desk["cookie"], mixed, **many),
        )


def _print_conditions(options: argparse.Namespace) -> None:
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"cores {os.cpu_count()}, load average {load}, files in {tempfile.gettempdir()}")
    print(
        f"Python {platform.python_version()}, Django {version('django')}, psycopg {version('psycopg')},"
        f" SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.release()}"
    )
    print(
        f"1 client and {options.clients}, {options.seconds:g} s each, as {options.officer}",
        flush=True,
    )


def _print_result(database: str, result: Result) -> None:
    print(f"{database}: {result.stored} matters, {result.visible} of them visible to the officer")
    raw_ms = median(result.raw.took) * 1000
    for name, one in (("raw", result.raw), *result.pages.items()):
        middle = median(one.took) * 1000 if one.took else 0.0
        print(
            f"  {name}: p50 {middle:.2f} ms, p95 {one.p95_ms:.2f} ms, {middle / raw_ms:.0f} x raw,"
            f" {len(one.took)} times, errors {one.errors.total()}"
        )
    for name, one in (("raw", result.raw_many), ("pages", result.many)):
        print(
            f"  many {name}: {one.per_second:.1f}/s, p95 {one.p95_ms:.1f} ms, errors {one.errors.total()}"
        )
        for words, count in one.errors.most_common(5):
            print(f"    {count} x {words}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
