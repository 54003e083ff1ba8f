"""A small city whose lists are long: so many findings, disputes, requests for help and times of reception days.

Run as a program in the environment of a platform that `xinqiao demo --size small` made: rows that are there are written
again until there are so many. It fills lists to measure them; the ledgers know nothing of these rows, so it is for a
platform that is thrown away. Prints as JSON how many there are, and a session of somebody who sees them.
"""

import json
import sys
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import cycle, islice
from typing import Any

import django

OFFICER = "anqing-petition-office.head"
_SLOTS_A_DAY = [time(hour, minute) for hour in (9, 10, 14, 15, 16) for minute in (0, 15, 30, 45)]


def main(wanted: int) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415  only after setup

    from xinqiao.directory.models import Account  # noqa: PLC0415
    from xinqiao.disputes.models import Dispute  # noqa: PLC0415
    from xinqiao.reception.models import Slot  # noqa: PLC0415
    from xinqiao.relief.models import Request  # noqa: PLC0415
    from xinqiao.supervision.models import Finding  # noqa: PLC0415

    _again(
        Finding,
        Finding.objects.filter(open=True),
        wanted,
        lambda n: {"basis": str(n), "urged": None},
    )
    _again(Dispute, Dispute.objects.filter(open=True), wanted, lambda n: {"rank": n})
    _again(Request, Request.objects.filter(state__in=["refused", "returned"]), wanted, lambda _: {})
    _more_days(wanted)
    client = Client()
    client.force_login(Account.objects.get(username=OFFICER))
    tables = {"findings": Finding, "disputes": Dispute, "requests": Request, "slots": Slot}
    stored = {name: table._default_manager.count() for name, table in tables.items()}
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    print(json.dumps({"cookie": cookie, "stored": stored}))


def _again(table: Any, rows: Any, wanted: int, changed: Any) -> None:
    """Copies of these rows, each with what has to differ, until the table holds so many."""
    missing = wanted - table.objects.count()
    templates = list(rows.values())
    if missing <= 0 or not templates:
        return
    copies = islice(cycle(templates), missing)
    table.objects.bulk_create(
        (table(**{k: v for k, v in row.items() if k != "id"} | changed(1000 + n)) for n, row in enumerate(copies)),
        batch_size=500,
    )  # fmt: skip


def _more_days(wanted: int) -> None:
    """Reception days to come, each with its times."""
    from xinqiao.reception.models import Day, Slot  # noqa: PLC0415

    missing = wanted - Slot.objects.count()
    days = [Day.objects.create(**row) for row in _days(missing // len(_SLOTS_A_DAY) + 1)]
    Slot.objects.bulk_create(
        (Slot(day=day, starts=starts) for day in days for starts in _SLOTS_A_DAY), batch_size=500
    )


def _days(number: int) -> Iterator[dict[str, Any]]:
    from xinqiao.reception.models import Day, Window  # noqa: PLC0415

    last = Day.objects.order_by("-day").values().first()
    leaders = sorted(set(Day.objects.values_list("leader", flat=True)))
    windows = list(Window.objects.values_list("id", flat=True))
    together = min(len(leaders), len(windows))
    plain = {
        k: v for k, v in last.items() if k not in {"id", "leader", "window_id", "day", "minutes"}
    }
    for n in range(number):
        one = n % together
        yield plain | {
            "day": last["day"] + timedelta(days=1 + n // together), "leader": leaders[one],
            "window_id": windows[one], "minutes": 15, "cancelled_at": None, "replaced": None,
        }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
