"""Indicators from an exported copy: the same expressions on DuckDB, for a province on one machine, and on Spark, for a
cluster. Needs the extra `analytics`, Spark also `spark`; knows nothing of Django and of the platform's database.

Each kind of fact is read once, into conditional sums that stay a row wide: what several indicators ask is counted once.
What comes back is a row for each unit, each region and period; all that follows is adding up columns (`columnar`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from xinqiao.rules.entries import SHANGHAI
from xinqiao.targets.engines.columnar import facts, lengths, measures, stocks
from xinqiao.targets.engines.columnar.asking import Copy, Question, Unanswered
from xinqiao.targets.engines.columnar.measures import Columns, How, Told
from xinqiao.targets.engines.columnar.places import Places
from xinqiao.targets.engines.columnar.telling import Counted

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Copy", "Question", "Unanswered", "answer", "duckdb", "known_to_copy", "spark"]
#: So many questions are asked of DuckDB at a time; they share its memory and its threads.
AT_ONCE = 2


def answer(question: Question, copy: Copy) -> "pa.Table":
    """Every place with anything to tell: scale, code, begins, indicator, counts, of (null: a number), persons.

    In the order of scale, code, indicators of the question, periods. Raises Unanswered where facts lie in a place that
    the copy does not name.
    """
    told = {one.id: measures.told(one) for one in question.indicators}
    places = Places(copy.above.to_pyarrow())
    counted = Counted(question, places)
    expressions, alike = zip(*_passes(question, copy, places, told), strict=True)
    for found, measured in zip(copy.read(expressions), alike, strict=True):
        counted.add(found, measured)
    return counted.tell(told)


def _passes(
    question: Question, copy: Copy, places: Places, told: Mapping[str, Told]
) -> Iterator[tuple[Any, Columns]]:
    """What an engine is to make, each by one pass over the facts of a kind: an expression, not yet run."""
    found: dict[Any, dict[measures.Measure, str]] = {}
    for one, name in measures.columns(told.values()).items():
        days = (one.where, one.since, one.until) if one.how is How.PERCENTILE else None
        found.setdefault((one.what, one.stock, days), {})[one] = name
    lines = places.lines()
    for (_, stock, days), alike in found.items():
        if days:
            yield lengths.measured(question, copy, alike, lines), alike
        else:
            yield (stocks if stock else facts).measured(question, copy, alike), alike


# -- engines ---------------------------------------------------------------------------------------------------------


def known_to_copy(directory: str, as_of: datetime) -> datetime:
    """The moment, at the latest that at which the copy was made; of later days it knows nothing. Raises Unanswered."""
    about = Path(directory) / "about.json"
    if not about.exists():  # copies of many places side by side, on a cluster
        return as_of
    made = datetime.fromisoformat(json.loads(about.read_text(encoding="utf-8"))["made_at"])
    if as_of.astimezone(SHANGHAI).date() > made.astimezone(SHANGHAI).date():
        raise Unanswered(
            f"{directory} was made on {made:%Y-%m-%d}: name that day, or make a copy anew"
        )
    return min(as_of, made)


def duckdb(directory: str, *, memory: str = "4GB", threads: int | None = None) -> Copy:
    """A copy on DuckDB, with so much memory; what does not fit goes to a temporary folder. Raises Unanswered."""
    import ibis  # noqa: PLC0415
    from duckdb import Error  # noqa: PLC0415

    settings: dict[str, Any] = {"memory_limit": memory} | ({"threads": threads} if threads else {})
    try:
        first = ibis.duckdb.connect(**settings)
        others = (ibis.duckdb.from_connection(first.con.cursor()) for _ in range(AT_ONCE - 1))
        readers = [first, *others]
        (facts, above), *_ = [_tables(reader, directory) for reader in readers]
    except Error as problem:
        raise Unanswered(f"no copy can be read in {directory}: {problem}") from None
    return Copy(facts=facts, above=above, read=partial(_at_once, readers))


def _tables(reader: Any, directory: str) -> tuple[Any, Any]:
    """The facts and the places of a copy, by names that are a connection's own."""
    facts = f"{directory}/facts/**/*.parquet"
    return (
        reader.read_parquet(facts, table_name="facts", hive_partitioning=True),
        reader.read_parquet(f"{directory}/above/*.parquet", table_name="above"),
    )


def _at_once(readers: Sequence[Any], expressions: Iterable[Any]) -> "Iterator[pa.Table]":
    """As many at a time as there are connections: what one does alone, compiling and ending, keeps no core idle."""
    free: SimpleQueue[Any] = SimpleQueue()
    for reader in readers:
        free.put(reader)

    def run(expression: Any) -> "pa.Table":
        reader = free.get()
        try:
            return reader.to_pyarrow(expression)
        finally:
            free.put(reader)

    with ThreadPoolExecutor(len(readers)) as pool:
        yield from pool.map(run, expressions)


def spark(directory: str, session: Any = None) -> Copy:
    """A copy on Spark: the session of `spark-submit`, or one on all cores of this machine. Raises Unanswered."""
    import ibis  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415  the extra `spark`
    from pyspark.sql import SparkSession  # noqa: PLC0415

    try:
        connection = ibis.pyspark.connect(session or SparkSession.builder.getOrCreate())
        return Copy(
            facts=connection.read_parquet(f"{directory}/facts", table_name="facts"),
            above=connection.read_parquet(f"{directory}/above", table_name="above"),
        )
    except PySparkException as problem:
        raise Unanswered(f"Spark cannot read {directory}, or has no Java 17: {problem}") from None
