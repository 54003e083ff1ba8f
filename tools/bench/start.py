"""How long the server takes to start, what a worker has in memory, and how fast a table of contacts comes in.

    make bench-start                                  # three starts; the messages, where they are
    make bench-start ARGS="--table letters.xlsx"

A start is from the command to the first page that is answered. Beside it stands what Python and Django alone need in
the same run, as the machine may be busy with other things. Memory is that of a worker for itself with its share of
what it has together with others (Pss), after some pages and petitions. The last line is JSON. Exit status: 0, or 1
when the server did not start or rows were refused.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from tools.bench import processor, senders
from tools.bench.serving import PROGRAM, founded, served

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages_answered.csv"
STARTS, CALLS = 3, 40
PAGES = ("/", "/submit/", "/lookup/", "/desk/")
ALONE = "import django; from django.conf import settings; settings.configure(); django.setup()"


def main() -> int:
    options = _options()
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"cores {os.cpu_count()}, load average {load}, files in {tempfile.gettempdir()}")
    with tempfile.TemporaryDirectory(prefix="xinqiao-bench-") as home:
        os.environ["XINQIAO_HOME"] = home
        os.environ.pop("XINQIAO_DATABASE_URL", None)
        founded()
        figures = _started() | _imported(options.table)
    print(json.dumps({"start": figures}))
    return 1 if figures.get("rejected") else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--table", type=Path, default=MESSAGES, help="contacts for `xinqiao import`"
    )
    return parser.parse_args()


def _started() -> dict[str, float]:
    """Starts the server some times, and looks at the memory of the last one."""
    starts, workers = [], []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with served() as server:
            _ask(server.url, PAGES[:1])
            starts.append(time.perf_counter() - begun)
            workers = _worked(server.url, server.pid)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", ALONE], check=True)
    alone = time.perf_counter() - begun
    print(f"start: {median(starts):.1f} s (Python and Django alone: {alone:.1f} s)")
    print(f"memory a worker: {', '.join(f'{one:.0f}' for one in workers)} MB", flush=True)
    return {
        "seconds": round(median(starts), 2),
        "ratio_to_django_alone": round(median(starts) / alone, 1),
        "worker_mb": round(max(workers)),
    }


def _worked(url: str, server: int) -> list[float]:
    """The memory of each worker, in MB, once they have done what they are there for."""
    for _ in range(CALLS):
        _ask(url, PAGES)
        with senders.by_http(url) as send:
            send()
    return [processor.memory_mb(pid) for pid in processor.children_of(server)]


def _ask(url: str, pages: tuple[str, ...]) -> None:
    for page in pages:
        urllib.request.urlopen(url + page).close()


def _imported(table: Path) -> dict[str, float]:
    """Brings a table in through the real actions, by the command that people use."""
    if not table.is_file():
        print(f"import: there is no {table}; name a table with --table")
        return {}
    unit = ("--unit", "petition-office", "--kind", "claim", "--rejected", "/dev/null", "--json")
    before, begun = _children_seconds(), time.perf_counter()
    done = subprocess.run(
        [PROGRAM, "import", table, *unit], capture_output=True, text=True, check=False
    )
    took, used = time.perf_counter() - begun, _children_seconds() - before
    if not done.stdout.startswith("{"):
        raise SystemExit(done.stderr)
    counts = json.loads(done.stdout)
    print(f"import: {counts['imported']} contacts in {took:.1f} s, processor {used:.1f} s")
    return {
        "imported": counts["imported"], "rejected": counts["rejected"],
        "import_seconds": round(took, 1), "import_processor_seconds": round(used, 1),
    }  # fmt: skip


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
