"""How fast all indicators of all units, regions and twelve months are counted over 1 and 10 million contacts.

    make bench-targets                                 # DuckDB at 1 and 10 million, Spark at 100,000 and 1 million
    make bench-targets ARGS="--contacts 1000000 --no-spark --no-page"

Measured are the counting itself (put the expressions together, compile them, read, sum up, hand over Arrow; once cold,
then the median of three), the whole command `xinqiao targets compute --json` from its start to its last line, and the
desk's first page of figures from as many kept figures as a province has (tools/bench/board.py). Beside counting stands,
as a ratio, DuckDB reading the same columns once, with one sum of each, which is the limit. Clock and processor are told
apart: on a machine that others use, only the second is the program's own. Facts are those of tools/bench/province.py.
Prints the conditions and the figures; the last line is JSON.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tools.bench import board, processor
from tools.bench.province import YEAR, made, make
from tools.bench.serving import PROGRAM
from xinqiao.rules.indicators import indicators
from xinqiao.targets.engines import tables
from xinqiao.targets.values import Period

AS_OF = datetime(YEAR + 1, 3, 1, 4, tzinfo=UTC)
MONTHS = tuple(
    Period(first=date(YEAR, month, 1), end=date(YEAR + month // 12, month % 12 + 1, 1))
    for month in range(1, 13)
)
QUESTION = tables.Question(indicators=tuple(indicators().values()), periods=MONTHS, as_of=AS_OF)


def main() -> int:
    options = _options()
    _tell_conditions(options)
    figures: dict[str, Any] = {"cores": os.cpu_count(), "memory": options.memory}
    spark = options.spark_contacts if not options.no_spark and shutil.which("java") else []
    with tempfile.TemporaryDirectory(prefix="xinqiao-bench-", dir=options.folder) as home:
        for contacts in sorted({*options.contacts, *spark}):
            copy = Path(options.keep or home) / str(contacts)
            facts = made(copy) or make(copy, contacts)
            print(f"{contacts:,} contacts, {facts:,} facts, {_bytes(copy) / 1e6:.0f} MB of Parquet")
            if contacts in options.contacts:
                figures[f"duckdb_{contacts}"] = _by_itself(_duckdb, copy, options.memory)
                figures[f"command_{contacts}"] = _command(copy, options.memory)
                _print("DuckDB", figures[f"duckdb_{contacts}"])
                _print("the whole command", figures[f"command_{contacts}"])
            if contacts in spark:
                figures[f"spark_{contacts}"] = _by_itself(_spark, copy, options.memory)
                _print("Spark", figures[f"spark_{contacts}"])
            if not options.keep:
                shutil.rmtree(copy)
    for engine, sizes in (("duckdb", options.contacts), ("spark", spark)):
        _print_growth(engine, sizes, figures)
    if not options.no_page:
        figures["page"] = board.measured(options.folder)
    print(json.dumps(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contacts", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--memory", default="4GB", help="limit of DuckDB")
    parser.add_argument("--no-spark", action="store_true")
    parser.add_argument("--spark-contacts", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--no-page", action="store_true", help="without the page of the desk")
    parser.add_argument(
        "--keep", help="a folder in which copies stay, and are taken from the next time"
    )
    parser.add_argument("--folder", help="where all is made (3 GB); else the system's")
    return parser.parse_args()


def _tell_conditions(options: argparse.Namespace) -> None:
    print(f"cores {os.cpu_count()}, load average {', '.join(f'{n:.2f}' for n in os.getloadavg())}")
    print(
        f"Python {platform.python_version()}, DuckDB with {options.memory}, {len(QUESTION.indicators)} indicators"
    )
    if not options.no_spark and not shutil.which("java"):
        print("Spark is left out: no Java 17 here")


# -- measuring -------------------------------------------------------------------------------------------------------


def _by_itself(measure: Callable[[Path, str], dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """In a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        return one.submit(measure, *arguments).result()


def _duckdb(folder: Path, memory: str) -> dict[str, Any]:
    copy = tables.duckdb(str(folder), memory=memory)
    shown = _measured(lambda: tables.answer(QUESTION, copy).num_rows)
    shown["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    scans = [_used(lambda: _scan(folder, memory)) for _ in range(3)]
    for place, name in enumerate(("scan_s", "scan_core_s")):
        shown[name] = round(statistics.median(one[place] for one in scans), 3)
    shown["ratio"] = round(shown["core_s"] / shown["scan_core_s"], 2)
    return shown


def _spark(folder: Path, memory: str) -> dict[str, Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415  the extra `spark`

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", memory.lower().removesuffix("b"))
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    copy = tables.spark(str(folder), session)
    shown = _measured(lambda: tables.answer(QUESTION, copy).num_rows)
    session.stop()
    return shown


def _measured(run: Callable[[], int]) -> dict[str, Any]:
    rows = []
    cold, *warm = [_used(lambda: rows.append(run())) for _ in range(4)]
    return {
        "figures": rows[0],
        "cold_s": round(cold[0], 2),
        "median_s": round(statistics.median(one[0] for one in warm), 2),
        "core_s": round(statistics.median(one[1] for one in warm), 2),
    }


def _used(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time of this process with its children, such as Spark's Java."""
    began, worked = time.perf_counter(), _processor()
    run()
    return time.perf_counter() - began, _processor() - worked


def _processor() -> float:
    return processor.seconds(os.getpid())


def _command(folder: Path, memory: str) -> dict[str, Any]:
    """The command as somebody types it, its document thrown away."""
    asked = ["--from", str(folder), "--as-of", f"{YEAR}-12-31", "--memory", memory, "--json"]
    began = time.perf_counter()
    run = subprocess.Popen([PROGRAM, "targets", "compute", *asked], stdout=subprocess.PIPE)
    assert run.stdout is not None
    lines = sum(piece.count(b"\n") for piece in iter(lambda: run.stdout.read(1 << 20), b""))  # type: ignore[union-attr]
    _, status, used = os.wait4(run.pid, 0)
    if status:
        raise SystemExit("xinqiao targets compute did not end well")
    return {
        "figures": lines - 2,
        "median_s": round(time.perf_counter() - began, 2),
        "core_s": round(used.ru_utime + used.ru_stime, 2),
        "memory_mb": used.ru_maxrss // 1024,
    }


def _scan(folder: Path, memory: str) -> None:
    """The same columns, each read once and summed up."""
    import duckdb  # noqa: PLC0415

    texts = ("unit", "region", "channel", "level", "mark")
    days = ("day", "start", "due", "done", "settled", "again")
    rest = ("first", "designated", "skipped", "extended", "persons", "known_from", "known_to")
    sums = [f"max({name})" for name in (*texts, *days)] + [f"sum({name}::BIGINT)" for name in rest]
    connection = duckdb.connect(config={"memory_limit": memory})
    connection.sql(
        f"SELECT {', '.join(sums)} FROM read_parquet('{folder}/facts/**/*.parquet')"
    ).fetchall()


# -- telling ---------------------------------------------------------------------------------------------------------


def _print(engine: str, shown: dict[str, Any]) -> None:
    beside = [f"{shown['figures']:,} figures"]
    if "cold_s" in shown:
        beside.append(f"cold {shown['cold_s']} s")
    if "memory_mb" in shown:
        beside.append(f"{shown['memory_mb']} MB at most")
    if "ratio" in shown:
        beside.append(
            f"{shown['ratio']} x the processor of one scan of the same columns"
            f" ({shown['scan_s']} s by the clock, {shown['scan_core_s']} s of processor)"
        )
    took = f"{shown['median_s']} s by the clock, {shown['core_s']} s of processor"
    print(f"  {engine}: {took}, {', '.join(beside)}")


def _print_growth(engine: str, sizes: list[int], figures: dict[str, Any]) -> None:
    if len(sizes) > 1:
        first, last = (figures[f"{engine}_{one}"]["core_s"] for one in (min(sizes), max(sizes)))
        figures[f"growth_{engine}"] = round(last / first, 2)
        span = f"from {min(sizes):,} to {max(sizes):,} contacts"
        print(f"{engine}, {span}: {last / first:.2f} x the processor")


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


if __name__ == "__main__":
    raise SystemExit(main())
