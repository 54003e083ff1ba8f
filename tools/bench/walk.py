"""Which pages of the desk are slow on a large platform: every kind that some people come to by links is opened twice.

    make bench-walk                                     # 20 thousand contacts, both databases
    make bench-walk ARGS="--in /tmp/province --only sqlite"   # a platform that is there already

Heads and clerks of the demonstration city's offices, who see little and much, follow the links of their pages, each
kind of address once (`tests.pages.crawl`), without a server between. Said are the slowest, at the second time: the
first fills caches. Beside each stands, as a ratio, the first page of that person's work in the same run. The last line
is JSON. Exit status: 0 all pages came, 1 some did not.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from tools.bench.serving import DATABASES, databases, province

CONTACTS, SLOWEST = 20_000, 20
WHO = (
    "anqing-petition-office.head", "anqing-petition-office.clerk", "yixiu-petition-office.clerk",
    "anqing-housing.officer", "anqing-discipline.head", "anqing-government.head", "admin",
)  # fmt: skip
START = "/desk/work/"


class Opened(NamedTuple):
    """How long a page took, and how many times as long as where the person's work begins."""

    milliseconds: float
    ratio: float
    who: str
    address: str
    status: int


def main() -> int:
    options = _options()
    print(f"cores {os.cpu_count()}, load average {', '.join(f'{n:.2f}' for n in os.getloadavg())}")
    figures: dict[str, Any] = {}
    sound = True
    for database in options.only:
        with province(database, options.home, options.contacts):
            found = [one for who in options.who or WHO for one in _walked(who)]
        found.sort(reverse=True)
        print(f"{database}: {len(found)} pages")
        for one in found[:SLOWEST]:
            print(f"  {one.milliseconds:.0f} ms, {one.ratio:.1f} x, {one.who} {one.address}")
        wrong = [one for one in found if one.status != 200]
        for one in wrong:
            print(f"  answered {one.status}: {one.who} {one.address}")
        sound &= not wrong
        figures[f"walk_{database}"] = {
            "pages": len(found),
            "slowest_ms": round(found[0].milliseconds),
        }
    print(json.dumps(figures))
    return 0 if sound else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--only", action="append", choices=DATABASES)
    parser.add_argument("--who", action="append", help="a log-in name; may be given again")
    parser.add_argument("--in", dest="home", type=Path, help="walk the platform in this folder")
    options = parser.parse_args()
    options.only = databases(parser, options)
    return options


def _walked(who: str) -> list[Opened]:
    """In a process of its own, since a program has one database."""
    script = f"from tools.bench.walk import inside; inside({who!r})"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, text=True
    )
    return [Opened(*one) for one in json.loads(done.stdout.splitlines()[-1])]


def inside(who: str) -> None:
    """Walks the platform of the environment; prints what was opened as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415  only after setup
    from django.test import Client  # noqa: PLC0415

    from tests.pages import crawl  # noqa: PLC0415
    from xinqiao.directory.models import Account  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username=who))
    _open(client, START)
    begins = _open(client, START)[0]
    found = []
    crawl.PAGES_OF_A_KIND = 1
    for page in crawl.Walk(client, "zh-hans", [START]).pages():
        if page.address.startswith("/desk/"):
            took, status = _open(client, page.address)
            found.append(Opened(took, took / begins, who, page.address, status))
    print(json.dumps(found))


def _open(client: Any, address: str) -> tuple[float, int]:
    begun = time.perf_counter()
    page = client.get(address, follow=True)
    return (time.perf_counter() - begun) * 1000, page.status_code


if __name__ == "__main__":
    sys.exit(main())
