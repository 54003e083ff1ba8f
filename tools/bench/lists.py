"""How fast long lists of the desk are: ten thousand findings, disputes, requests for help, times of reception days.

    make bench-lists                                    # both databases
    make bench-lists ARGS="--only sqlite --rows 2000"

The head of the demonstration city's petition office, who sees all of it, asks `xinqiao serve` for the first page of
each list and for the page after it, one client, page by page. The platform is a small demonstration city whose rows
were written again until there were so many. Beside each stands, as a ratio, the desk's own start page of the same run.
Prints the conditions and the figures; the last line is JSON. Exit status: 0 all pages came, 1 some did not.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tools.bench import readers
from tools.bench.load import Measured, measure
from tools.bench.serving import DATABASES, demonstration, served

START = "/desk/work/?queue=all"
LISTS = {
    "findings": "/desk/supervision/",
    "disputes": "/desk/disputes/",
    "requests": "/desk/relief/?list=all",
    "reception_days": "/desk/reception-days/",
}
_FOLLOWING = re.compile(r'href="(\?[^"]*(?:page|after|before)=[^"]*)"')


def main() -> int:
    options = _options()
    print(f"cores {os.cpu_count()}, load average {', '.join(f'{n:.2f}' for n in os.getloadavg())}")
    print(
        f"Python {platform.python_version()}, one client, {options.seconds:g} s each, {options.rows} rows of each"
    )
    figures: dict[str, Any] = {}
    sound = True
    for database in options.only or DATABASES:
        with _platform(database, options.rows) as desk, served() as server:
            print(
                f"{database}: {', '.join(f'{many} {name}' for name, many in desk['stored'].items())}"
            )
            found = _measured(server.url, desk["cookie"], options.seconds)
        _print(found)
        sound &= not any(one.errors for one in found.values())
        figures[f"lists_{database}"] = {name: round(one.p95_ms, 1) for name, one in found.items()}
    print(json.dumps(figures))
    return 0 if sound else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement")
    parser.add_argument("--only", action="append", choices=DATABASES)
    return parser.parse_args()


@contextmanager
def _platform(database: str, rows: int) -> Iterator[dict[str, Any]]:
    """The environment of a small city with long lists; gives the session of somebody who sees them."""
    with demonstration(database, None, "--size", "small"):
        filled = [sys.executable, "-m", "tools.bench.filled", str(rows)]
        done = subprocess.run(
            filled, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        yield json.loads(done.stdout.splitlines()[-1])


def _measured(url: str, cookie: str, seconds: float) -> dict[str, Measured]:
    one = {"clients": 1, "seconds": seconds}
    pages = {"start": START, **LISTS}
    for name, path in LISTS.items():
        following = _following(url + path, cookie)
        if following:
            pages[f"{name}, next page"] = path.split("?")[0] + following
    return {
        name: measure(readers.turns_pages, url, cookie, [path], **one)
        for name, path in pages.items()
    }


def _following(address: str, cookie: str) -> str:
    """Where the page after this one is; "" when the list shows all at once."""
    asked = Request(address, headers={"Cookie": cookie})
    with urlopen(asked) as answer:
        found = _FOLLOWING.findall(answer.read().decode())
    return str(found[-1]).replace("&amp;", "&") if found else ""


def _print(found: dict[str, Measured]) -> None:
    start = found["start"].p95_ms
    for name, one in found.items():
        print(
            f"  {name}: p95 {one.p95_ms:.1f} ms, {one.p95_ms / start:.2f} x the start page,"
            f" errors {one.errors.total()}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
