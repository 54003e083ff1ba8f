"""How fast all indicators of all units, regions and twelve months are counted: DuckDB over 1 and 10 million contacts.

    make bench-targets                                 # 1 and 10 million on DuckDB, Spark beside it at 1 million
    make bench-targets ARGS="--contacts 1000000 --no-spark"

The facts are made by DuckDB, with the spread of a province: sixteen cities, 105 counties, 1,500 townships, some 500
units; every contact falls into the twelve months that are asked of, with some five facts, a third of which were
corrected once. What is measured is the command's whole way over a copy: build the expression, compile it, read, sum up,
hand over the result as Arrow; once cold, then the median of three. Beside it, as a ratio: DuckDB reading the same
columns once, with one sum of each, which is the limit. Prints the conditions and the figures; the last line is JSON.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from xinqiao.rules.indicators import indicators
from xinqiao.targets.engines import tables
from xinqiao.targets.values import Period

AS_OF = datetime(2027, 3, 1, 4, tzinfo=UTC)
MONTHS = tuple(
    Period(first=date(2026, month, 1), end=date(2026 + month // 12, month % 12 + 1, 1))
    for month in range(1, 13)
)
QUESTION = tables.Question(indicators=tuple(indicators().values()), periods=MONTHS, as_of=AS_OF)
CITIES, COUNTIES, TOWNS, OFFICES = 16, 105, 1500, 4
#: Facts of each kind for a hundred contacts.
SHARES = {
    "contact": 100, "acceptance": 90, "answer": 70, "delivered": 65, "closed": 72, "appeal": 5, "concluded": 3,
    "execution": 20, "report_back": 15, "urging": 8, "recommendation": 1, "matter": 70, "lead_visit": 2,
}  # fmt: skip


def main() -> int:
    options = _options()
    _tell_conditions(options)
    figures: dict[str, Any] = {"cores": os.cpu_count(), "memory": options.memory}
    with tempfile.TemporaryDirectory(prefix="xinqiao-bench-", dir=options.folder) as home:
        for contacts in options.contacts:
            copy = Path(home) / str(contacts)
            rows = make(copy, contacts)
            shown = _duckdb(copy, options.memory)
            print(
                f"{contacts:,} contacts, {rows:,} rows of facts, {_bytes(copy) / 1e6:.0f} MB of Parquet"
            )
            _print("DuckDB", shown)
            figures[f"duckdb_{contacts}"] = shown
            if not options.no_spark and contacts <= options.spark_up_to and shutil.which("java"):
                shown = _spark(copy, shown["scan_s"])
                _print("Spark", shown)
                figures[f"spark_{contacts}"] = shown
            shutil.rmtree(copy)
    sizes = [figures[f"duckdb_{one}"]["median_s"] for one in options.contacts]
    if len(sizes) > 1:
        figures["growth"] = round(sizes[-1] / sizes[0], 2)
        print(
            f"from {options.contacts[0]:,} to {options.contacts[-1]:,}: {figures['growth']} x the time"
        )
    print(json.dumps(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contacts", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--memory", default="4GB", help="limit of DuckDB")
    parser.add_argument("--no-spark", action="store_true")
    parser.add_argument("--spark-up-to", type=int, default=1_000_000)
    parser.add_argument("--folder", help="where the copies are made (3 GB); else the system's")
    return parser.parse_args()


def _tell_conditions(options: argparse.Namespace) -> None:
    print(f"cores {os.cpu_count()}, load average {', '.join(f'{n:.2f}' for n in os.getloadavg())}")
    print(
        f"Python {platform.python_version()}, DuckDB with {options.memory}, {len(QUESTION.indicators)} indicators"
    )
    if not options.no_spark and not shutil.which("java"):
        print("Spark is left out: no Java 17 here")


# -- measuring -------------------------------------------------------------------------------------------------------


def _duckdb(folder: Path, memory: str) -> dict[str, Any]:
    copy = tables.duckdb(str(folder), memory=memory)
    shown = _measured(lambda: tables.answer(QUESTION, copy).num_rows)
    scans = [_seconds(lambda: _scan(folder, memory)) for _ in range(3)]
    scan = statistics.median(scans)
    return shown | {"scan_s": round(scan, 3), "ratio": round(shown["median_s"] / scan, 2)}


def _spark(folder: Path, scan: float) -> dict[str, Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415  the extra `spark`

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    copy = tables.spark(str(folder), session)
    shown = _measured(lambda: tables.answer(QUESTION, copy).num_rows)
    session.stop()
    return shown | {"scan_s": scan, "ratio": round(shown["median_s"] / scan, 2)}


def _measured(run: Callable[[], int]) -> dict[str, Any]:
    began = time.perf_counter()
    rows = run()
    cold, worked = time.perf_counter() - began, time.process_time()
    median = statistics.median(_seconds(run) for _ in range(3))
    return {
        "rows": rows,
        "cold_s": round(cold, 2),
        "median_s": round(median, 2),
        "core_s": round(
            (time.process_time() - worked) / 3, 2
        ),  # of this process: not what Spark's Java works
    }


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


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


def _print(engine: str, shown: dict[str, Any]) -> None:
    print(
        f"  {engine}: {shown['median_s']} s (cold {shown['cold_s']} s, {shown['core_s']} s of a core),"
        f" {shown['rows']:,} figures, {shown['ratio']} x one scan of the same columns ({shown['scan_s']} s)"
    )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


# -- facts of a province ---------------------------------------------------------------------------------------------


def make(folder: Path, contacts: int) -> int:
    """A copy with so many contacts in the twelve months; by another process, whose memory is gone afterwards."""
    script = f"from tools.bench.targets import _make; _make({str(folder)!r}, {contacts})"
    subprocess.run([os.sys.executable, "-c", script], check=True)  # type: ignore[attr-defined]
    return int((folder / "rows").read_text())


def _make(name: str, contacts: int) -> None:
    import duckdb  # noqa: PLC0415

    folder, total = Path(name), 0
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false; SELECT setseed(0.5)")
    for what, share in SHARES.items():
        target = folder / "facts" / f"what={what}"
        target.mkdir(parents=True)
        for number, first in enumerate(range(0, contacts * share // 100, 2_500_000)):
            many = min(2_500_000, contacts * share // 100 - first)
            connection.execute(_facts(what, many, target / f"part-{number:05}.parquet"))
            total += connection.sql(
                f"SELECT count(*) FROM '{target}/part-{number:05}.parquet'"
            ).fetchall()[0][0]
    (folder / "above").mkdir()
    connection.execute(_above(folder / "above" / "part-00000.parquet"))
    (folder / "rows").write_text(str(total))


def _facts(what: str, many: int, path: Path) -> str:
    """Facts of a kind, more of them where more people live; a third known twice, as corrected or as done later."""
    since, span = ("2024-01-01", 1095) if what == "matter" else ("2026-01-01", 364)
    return f"""
        COPY (
            WITH drawn AS (
                SELECT (pow(random(), 1.6) * {TOWNS})::INT % {TOWNS} AS town,
                       DATE '{since}' + (random() * {span})::INT AS day, random() AS late,
                       random() AS chance, random() AS other, random() AS again, random() AS twice
                FROM range({many})
            ), facts AS (
                SELECT 'office-' || (town % {COUNTIES}) || '-' || (other * {OFFICES})::INT AS unit,
                       'town-' || town AS region, '' AS category,
                       CASE WHEN chance < .5 THEN 'online' WHEN chance < .7 THEN 'letter' WHEN chance < .9 THEN 'visit'
                            ELSE 'call' END AS channel,
                       CASE WHEN chance < .7 OR chance >= .9 THEN '' WHEN other < .6 THEN 'county'
                            WHEN other < .85 THEN 'city' WHEN other < .97 THEN 'province' ELSE 'nation' END AS level,
                       CASE '{what}' WHEN 'delivered' THEN CASE WHEN other < .4 THEN '' WHEN other < .8 THEN 'satisfied'
                            ELSE 'dissatisfied' END
                            WHEN 'appeal' THEN CASE WHEN other < .8 THEN 'upheld' ELSE 'changed' END
                            WHEN 'recommendation' THEN 'adopted' ELSE '' END AS mark,
                       day, (day - 50)::DATE AS start, day AS due,
                       CASE WHEN late < .93 THEN (day - 30 + (late * 35)::INT)::DATE END AS done,
                       CASE WHEN other < .55 THEN (day + (chance * 200)::INT)::DATE END AS settled,
                       CASE WHEN again < .15 THEN (day + (chance * 300)::INT)::DATE END AS again,
                       CASE WHEN chance >= .7 AND other > .9 THEN 5 + (late * 40)::INT ELSE 1 END::INT AS persons,
                       again > .2 AS first, other < .95 AS designated, other > .9 AS skipped, other > .8 AS extended,
                       epoch_us(day::TIMESTAMP) AS begun, twice < .33 AS corrected
                FROM drawn
            )
            SELECT * EXCLUDE (begun, corrected), begun AS known_from,
                   CASE WHEN corrected THEN begun + 2592000000000 ELSE 253402214400000000 END AS known_to FROM facts
            UNION ALL
            SELECT * EXCLUDE (begun, corrected), begun + 2592000000000, 253402214400000000 FROM facts WHERE corrected
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 250000)
    """


def _above(path: Path) -> str:
    """Township, county, city, province; office, county government, city government, province's."""
    county, city = f"(n % {COUNTIES})", f"(n % {COUNTIES}) % {CITIES}"
    regions = ["'town-' || n", f"'county-' || {county}", f"'city-' || {city}", "'province'"]
    units = [
        "'office-' || n || '-' || k",
        "'county-' || n",
        f"'city-' || n % {CITIES}",
        "'province'",
    ]
    rows = [
        *(
            f"SELECT 'region' AS scale, 'town-' || n AS own, {code} AS code FROM range({TOWNS}) t(n)"
            for code in regions
        ),
        *(
            f"SELECT 'unit', 'office-' || n || '-' || k, {code} FROM range({COUNTIES}) t(n), range({OFFICES + 1}) o(k)"
            for code in units
        ),
    ]
    return f"COPY ({' UNION ALL '.join(rows)}) TO '{path}' (FORMAT parquet)"


if __name__ == "__main__":
    raise SystemExit(main())
