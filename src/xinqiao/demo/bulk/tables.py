"""The tables that a poured matter fills, and the fast way into them while the platform is empty.

SQLite: one writer, no journal and no waiting for the disk. PostgreSQL: COPY; indexes and references are put back
after it, and checked by that. A load that was interrupted leaves nothing of use: begin anew in an empty folder.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.db import connection, models
from psycopg import sql

Rows = dict[str, list[tuple[Any, ...]]]
#: Tables by the name that the pouring knows them by, those that others refer to first.
TABLES = {
    "key": "people.DataKey",
    "card": "people.Petitioner",
    "matter": "matters.Matter",
    "entry": "matters.Entry",
    "text": "matters.Text",
    "involvement": "matters.Involvement",
    "wall": "matters.Wall",
    "contact": "intake.Contact",
    "party": "people.Party",
}


def model_of(name: str) -> type[models.Model]:
    return apps.get_model(TABLES[name])


def columns_of(name: str) -> list[str]:
    """The columns of a table in their order."""
    return [field.attname for field in model_of(name)._meta.concrete_fields]


def as_stored(name: str, vendor: str) -> dict[str, Callable[[Any], Any]]:
    """How a value of each column is handed to the database; those that go as they are, are left out.

    On SQLite as Django writes it: the caller's own connection is one to SQLite.
    """
    found: dict[str, Callable[[Any], Any]] = {}
    for field in model_of(name)._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            found[field.attname] = json.dumps
        elif vendor == "sqlite" and isinstance(field, models.DateField):
            found[field.attname] = _prepared(field)
    return found


def _prepared(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)


class Writer(Protocol):
    """Writes rows, all of them or none."""

    def write(self, rows: Rows) -> None: ...


class SqliteWriter:
    """Into the database file, with what is safe only as long as nothing of worth is in it."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
            "foreign_keys = OFF", "cache_size = -1500000", "temp_store = MEMORY",
        ):  # fmt: skip
            self.connection.execute(f"PRAGMA {pragma}")
        self._inserts = {name: _insert(name) for name in TABLES}

    def write(self, rows: Rows) -> None:
        self.connection.execute("BEGIN")
        for name, listed in rows.items():
            self.connection.executemany(self._inserts[name], listed)
        self.connection.execute("COMMIT")

    def finish(self) -> None:
        """What the platform expects of its database, and the statistics for its planner."""
        self.connection.execute("ANALYZE")
        self.connection.execute("PRAGMA locking_mode = NORMAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.close()


def _insert(name: str) -> str:
    columns = ", ".join(f'"{column}"' for column in columns_of(name))
    places = ", ".join("?" * len(columns_of(name)))
    return f'INSERT INTO "{model_of(name)._meta.db_table}" ({columns}) VALUES ({places})'  # noqa: S608


class PostgresWriter:
    """By COPY, each set of rows a transaction."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)
        self._copies = {name: _copy(name) for name in TABLES}

    def write(self, rows: Rows) -> None:
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            for name, listed in rows.items():
                with cursor.copy(self._copies[name]) as copy:
                    for row in listed:
                        copy.write_row(row)


def _copy(name: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model_of(name)._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, columns_of(name))),
    )


@contextmanager
def bare_tables() -> Iterator[None]:
    """On PostgreSQL: the tables without indexes and references, which are made and checked in one go afterwards."""
    tables = [model_of(name)._meta.db_table for name in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES, [tables])
        references: Sequence[tuple[str, str, str]] = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes: Sequence[tuple[str, str]] = cursor.fetchall()
        for table, name, _ in references:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in references:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(_NEXT_KEY.format(table=table))
        cursor.execute("VACUUM ANALYZE")


_REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
"""
#: A key that is given with each row leaves the counter behind where there is one.
_NEXT_KEY = """
SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM "{table}"))
WHERE pg_get_serial_sequence('{table}', 'id') IS NOT NULL AND EXISTS (SELECT 1 FROM "{table}")
"""
