"""Indicators from an exported copy: the same expressions on DuckDB, for a province on one machine, and on Spark, for a
cluster. Needs the extra `analytics`, Spark also `spark`; knows nothing of Django and of the platform's database.

The trees of `rules.conditions` become columns of a table. Each kind of fact is read once: sums and lengths are grouped
by unit, region and period, then summed up for every place above by a small table of (scale, own, code). Reading is what
costs; all that follows works on a few thousand rows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinqiao.rules.conditions import (
    COLUMNS,
    COMPARES,
    MOMENTS,
    NEVER,
    UNKNOWABLE,
    Always,
    Among,
    Both,
    Compare,
    Condition,
    Either,
    Given,
    Name,
    Not,
    names,
)  # fmt: skip
from xinqiao.rules.counting import What
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import Days, Indicator, Part
from xinqiao.targets.values import Period

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which indicators, in which periods (in order, none over another), as of which moment."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    as_of: datetime

    @property
    def day(self) -> date:
        return self.as_of.astimezone(SHANGHAI).date()

    def key(self, indicator: str) -> Any:
        """The place of an indicator in the question, which stands for it in an expression."""
        import ibis  # noqa: PLC0415  the extra `analytics`

        return ibis.literal([one.id for one in self.indicators].index(indicator), "int16")

    @property
    def moment(self) -> int:
        """Microseconds since 1970, as the copy keeps moments: alike on all engines, whatever zone they run in."""
        return (self.as_of.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            microseconds=1
        )


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The tables of a copy on an engine: `facts`, and `above` with every code and those above it."""

    facts: Any
    above: Any


def answer(question: Question, copy: Copy) -> "pa.Table":
    """Every place with anything to tell: scale, code, begins, indicator, counts, of (null: a number), persons."""
    import pyarrow as pa  # noqa: PLC0415

    found = expression(question, copy).to_pyarrow()
    place = found.schema.get_field_index("indicator")
    names = pa.array([one.id for one in question.indicators])
    told = names.take(found.column("indicator").combine_chunks())
    return found.set_column(place, "indicator", told)


def expression(question: Question, copy: Copy) -> Any:
    """The whole question as one expression, not yet run; indicators are numbers in it, which sum up faster."""
    found = [
        part for part in (_sums(question, copy), _percentiles(question, copy)) if part is not None
    ]
    return reduce(_union, found)


# -- conditions ------------------------------------------------------------------------------------------------------


def condition(tree: Condition, table: Any, days: Mapping[str, Any]) -> Any:
    """The tree as a column that is never null. `days`: as_of, begins, ends, each a day or a column."""
    import ibis  # noqa: PLC0415  the extra `analytics`

    match tree:
        case Always():
            return ibis.literal(True)
        case Given(column):
            value = table[column]
            return {"day": value.notnull, "text": lambda: value != "", "flag": lambda: value}[
                COLUMNS[column]
            ]()
        case Compare(column, compares, other):
            return _compared(table, column, compares, other, days)
        case Among(column, values):
            return table[column].isin(values)
        case Not(part):
            return ~condition(part, table, days)
        case Both(parts):
            return reduce(lambda a, b: a & b, (condition(part, table, days) for part in parts))
        case Either(parts):
            return reduce(lambda a, b: a | b, (condition(part, table, days) for part in parts))


def _compared(
    table: Any, column: str, compares: str, other: Name | str | int, days: Mapping[str, Any]
) -> Any:
    left, right, later = table[column], other, 0
    may_be_unknown = column in UNKNOWABLE
    if isinstance(other, Name):
        right = days[other.name] if other.name in MOMENTS else table[other.name]
        later, may_be_unknown = other.days, may_be_unknown or other.name in UNKNOWABLE
    if later and isinstance(right, date):
        right, later = right + timedelta(days=later), 0
    if later:  # whole days between, since a day and an interval make a moment on some engines
        left, right = left.delta(right, unit="day"), later
    found: Any = COMPARES[compares](left, right)
    return found.fill_null(False) if may_be_unknown else found


# -- facts of a period -----------------------------------------------------------------------------------------------


def _placed(question: Question, copy: Copy, what: What, stock: bool, columns: Iterable[str]) -> Any:
    """Facts of a kind, as known, with the first day of their period; of a stock each with every period after its day.

    Only the columns that are asked of, since every column is written down again at each step of an expression.
    """
    import ibis  # noqa: PLC0415

    facts, moment, periods = copy.facts, question.moment, question.periods
    known = facts.filter(
        facts.what == what.value,
        facts.known_from <= moment,
        facts.known_to > moment,
        facts.day < periods[-1].end,
    ).select(*sorted({*columns, "unit", "region", "day", "persons"} - set(MOMENTS)))
    if stock:
        spans = [{"begins": one.first, "ends": one.end} for one in periods]
        spread = known.cross_join(ibis.memtable(spans, schema={"begins": "date", "ends": "date"}))
        return spread.filter(spread.day < spread.ends)
    known = known.filter(known.day >= periods[0].first)
    begins = ibis.cases(*((known.day < one.end, ibis.date(one.first)) for one in periods))
    placed = known.mutate(begins=begins)
    if "ends" in columns or any(one.end != two.first for one, two in pairwise(periods)):
        ends = ibis.cases(*((known.day < one.end, ibis.date(one.end)) for one in periods))
        placed = known.mutate(begins=begins, ends=ends)
        placed = placed.filter(placed.day >= placed.begins)
    return placed


def _days(question: Question, table: Any) -> Mapping[str, Any]:
    """What a condition's moments are: the day of the figure, and columns of the period."""
    period = {name: table[name] for name in ("begins", "ends") if name in table.columns}
    return {"as_of": question.day, **period}


# -- sums ------------------------------------------------------------------------------------------------------------


def _sums(question: Question, copy: Copy) -> Any:
    """Sums of every indicator that has any, of each place with all below it; None where none is asked for."""
    leaves = [
        _sums_of_kind(question, copy, what, stock, parts)
        for (what, stock), parts in _by_kind(question.indicators).items()
    ]
    if not leaves:
        return None
    return _for_all_above(reduce(_union, leaves), copy.above, ("begins", "indicator"))


def _by_kind(
    indicators: Sequence[Indicator],
) -> Mapping[tuple[What, bool], Sequence[tuple[str, Part]]]:
    found: dict[tuple[What, bool], list[tuple[str, Part]]] = {}
    for one in indicators:
        for part in one.parts:
            found.setdefault((part.what, one.stock), []).append((one.id, part))
    return found


def _sums_of_kind(
    question: Question, copy: Copy, what: What, stock: bool, parts: Sequence[tuple[str, Part]]
) -> Any:
    """One pass over the facts of a kind: conditional sums by unit, region and period; then a row for each indicator."""
    import ibis  # noqa: PLC0415

    asked = {name for _, part in parts for name in names(part.counts) | names(part.of or NEVER)}
    facts = _placed(question, copy, what, stock, asked)
    days, columns = _days(question, facts), {}
    for name, part in parts:
        counts = condition(part.counts, facts, days)
        columns[f"{name}__counts"] = facts.count(where=counts)
        columns[f"{name}__persons"] = facts.persons.sum(where=counts)
        if part.of is not None:
            columns[f"{name}__of"] = facts.count(where=condition(part.of, facts, days))
    sums = facts.group_by("unit", "region", "begins").aggregate(**columns)
    rows = [
        ibis.struct(
            {
                "indicator": question.key(name),
                "counts": sums[f"{name}__counts"],
                "of": sums[f"{name}__of"] if part.of is not None else ibis.null("int64"),
                "persons": sums[f"{name}__persons"].fill_null(0),
            }
        )
        for name, part in parts
    ]
    told = sums.select("unit", "region", "begins", told=ibis.array(rows).unnest()).unpack("told")
    return told.filter((told.counts > 0) | (told.of > 0))


def _union(one: Any, other: Any) -> Any:
    return one.union(other)


def _for_all_above(leaves: Any, above: Any, by: Sequence[str], how: str = "sum") -> Any:
    """Sums of each place with all below it (`how`: or the greatest), from those of units and regions."""
    import ibis  # noqa: PLC0415

    sums = [name for name in leaves.columns if name not in ("unit", "region", *by)]

    def summed(table: Any, *keys: str) -> Any:
        return table.group_by(*keys).aggregate(
            **{name: getattr(table[name], how)() for name in sums}
        )

    own = [
        summed(leaves.mutate(scale=ibis.literal(scale), own=leaves[scale]), "scale", "own", *by)
        for scale in ("unit", "region")
    ]
    joined = _union(*own).left_join(above, ["scale", "own"])
    joined = joined.mutate(code=ibis.coalesce(joined.code, joined.own))
    return summed(joined, "scale", "code", *by)


# -- days ------------------------------------------------------------------------------------------------------------


def _percentiles(question: Question, copy: Copy) -> Any:
    """Percentiles, from how often each number of days occurs; the hundredth is the greatest; None without any."""
    wanted = [(one, one.days) for one in question.indicators if one.days is not None]
    greatest = [
        _greatest(question, copy, one, days) for one, days in wanted if days.percentile == 100
    ]
    found = [_of_days(reduce(_union, greatest), copy.above)] if greatest else []
    alike: dict[str, list[tuple[Indicator, Days]]] = {}
    for one, days in wanted:
        if days.percentile < 100:
            alike.setdefault(f"{one.stock} {replace(days, percentile=0)}", []).append((one, days))
    found += [_ranked(question, copy, ones) for ones in alike.values()]
    return reduce(_union, found) if found else None


def _ranked(question: Question, copy: Copy, wanted: Sequence[tuple[Indicator, Days]]) -> Any:
    """The smallest number of days that so many percent do not exceed, of indicators that look at the same days."""
    import ibis  # noqa: PLC0415

    facts = _lengths(question, copy, *wanted[0])
    leaves = facts.group_by("unit", "region", "begins", "length").aggregate(many=facts.count())
    often = _for_all_above(leaves, copy.above, ("begins", "length"))
    place = ("scale", "code", "begins")
    up_to = often.many.sum().over(ibis.cumulative_window(group_by=place, order_by="length"))
    ranked = often.mutate(seen=up_to, total=often.many.sum().over(ibis.window(group_by=place)))
    least = ranked.group_by(*place).aggregate(
        **{
            one.id: ranked.length.min(where=ranked.seen * 100 >= ranked.total * days.percentile)
            for one, days in wanted
        }
    )
    columns = [
        least.select(*place, indicator=question.key(one.id), length=least[one.id]) for one, _ in wanted
    ]  # fmt: skip
    return _told(reduce(_union, columns))


def _greatest(question: Question, copy: Copy, indicator: Indicator, days: Days) -> Any:
    """The greatest number of days in a unit, a region and a period."""

    facts = _lengths(question, copy, indicator, days)
    leaves = facts.group_by("unit", "region", "begins").aggregate(length=facts.length.max())
    return leaves.mutate(indicator=question.key(indicator.id))


def _of_days(leaves: Any, above: Any) -> Any:
    """The greatest of each place and all below it."""
    return _told(_for_all_above(leaves, above, ("begins", "indicator"), "max"))


def _told(table: Any) -> Any:
    import ibis  # noqa: PLC0415

    one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
    keys = ("scale", "code", "begins", "indicator")
    return table.select(*keys, counts=table.length.cast("int64"), of=one, persons=none)


def _lengths(question: Question, copy: Copy, indicator: Indicator, days: Days) -> Any:
    """The facts that are looked at, each with its number of days."""
    asked = {*names(days.where), days.since, days.until}
    facts = _placed(question, copy, days.what, indicator.stock, asked)
    looked_at = condition(days.where, facts, _days(question, facts))
    facts = facts.filter(looked_at, facts[days.since].notnull())
    until = facts.begins if days.until == "begins" else facts[days.until].fill_null(question.day)
    return facts.mutate(length=until.delta(facts[days.since], unit="day"))


# -- engines ---------------------------------------------------------------------------------------------------------


class Unanswered(Exception):
    """The copy cannot be read, or the engine cannot be started; the message says what to do."""


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
        connection = ibis.duckdb.connect(**settings)
        return Copy(
            facts=connection.read_parquet(
                f"{directory}/facts/**/*.parquet", table_name="facts", hive_partitioning=True
            ),
            above=connection.read_parquet(f"{directory}/above/*.parquet", table_name="above"),
        )
    except Error as problem:
        raise Unanswered(f"no copy can be read in {directory}: {problem}") from None


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
