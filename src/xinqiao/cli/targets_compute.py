"""`xinqiao targets compute`: every indicator of every unit and region, as of a day, by any engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import orjson

from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.indicators import Indicator, chosen
from xinqiao.targets.values import Period

if TYPE_CHECKING:
    import pyarrow as pa

#: So many lines are written at a time.
LINES = 10_000
EXAMPLE = """\b
Example:
  xinqiao targets compute --as-of 2026-03-31 --json
  xinqiao targets compute --place region:340811 --indicator on_time_answer --months 3
  xinqiao targets compute --from /data/figures --engine duckdb --json
  spark-submit --master yarn $(which xinqiao) targets compute --from hdfs:///figures --engine spark --json

One figure a place, indicator and month, as known at the end of that day. What is not told is zero: places in which
there was nothing are left out. Of a rate `counts` of `of`; `of` is null for a number; of days it is 1.
Results go to standard output. Exit status: 0 done, 1 could not be computed, 2 asked in a wrong way.
"""


class Row(NamedTuple):
    """One figure. Figures are told by scale, place, indicator as asked, month."""

    scale: str
    place: str
    indicator: str
    first: date
    counts: int
    of: int | None
    persons: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command was asked for; `places` empty: all."""

    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    as_of: datetime
    places: frozenset[tuple[str, str]]


@click.command(epilog=EXAMPLE)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As known at the end of this day; today unless given.",
)
@click.option(
    "--months",
    type=click.IntRange(1, 120),
    default=12,
    show_default=True,
    help="Up to that of the day.",
)
@click.option("--indicator", "ids", multiple=True, help="Only these; all that are on unless given.")
@click.option("--place", "places", multiple=True, help="Only these: unit:CODE or region:CODE.")
@click.option(
    "--from", "folder", help="A copy that `xinqiao targets export` wrote, instead of the database."
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    help="What counts over a copy.  [default: duckdb]",
)
@click.option(
    "--memory",
    default="4GB",
    show_default=True,
    help="Of DuckDB; what does not fit goes to the disk.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document; else a table of tabs.")
def command(
    as_of: datetime | None, months: int, ids: tuple[str, ...], places: tuple[str, ...], folder: str | None,
    engine: str | None, memory: str, as_json: bool,
) -> None:  # fmt: skip
    """Every indicator of every unit and region, month by month."""
    if engine and not folder:
        raise click.UsageError("--engine counts over a copy: name its folder with --from")
    now = datetime.now(SHANGHAI)
    day = as_of.date() if as_of else now.date()
    if day > now.date():
        raise click.UsageError(f"{day} has not come yet: nothing is known as of that day")
    asked = Asked(
        indicators=_indicators(ids),
        periods=_months(day, months),
        as_of=datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
        - timedelta(microseconds=1),
        places=frozenset(map(_place, places)),
    )
    rows = _by_copy(asked, folder, engine or "duckdb", memory) if folder else _by_database(asked)
    wanted = (row for row in rows if row[:2] in asked.places) if asked.places else rows
    lines = _json(wanted, asked, day) if as_json else _table(wanted)
    while some := list(islice(lines, LINES)):
        click.echo(b"\n".join(some))


def _indicators(ids: tuple[str, ...]) -> tuple[Indicator, ...]:
    try:
        return chosen(ids or None)
    except KeyError as unknown:
        from xinqiao.rules.indicators import indicators  # noqa: PLC0415

        raise click.UsageError(
            f"no indicator {unknown}; there are {', '.join(indicators())}"
        ) from None


def _place(text: str) -> tuple[str, str]:
    scale, colon, code = text.partition(":")
    if scale not in ("unit", "region") or not colon:
        raise click.UsageError(f"--place {text}: write unit:CODE or region:CODE")
    return scale, code


def _months(day: date, many: int) -> tuple[Period, ...]:
    """So many months, the last that of the day."""
    last = day.year * 12 + day.month - 1
    firsts = [date(number // 12, number % 12 + 1, 1) for number in range(last - many + 1, last + 2)]
    return tuple(Period(first=one, end=following) for one, following in pairwise(firsts))


# -- engines ---------------------------------------------------------------------------------------------------------


def _by_database(asked: Asked) -> Iterator[Row]:
    at = {one.id: place for place, one in enumerate(asked.indicators)}
    rows = list(_tallied(asked))
    rows.sort(key=lambda row: (row.scale, row.place, at[row.indicator], row.first))
    return iter(rows)


def _tallied(asked: Asked) -> Iterator[Row]:
    resolve_name("xinqiao.cli.django:setup")()
    from xinqiao.cli.django import require_migrated  # noqa: PLC0415  settings must load first
    from xinqiao.targets import trees  # noqa: PLC0415
    from xinqiao.targets.engines import database  # noqa: PLC0415
    from xinqiao.targets.values import Scale  # noqa: PLC0415

    require_migrated()
    above = {scale: trees.above(scale) for scale in Scale}
    for period in asked.periods:
        of = database.Asked(period=period, as_of=asked.as_of)
        for (scale, code, indicator), tally in database.tallies(
            of, asked.indicators, above
        ).items():
            if tally.counts or tally.of:
                yield Row(
                    scale.value,
                    code,
                    indicator,
                    period.first,
                    tally.counts,
                    tally.of,
                    tally.persons,
                )


def _by_copy(asked: Asked, folder: str, engine: str, memory: str) -> Iterator[Row]:
    from xinqiao.targets.engines import tables  # noqa: PLC0415

    try:
        as_of = tables.known_to_copy(folder, asked.as_of)
        copy = tables.spark(folder) if engine == "spark" else tables.duckdb(folder, memory=memory)
        question = tables.Question(indicators=asked.indicators, periods=asked.periods, as_of=as_of)
        found = tables.answer(question, copy)
    except ModuleNotFoundError as problem:
        extra = "spark" if problem.name == "pyspark" else "analytics"
        raise click.ClickException(
            f"{problem.name} is not installed: pip install 'xinqiao[{extra}]'"
        ) from None
    except tables.Unanswered as problem:
        raise click.ClickException(str(problem)) from None
    names = ("scale", "code", "indicator", "begins", "counts", "of", "persons")
    return map(Row, *(_values(found.column(name).combine_chunks()) for name in names))


def _values(column: "pa.Array") -> Sequence[Any]:
    """A column as Python has it; of a dictionary each value is made once."""
    import pyarrow as pa  # noqa: PLC0415  the extra `analytics`

    if isinstance(column, pa.DictionaryArray):
        values = column.dictionary.to_pylist()
        return [values[number] for number in column.indices.to_numpy().tolist()]
    return column.to_pylist() if column.null_count else column.to_numpy().tolist()  # type: ignore[no-any-return]


# -- telling ---------------------------------------------------------------------------------------------------------


def _json(rows: Iterable[Row], asked: Asked, day: date) -> Iterator[bytes]:
    """A document of which each figure is a line."""
    head = {"as_of": day, "indicators": [one.id for one in asked.indicators]}
    yield orjson.dumps(head)[:-1] + b',"figures":['
    before = b""
    for scale, place, indicator, first, counts, of, persons in rows:
        if before:
            yield before + b","
        before = orjson.dumps(
            {
                "scale": scale, "place": place, "indicator": indicator, "first": first, "counts": counts, "of": of,
                "persons": persons, "value": _value(counts, of),
            }
        )  # fmt: skip
    if before:
        yield before
    yield b"]}"


def _value(counts: int, of: int | None) -> float | None:
    if of is None:
        return float(counts)
    return counts / of if of else None


def _table(rows: Iterable[Row]) -> Iterator[bytes]:
    yield "\t".join((*Row._fields, "value")).encode()
    for row in rows:
        cells = (*row, _value(row.counts, row.of))
        yield "\t".join("" if cell is None else str(cell) for cell in cells).encode()
