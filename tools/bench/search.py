"""How fast words are filed and found, by people who see little and by people who see much.

    make bench-search                                        # 20 thousand contacts, both databases
    make bench-search ARGS="--contacts 100000 --only sqlite"
    make bench-search ARGS="--in /tmp/province --only sqlite"  # a platform that is there already
    XINQIAO_DATABASE_URL=... make bench-search ARGS="--in /tmp/province --only postgresql --filed"

Gives every entry its position, as the worker does within half a minute. Files every ledger anew (`xinqiao index
rebuild`; `--filed`: it was, and stays), checks that pieces of texts chosen by chance are found, then asks for
pieces of two to six characters: half of them cut from texts by chance, which are common and rare as they come, half
the commonest pairs of all. Asked is `search.queries.find`, the first page with its excerpts, scope and wall within.
Beside the clock stands the processor time of this process, without that of PostgreSQL: on a machine that others use,
the clock tells of them too.
Prints the conditions and the figures; the last line is JSON. Exit status: 0 all was found, 1 something was not.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tools.bench.serving import DATABASES, databases, province

CONTACTS = 20_000
#: From who sees a department's matters alone to who sees a city.
ASKING = ("anqing-housing.officer", "yixiu-petition-office.clerk", "anqing-petition-office.clerk")
_LENGTHS = (2, 2, 3, 4, 6)


def main() -> int:
    options = _options()
    print(f"cores {os.cpu_count()}, load average {', '.join(f'{n:.2f}' for n in os.getloadavg())}")
    print(f"Python {platform.python_version()}, one asks, {options.questions} questions each")
    figures: dict[str, Any] = {}
    for database in options.only:
        with province(database, options.home, options.contacts):
            found = _measured(options.questions, options.filed)
        print(f"{database}: {found['matters']} matters, {found['contacts']} contacts")
        if not options.filed:
            print(f"  filed {found['filed_per_second']} contacts/s, "
                  f"{found['filed_per_processor_second']} a second of its processor time")  # fmt: skip
        print(f"  recall {found['recall']:.4f}")
        for who, one in found["asked"].items():
            print(f"  {who}: p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms, worst {one['worst']}; "
                  f"processor p50 {one['processor_p50_ms']} ms, p95 {one['processor_p95_ms']} ms")  # fmt: skip
        figures[f"search_{database}"] = found
    print(json.dumps(figures, ensure_ascii=False))
    return 0 if all(found["recall"] == 1 for found in figures.values()) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--questions", type=int, default=100, help="that each asks")
    parser.add_argument("--only", action="append", choices=DATABASES)
    parser.add_argument("--in", dest="home", type=Path, help="measure the platform in this folder")
    parser.add_argument("--filed", action="store_true", help="leave what is filed, and ask only")
    options = parser.parse_args()
    options.only = databases(parser, options)
    if options.filed and not options.home:
        parser.error("--filed is for a platform that is there already: name its folder by --in")
    return options


def _measured(questions: int, filed: bool) -> dict[str, Any]:
    """In a process of its own, since a program has one database."""
    script = f"from tools.bench.search import inside; inside({questions}, {filed})"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def inside(questions: int, filed: bool) -> None:
    """Measures the platform of the environment; prints what was found as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    from xinqiao.intake.models import Contact  # noqa: PLC0415  only after setup
    from xinqiao.search import rebuilding  # noqa: PLC0415
    from xinqiao.search.models import Filing  # noqa: PLC0415

    contacts = Contact.objects.count()
    told = {} if filed else _filed(contacts)
    checked = rebuilding.check(300, seed=1)
    print(json.dumps({
        "matters": Filing.objects.count(), "contacts": contacts, **told,
        "recall": 1 - len(checked.missed) / max(1, checked.pieces), "asked": _asked(questions),
    }, ensure_ascii=False))  # fmt: skip


def _filed(contacts: int) -> dict[str, int]:
    """How many contacts were filed in a second, by the clock and by the processor time of this process."""
    from xinqiao.matters import followers  # noqa: PLC0415
    from xinqiao.search import rebuilding  # noqa: PLC0415

    followers.last_position()
    started, processor = time.perf_counter(), time.process_time()
    for _ in rebuilding.rebuild():
        pass
    seconds, busy = time.perf_counter() - started, time.process_time() - processor
    return {
        "filed_per_second": round(contacts / seconds),
        "filed_per_processor_second": round(contacts / busy),
    }


def _asked(questions: int) -> dict[str, Any]:
    """How long each who asks waits for these questions."""
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.directory import queries as directory  # noqa: PLC0415
    from xinqiao.matters import queries as matters  # noqa: PLC0415
    from xinqiao.search import queries  # noqa: PLC0415

    now, found = timezone.now(), {}
    pieces, accounts = _pieces(questions), dict(directory.accounts_by_username())
    for who in ASKING:
        person = directory.person(accounts[who], matters.today(now))
        queries.find(person, pieces[0], matters.Filters(), now)
        found[who] = _times(
            lambda piece, person=person: queries.find(person, piece, matters.Filters(), now), pieces
        )
    return found


def _pieces(questions: int) -> list[str]:
    """What is asked: pieces of texts chosen by chance, and the pairs that the most matters have."""
    from xinqiao.search.models import Filing  # noqa: PLC0415
    from xinqiao.text.finding import pairs  # noqa: PLC0415

    dice = random.Random(1)
    ids = list(Filing.objects.values_list("matter", flat=True))
    chosen = Filing.objects.filter(matter__in=dice.sample(ids, min(500, len(ids))))
    words = list(chosen.order_by("matter").values_list("words", flat=True))
    counted = Counter(
        pair for text in words for one in text.split("\n") for pair in set(pairs(one))
    )
    found = [pair for pair, _ in counted.most_common(questions // 2)]
    while len(found) < questions:
        text = dice.choice([one for one in dice.choice(words).split("\n") if one] or [""])
        length = dice.choice(_LENGTHS)
        if len(text) > length:
            start = dice.randrange(len(text) - length)
            found.append(text[start : start + length])
    return found


def _times(ask: Any, pieces: list[str]) -> dict[str, Any]:
    took, busy = [], []
    for piece in pieces:
        started, processor = time.perf_counter(), time.process_time()
        ask(piece)
        busy.append((time.process_time() - processor) * 1000)
        took.append(((time.perf_counter() - started) * 1000, piece))
    took.sort()
    busy.sort()
    half, most = len(took) // 2, int(len(took) * 0.95)
    return {
        "p50_ms": round(took[half][0], 1),
        "p95_ms": round(took[most][0], 1),
        "worst": f"{took[-1][0]:.0f} ms for {took[-1][1]}",
        "processor_p50_ms": round(busy[half], 1),
        "processor_p95_ms": round(busy[most], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
