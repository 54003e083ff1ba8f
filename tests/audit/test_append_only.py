"""The audit only grows: the database refuses every way of changing what was written."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from xinqiao.audit import append_only, queries
from xinqiao.audit.actions import record
from xinqiao.audit.kinds import AuditAction

TABLE = "audit_auditentry"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_entry() -> Iterator[None]:
    record(AuditAction.LOGGED_IN, now=NOON, by_account=7, unit="anqing-petition-office")
    yield
    (entry,) = queries.entries()
    assert (entry.account_id, entry.action) == (7, AuditAction.LOGGED_IN)


def refused(sql: str) -> None:
    with (
        pytest.raises(IntegrityError, match=append_only.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET account_id = 8",
        f"DELETE FROM {TABLE}",
        f"INSERT INTO {TABLE} (id, at, account_id, unit, action, object_kind, reason, detail) "
        f"SELECT id, at, 8, unit, action, object_kind, reason, detail FROM {TABLE} WHERE true "
        "ON CONFLICT (id) DO UPDATE SET account_id = 8",
    ],
    ids=["update", "delete", "upsert"],
)
def test_no_row_is_changed_or_deleted(sql: str) -> None:
    refused(sql)


def test_insert_or_replace_is_refused_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is a statement of SQLite")
    refused(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}")
    refused(f"REPLACE INTO {TABLE} SELECT * FROM {TABLE}")
    refused(f"UPDATE OR REPLACE {TABLE} SET account_id = 8")
    refused(f"UPDATE OR IGNORE {TABLE} SET account_id = 8")


def test_truncate_and_replica_mode_are_refused_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE and replica mode exist on PostgreSQL")
    refused(f"TRUNCATE {TABLE}")
    refused(f"TRUNCATE {TABLE} CASCADE")
    refused(f"SET LOCAL session_replication_role = replica; DELETE FROM {TABLE}")
    refused(f"SET LOCAL session_replication_role = replica; TRUNCATE {TABLE}")


def test_a_missing_trigger_is_noticed() -> None:
    assert append_only.is_guarded(connection, TABLE)
    assert not append_only.is_guarded(connection, "django_content_type")
    append_only.allow(connection, TABLE)
    assert not append_only.is_guarded(connection, TABLE)
    append_only.forbid(connection, TABLE)
    assert append_only.is_guarded(connection, TABLE)


def test_a_table_is_guarded_and_freed_by_its_migration() -> None:
    operation = append_only.forbid_changes(TABLE)
    state = ProjectState()
    operation.database_backwards("audit", connection.schema_editor(), state, state)
    assert not append_only.is_guarded(connection, TABLE)
    operation.database_forwards("audit", connection.schema_editor(), state, state)
    assert append_only.is_guarded(connection, TABLE)


@pytest.mark.parametrize("name", ["", "Audit", "audit; DROP TABLE x", 'a"b', "a" * 51])
def test_what_is_no_table_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no table name"):
        append_only.forbid_changes(name)
