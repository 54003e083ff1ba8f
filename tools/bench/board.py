"""How fast the desk's first page of figures is, from as many kept figures as a province of ten million contacts has.

    .venv/bin/python -m tools.bench.board              # alone; `make bench-targets` measures it with the rest

The page reads the figures of months, never facts, so that what makes it slow is the length of that table: 36 months,
every indicator, and so many places as in tools/bench/province.py, of which the demonstration city has some and the
rest is made up, with counts as of ten million contacts. One client, SQLite, the head of the city's petition office;
beside the page stands the desk's start page of the same run. The last line is JSON.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tools.bench import processor, readers
from tools.bench.load import measure
from tools.bench.serving import PROGRAM, served

PAGES = {"page": "/desk/targets/", "start": "/desk/work/?queue=all"}
MONTHS, PLACES, CONTACTS, SECONDS = 36, 2263, 10_000_000, 5.0
OFFICER = "anqing-petition-office.head"


def measured(folder: str | None = None) -> dict[str, Any]:
    """The page and the start page, each with its middle and its 95th percentile, and what the server worked for it."""
    with tempfile.TemporaryDirectory(prefix="xinqiao-bench-", dir=folder) as home:
        os.environ["XINQIAO_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "xinqiao.config.settings"
        os.environ.pop("XINQIAO_DATABASE_URL", None)
        subprocess.run([PROGRAM, "demo", "--size", "small"], check=True, capture_output=True)
        filled = [sys.executable, "-m", "tools.bench.board", "--fill"]
        root = Path(__file__).parents[2]
        done = subprocess.run(filled, check=True, stdout=subprocess.PIPE, text=True, cwd=root)
        desk = json.loads(done.stdout.splitlines()[-1])
        with served() as server:
            found = {name: _turned(server, desk["cookie"], path) for name, path in PAGES.items()}
    print(
        f"  the desk's page of figures, {desk['figures']:,} kept figures: {_words(found['page'])}"
    )
    print(f"  beside it the start page of the desk: {_words(found['start'])}")
    return {"kept_figures": desk["figures"], **found}


def _turned(server: Any, cookie: str, path: str) -> dict[str, Any]:
    before = processor.seconds(server.pid)
    one = measure(readers.turns_pages, server.url, cookie, [path], clients=1, seconds=SECONDS)
    worked = processor.seconds(server.pid) - before
    return {
        "median_ms": round(statistics.median(one.took) * 1000, 1),
        "p95_ms": round(one.p95_ms, 1),
        "core_ms": round(worked / (len(one.took) + 1) * 1000, 1),
        "errors": one.errors.total(),
    }


def _words(one: dict[str, Any]) -> str:
    return f"{one['median_ms']} ms, p95 {one['p95_ms']} ms, {one['core_ms']} ms of processor, errors {one['errors']}"


# -- kept figures ----------------------------------------------------------------------------------------------------


def fill() -> None:
    """Run as a program in the environment of a small platform that is thrown away; prints how many, and a session."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415  only after setup
    from django.test import Client  # noqa: PLC0415

    from xinqiao.directory.models import Account  # noqa: PLC0415
    from xinqiao.targets.models import MonthlyFigure  # noqa: PLC0415

    columns = ("scale", "place", "indicator", "month", "counts", "of", "persons", "as_of")
    named, places = (", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns)))
    table = MonthlyFigure._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        MonthlyFigure.objects.all().delete()
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", _kept())
    client = Client()
    client.force_login(Account.objects.get(username=OFFICER))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    print(json.dumps({"cookie": cookie, "figures": MonthlyFigure.objects.count()}))


def _kept() -> Iterator[tuple[Any, ...]]:
    """The rows, as SQLite takes them."""
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.rules.indicators import chosen  # noqa: PLC0415
    from xinqiao.targets import trees  # noqa: PLC0415
    from xinqiao.targets.values import Scale  # noqa: PLC0415

    now, chance, most = timezone.now(), random.Random(1), CONTACTS // MONTHS // 10
    moment = str(now.replace(tzinfo=None))
    places = [(scale.value, code) for scale in Scale for code in trees.above(scale)]
    places += [("region", f"made-{number}") for number in range(PLACES - len(places))]
    for month in _months(now.date()):
        yield "", "", "", str(month), 1, None, 0, moment
        for scale, place in places:
            for one in chosen():
                of = chance.randint(1, most)
                counts = chance.randint(0, of)
                if one.shows == "days":
                    counts, of = 40, 1
                whole = None if one.shows == "number" else of
                yield scale, place, one.id, str(month), counts, whole, counts, moment


def _months(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(last - MONTHS + 1, last + 1)]


if __name__ == "__main__":
    if sys.argv[1:] == ["--fill"]:
        fill()
    else:
        print(json.dumps(measured()))
