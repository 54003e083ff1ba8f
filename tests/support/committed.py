"""A database for one test, made from the migrated one, in which commits are real."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "default"
#: Ends the sessions of one's own role in a database.
LEAVE = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


def _copy_sqlite(connection: BaseDatabaseWrapper, folder: Path) -> str:
    target = str(folder / "committed.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [target])
    # As every platform is before two can ask at once: who turns this on has the file to itself.
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
    return target


def maintenance(connection: BaseDatabaseWrapper, sql: str) -> None:
    """Run `sql` from another database: PostgreSQL copies and drops only what nobody is in."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def _dropped(connection: BaseDatabaseWrapper, name: str) -> None:
    """Our own sessions leave it, then it goes; the server's cleaner is waited for.

    WITH (FORCE) would have to end that cleaner too, which an ordinary role may not.
    """
    with connection._nodb_cursor() as cursor:
        cursor.execute(LEAVE, [name])
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def _copied(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[str]:
    """The name of a copy of the database of `connection`; removed afterwards."""
    if connection.vendor == "sqlite":
        yield _copy_sqlite(connection, folder)
        return
    template = connection.settings_dict["NAME"]
    copy = f"committed_{secrets.token_hex(6)}"
    connection.close()
    maintenance(connection, f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    try:
        yield copy
    finally:
        _dropped(connection, copy)


@contextmanager
def switched(**other: Any) -> Iterator[None]:
    """Every connection opened meanwhile, in any thread, leads to the database with these `other` settings."""
    usual, usual_settings = connections[ALIAS], connections.settings[ALIAS]
    del connections[ALIAS]
    connections.settings[ALIAS] = {**usual.settings_dict, **other}
    try:
        yield
    finally:
        connections[ALIAS].close()
        connections.settings[ALIAS] = usual_settings
        connections[ALIAS] = usual


@contextmanager
def fresh_database(folder: Path) -> Iterator[None]:
    """Switch this process to a copy of the migrated test database for the length of the context.

    `folder` takes the file on SQLite. Must be entered outside a transaction.
    """
    usual = connections[ALIAS]
    with (
        _copied(usual, folder) as name,
        switched(NAME=name),
    ):
        yield
