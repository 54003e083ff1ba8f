"""A copy of what is counted, as Parquet, without personal data: a province on one machine, a country on a cluster."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinqiao.directory import queries as directory
from xinqiao.rules.counting import What
from xinqiao.targets import trees
from xinqiao.targets.models import Fact
from xinqiao.targets.values import Scale

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a file, and of a look at the database.
ROWS = 250_000
ABOUT = "about.json"
_DAYS = ("day", "start", "due", "done", "settled", "again")
_TEXTS = ("unit", "region", "category", "channel", "level", "mark")
_FLAGS = ("first", "designated", "skipped", "extended")
_MOMENTS = ("known_from", "known_to")
COLUMNS = (*_TEXTS, *_DAYS, "persons", *_FLAGS, *_MOMENTS)
#: What stands side by side in a file.
SORTED_BY = ("region", "unit", "day")
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class CannotCopy(Exception):
    """The copy cannot be written or read there; the message says why and what to do."""


def export(folder: Path, now: datetime, progress: Callable[[int], None] = lambda rows: None) -> int:
    """Writes the copy into a folder that is not there yet, and returns how many facts it has. Raises CannotCopy.

        folder/facts/what=answer/part-00000.parquet    facts, a folder for each kind, with the moments of knowing
        folder/units/, folder/regions/                 codes and names, with the parent of each
        folder/above/                                  (scale, own, code): every code with itself and each one above it
        folder/about.json                              when it was made

    It is right for every moment up to `now`: what is learnt while it is written closes nothing that was known then.
    In each file facts stand by region, unit and day: neighbours are grouped faster, and files are smaller by a quarter.
    Until it is whole it stands beside, as `folder.part`.
    """
    import pyarrow as pa  # noqa: PLC0415  the extra `analytics`

    part = folder.with_name(f"{folder.name}.part")
    for taken in (folder, part):
        if taken.exists():
            raise CannotCopy(f"{taken} is there already: name another folder, or remove it")
    try:
        (part / "facts").mkdir(parents=True)
        done, seen = 0, _Seen()
        for what in What:
            for rows in _export_facts(part, what, seen):
                done += rows
                progress(done)
        above = _above(seen)
        for name, small in (("units", _units()), ("regions", _regions()), ("above", above)):
            _write(pa.Table.from_pylist(list(small)), part / name / "part-00000.parquet")
        about = {"made_at": now.isoformat(), "facts": done, "format": 1}
        (part / ABOUT).write_text(json.dumps(about) + "\n", encoding="utf-8")
        part.rename(folder)
    except OSError as problem:
        raise CannotCopy(
            f"{part}: {problem.strerror or problem}; remove it and begin anew"
        ) from None
    return done


class _Seen:
    """The units and regions of the facts that were written, among them those that no list names any more."""

    def __init__(self) -> None:
        self.codes: dict[Scale, set[str]] = {scale: set() for scale in Scale}

    def add(self, table: "pa.Table") -> None:
        for scale, codes in self.codes.items():
            codes.update(table.column(scale.value).unique().to_pylist())


def _export_facts(folder: Path, what: What, seen: _Seen) -> Iterator[int]:
    """Writes the facts of a kind and tells how many after each file; one file even where there are none, so that its
    columns are known.
    """
    rows = Fact.objects.filter(what=what).order_by("id").values_list(*COLUMNS)
    for number, chunk in enumerate(_chunks(rows.iterator(chunk_size=10_000))):
        table = _table(chunk).sort_by([(column, "ascending") for column in SORTED_BY])
        seen.add(table)
        _write(table, folder / "facts" / f"what={what}" / f"part-{number:05}.parquet")
        yield len(chunk)


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in lists of so many; one empty list where there are none."""
    ahead = iter(rows)
    chunk = list(islice(ahead, ROWS))
    yield chunk
    while len(chunk) == ROWS and (chunk := list(islice(ahead, ROWS))):
        yield chunk


def _table(rows: list[tuple[Any, ...]]) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415

    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else {}
    types = schema()
    arrays = []
    for name in COLUMNS:
        values = columns.get(name, ())
        if name in _MOMENTS:
            values = tuple((value - _EPOCH) // _MICROSECOND for value in values)
        arrays.append(pa.array(values, types.field(name).type))
    return pa.Table.from_arrays(arrays, schema=types)


def schema() -> "pa.Schema":
    """The columns of facts in a copy; moments are microseconds since 1970."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.schema(
        [
            *((name, pa.string()) for name in _TEXTS),
            *((name, pa.date32()) for name in _DAYS),
            ("persons", pa.int32()),
            *((name, pa.bool_()) for name in _FLAGS),
            *((name, pa.int64()) for name in _MOMENTS),
        ]
    )


def _write(table: "pa.Table", path: Path) -> None:
    from pyarrow import parquet  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, path, compression="zstd")


def _units() -> Iterator[Mapping[str, str | None]]:
    for unit in directory.units().by_code.values():
        yield {
            "code": unit.code, "name": unit.name, "name_en": unit.name_en, "level": str(unit.level),
            "region": unit.region, "parent": unit.parent,
        }  # fmt: skip


def _regions() -> Iterator[Mapping[str, str | None]]:
    for code, parent in directory.regions_above().items():
        yield {"code": code, "name": directory.region_name(code), "parent": parent}


def _above(seen: _Seen) -> Iterator[Mapping[str, str | None]]:
    for scale, codes in seen.codes.items():
        lines = trees.above(scale)
        for own in sorted({*lines, *codes}):
            for code in lines.get(own, (own,)):
                yield {"scale": scale.value, "own": own, "code": code}
