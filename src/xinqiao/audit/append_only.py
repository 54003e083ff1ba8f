"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE, whoever asks.

Used by a migration as its last operation on the table:

    operations = [migrations.CreateModel(...), forbid_changes("matters_ledgerentry")]

On SQLite, Django alters a table by making it anew, and the triggers are lost with the old one: a
later migration that alters such a table ends with `forbid_changes` again.
A refused statement raises `django.db.IntegrityError` with the text `REFUSAL` on both databases.
On SQLite, `INSERT OR REPLACE` is refused only while `PRAGMA recursive_triggers` is on: the settings
turn it on for every connection.
"""

import re
from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

REFUSAL = "xinqiao: append-only"
# At most 50 characters: with its ending, the name of a trigger fits PostgreSQL's 63 bytes.
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
_EVENTS = {"sqlite": ("update", "delete"), "postgresql": ("change", "truncate")}

_SQLITE_TRIGGER = (
    'CREATE TRIGGER "{table}_no_{event}" BEFORE {event} ON "{table}" '
    "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
# 23001 is restrict_violation: Django raises it as IntegrityError, as it does SQLite's ABORT.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION xinqiao_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{refusal}' USING ERRCODE = '23001';
END
$$
"""
# ALWAYS: a session in replica mode skips ordinary triggers.
_POSTGRESQL_TRIGGERS = (
    'CREATE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" '
    "FOR EACH ROW EXECUTE FUNCTION xinqiao_append_only()",
    'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
    "FOR EACH STATEMENT EXECUTE FUNCTION xinqiao_append_only()",
    'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{table}_no_change"',
    'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{table}_no_truncate"',
)
_TRIGGERS_OF = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal AND tgenabled = 'A'",
}


def _known(vendor: str) -> str:
    if vendor not in _EVENTS:
        raise NotSupportedError(f"append-only tables need SQLite or PostgreSQL, not {vendor}")
    return vendor


def _forbid_sql(vendor: str, table: str) -> Iterator[str]:
    if _known(vendor) == "sqlite":
        for event in _EVENTS[vendor]:
            yield _SQLITE_TRIGGER.format(table=table, event=event, refusal=REFUSAL)
        return
    yield _POSTGRESQL_FUNCTION.format(refusal=REFUSAL)
    for statement in _POSTGRESQL_TRIGGERS:
        yield statement.format(table=table)


def _allow_sql(vendor: str, table: str) -> Iterator[str]:
    of_table = f' ON "{table}"' if _known(vendor) == "postgresql" else ""
    for event in _EVENTS[vendor]:
        yield f'DROP TRIGGER IF EXISTS "{table}_no_{event}"{of_table}'


class _ForbidChanges(Operation):
    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState | Apps,
        to_state: ProjectState | Apps,
    ) -> None:
        for sql in _forbid_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState | Apps,
        to_state: ProjectState | Apps,
    ) -> None:
        for sql in _allow_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(sql, params=None)

    def describe(self) -> str:
        return f"Forbid changing or deleting rows of {self.table}"


def forbid_changes(table: str) -> Operation:
    """The migration operation that makes `table` append-only, and back when it is reversed.

    Raises ValueError for a name that is no lower-case table name of at most 50 characters.
    """
    if not _TABLE_NAME.fullmatch(table):
        raise ValueError(f"{table!r} is no table name of at most 50 lower-case characters")
    return _ForbidChanges(table)


def is_guarded(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the database refuses changes of `table` now: every trigger is there and enabled."""
    vendor = _known(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS_OF[vendor], [table])
        found = {name for (name,) in cursor.fetchall()}
    return found >= {f"{table}_no_{event}" for event in _EVENTS[vendor]}


def allow(connection: BaseDatabaseWrapper, table: str) -> None:
    """Let `table` be changed: for tests that empty a database with real commits, nothing else."""
    with connection.cursor() as cursor:
        for sql in _allow_sql(connection.vendor, table):
            cursor.execute(sql)


def forbid(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make `table` append-only again after `allow`."""
    with connection.cursor() as cursor:
        for sql in _forbid_sql(connection.vendor, table):
            cursor.execute(sql)
