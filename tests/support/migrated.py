"""The database that the tests of a process share, with all tables: migrated once in a run, then copied.

Every test but those with a database of their own (`committed`) runs in a transaction on it that is rolled back.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from tests.support.committed import ALIAS, fresh_database, maintenance, switched
from tests.support.platform import once, tables

#: In memory, and one for all threads of the process, as Django names those of its own tests.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
TEMPLATE = "migrated"


@contextmanager
def migrated_database(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Switch this process to a copy of the migrated database for the length of the context."""
    of_this_vendor = _in_memory if connections[ALIAS].vendor == "sqlite" else _on_the_server
    with of_this_vendor(factory):
        yield


@contextmanager
def _in_memory(factory: pytest.TempPathFactory) -> Iterator[None]:
    made = tables(factory) / "xinqiao.sqlite3"
    with switched(NAME=IN_MEMORY):
        connection = connections[ALIAS]
        connection.ensure_connection()
        with closing(sqlite3.connect(made)) as file:
            file.backup(connection.connection)
        yield
        connection.connection.close()  # Django leaves one in memory open: its data would be gone


@contextmanager
def _on_the_server(factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = once(factory, TEMPLATE, _lay_template)
    with switched(NAME=TEMPLATE), fresh_database(folder):
        yield


def _lay_template(folder: Path) -> None:
    """A database that nobody enters once it is made: PostgreSQL copies no other."""
    folder.mkdir()
    maintenance(connections[ALIAS], f'CREATE DATABASE "{TEMPLATE}"')
    with switched(NAME=TEMPLATE):
        call_command("migrate", verbosity=0)
