"""Rows that belong together, written in one go: all of them or none.

    matter = Row(Matter, number=number, ...)
    entry = Row(Entry, matter=matter, seq=1, ...)      # the key of `matter`, which nobody knows yet
    with at_once():
        write([matter, entry])
    matter.pk                                          # now it is known

On PostgreSQL they are one statement, which is a transaction by itself: one way to the server and back in place of
one for each row and two for the transaction. On SQLite, where a statement costs no way, each table has its INSERT.
The SQL for a shape of rows is made once. Columns, defaults and the form of the values are those of the models.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from itertools import count, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

#: Fields whose values either database takes as they are; those of others go through the field.
_AS_IS = (
    models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey,
)  # fmt: skip
_Prepare = Callable[[Any, BaseDatabaseWrapper], Any]


class Row:
    """A row to be written: values by the name of the field, and the model's defaults where none is given.

    A value may be another row that stands earlier in the same `write`: that row's key takes its place. `pk` is the
    row's own key: what was given as `id`, else None until it is written.
    """

    __slots__ = ("model", "pk", "values")

    def __init__(self, model: type[models.Model], **values: Any) -> None:
        self.model, self.values = model, values
        self.pk: int | None = values.get("id")


def at_once() -> AbstractContextManager[None]:
    """Around a `write` and what has to be read for it: a transaction, where one statement is not one by itself.

    SQLite gives its one place for a writer here, so that what is read still holds when it is written. Inside another
    transaction it is a savepoint, as Django's `atomic`: after an error in it the rest can go on.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def write(rows: Sequence[Row]) -> None:
    """Writes the rows, all or none, and fills in their keys; the caller is inside `at_once` or a transaction.

    The keys of several like rows in succession are not told, unless others point to them. Raises IntegrityError, as
    Django does.
    """
    if not rows:
        return
    here = transaction.get_connection()
    if here.vendor == "postgresql":
        _write_joined(rows, here)
    else:
        _write_runs(rows, here)


def replace(
    model: type[models.Model], key: int, seen: Mapping[str, Any], values: Mapping[str, Any]
) -> bool:
    """Replaces these values of one row if it still is as it was `seen`; tells whether. The SQL is made once as well."""
    here = transaction.get_connection()
    with here.cursor() as cursor:
        cursor.execute(
            _update(model, tuple(values), tuple(seen)),
            [*_given(_table(model, tuple(values)), values.values(), here), key, *seen.values()],
        )
        return bool(cursor.rowcount == 1)


class _Table(NamedTuple):
    """How rows with certain fields given are written into their table: the given columns first, then those left.

    `prepares` brings a given value into the form of the database, None where it is that already.
    """

    name: str
    columns: tuple[str, ...]
    prepares: tuple[_Prepare | None, ...]
    left: "tuple[models.Field[Any, Any], ...]"
    makes_key: bool


class _Shape(NamedTuple):
    """What rows have in common that one INSERT can write: table, fields, and of which earlier row each is the key.

    A row whose key others wait for is like no other one: `alone` is its place.
    """

    model: type[models.Model]
    names: tuple[str, ...]
    links: tuple[int | None, ...]
    alone: int | None


class _Statement(NamedTuple):
    """SQL with its values as `%s`, the same with `$1` and on, and the places of the rows whose keys it tells."""

    sql: str
    numbered: str
    told: tuple[int, ...]


def _write_runs(rows: Sequence[Row], here: BaseDatabaseWrapper) -> None:
    """On SQLite: a statement for each run of like rows."""
    with here.cursor() as cursor:
        for shape, group in groupby(zip(_shapes(rows), rows, strict=True), key=itemgetter(0)):
            run = [row for _, row in group]
            sql = _insert(shape.model, shape.names)
            if len(run) > 1:
                cursor.executemany(sql, [_values(row, here) for row in run])
                continue
            cursor.execute(sql, _values(run[0], here))
            run[0].pk = run[0].pk or cursor.lastrowid


def _write_joined(rows: Sequence[Row], here: BaseDatabaseWrapper) -> None:
    """On PostgreSQL: one statement for all."""
    statement = _joined(_shapes(rows))
    values = [value for row in rows for value in _values(row, here)]
    keys = _answer(statement, values, here)
    for place, key in zip(statement.told, keys, strict=True):
        rows[place].pk = key


def _answer(
    statement: _Statement, values: Sequence[Any], here: BaseDatabaseWrapper
) -> Sequence[Any]:
    """The keys. Django's own cursor would look for the many `%s` each time, which costs more than all the rest."""
    if here.queries_logged:  # the log writes the values into the text, where it finds `%s`
        cursor, sql = here.cursor(), statement.sql
    else:
        cursor, sql = here.numbered_cursor(), statement.numbered  # type: ignore[attr-defined]  # of config.postgresql
    cursor.execute(sql, values)
    answer: Sequence[Any] = cursor.fetchone()
    return answer[: len(statement.told)]


def _values(row: Row, here: BaseDatabaseWrapper) -> list[Any]:
    """The values as the database takes them, given and left; of a row whose key is not known yet, none."""
    table = _table(row.model, tuple(row.values))
    values = list(_given(table, row.values.values(), here))
    return values + [field.get_db_prep_save(field.get_default(), here) for field in table.left]


def _given(table: _Table, values: Iterable[Any], here: BaseDatabaseWrapper) -> Iterator[Any]:
    for prepare, value in zip(table.prepares, values, strict=True):
        if type(value) is not Row:
            yield value if prepare is None else prepare(value, here)
        elif value.pk is not None:
            yield value.pk


def _shapes(rows: Sequence[Row]) -> tuple[_Shape, ...]:
    places = {id(row): place for place, row in enumerate(rows) if row.pk is None}
    pointed = {id(value) for row in rows for value in row.values.values() if type(value) is Row}
    return tuple(
        _Shape(
            row.model,
            tuple(row.values),
            tuple(
                places[id(value)] if type(value) is Row and value.pk is None else None
                for value in row.values.values()
            ),
            places.get(id(row)) if id(row) in pointed else None,
        )
        for row in rows
    )


@lru_cache(maxsize=128)
def _table(model: type[models.Model], names: tuple[str, ...]) -> _Table:
    meta = model._meta
    fields = {field.name: field for field in meta.concrete_fields}
    given = [fields[name] for name in names]
    left = [
        field
        for field in meta.concrete_fields
        if field not in given
        and not (field.primary_key or field.generated or field.has_db_default())
    ]
    return _Table(
        name=meta.db_table,
        columns=tuple(str(field.column) for field in (*given, *left)),
        prepares=tuple(None if isinstance(one, _AS_IS) else one.get_db_prep_save for one in given),
        left=tuple(left),
        makes_key="id" not in names,
    )


@lru_cache(maxsize=128)
def _insert(model: type[models.Model], names: tuple[str, ...]) -> str:
    table = _table(model, names)
    return f"{_into(table)} ({', '.join(['%s'] * len(table.columns))})"


@lru_cache(maxsize=32)
def _update(model: type[models.Model], names: tuple[str, ...], seen: tuple[str, ...]) -> str:
    table, others = _table(model, names), _table(model, seen)
    changes = ", ".join(f'"{column}" = %s' for column in table.columns[: len(names)])
    where = "".join(f' AND "{column}" = %s' for column in others.columns[: len(seen)])
    return f'UPDATE "{table.name}" SET {changes} WHERE id = %s{where}'  # noqa: S608  names of models


@lru_cache(maxsize=256)
def _joined(shapes: tuple[_Shape, ...]) -> _Statement:
    """An INSERT for each run of like rows, beside each other in one WITH, and after them the keys."""
    parts, told = [], []
    for shape, run in groupby(enumerate(shapes), key=itemgetter(1)):
        places = [place for place, _ in run]
        table = _table(shape.model, shape.names)
        part = f"{_into(table)} {', '.join([_row_sql(table, shape)] * len(places))}"
        if table.makes_key and len(places) == 1:
            part += " RETURNING id AS key"
            told += places
        parts.append(f"r{places[0]} AS ({part})")
    keys = [_key_of(place) for place in told] or ["NULL"]
    sql = f"WITH {', '.join(parts)} SELECT {', '.join(keys)}"
    numbers = count(1)
    return _Statement(sql, re.sub("%s", lambda _: f"${next(numbers)}", sql), tuple(told))


def _into(table: _Table) -> str:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES'


def _row_sql(table: _Table, shape: _Shape) -> str:
    given = ["%s" if place is None else _key_of(place) for place in shape.links]
    return f"({', '.join(given + ['%s'] * len(table.left))})"


def _key_of(place: int) -> str:
    return f"(SELECT key FROM r{place})"  # noqa: S608  a number of our own
