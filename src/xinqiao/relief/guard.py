"""The books guard themselves: the database refuses an entry that does not follow from the one before.

    operations = [migrations.CreateModel("Entry", ...), forbid_changes("relief_entry"), guard_books()]

Constraints say that the two sides of a row are equal and nothing is below zero. This trigger says the rest: the
numbers run on without a gap, every balance is that of the row before with this one amount moved, a reservation is paid
or lifted whole, and no more comes back than was paid. So the books hold at every moment, whoever writes.

On SQLite, Django alters a table by making it anew, and its triggers go with the old one: a later migration that alters
`relief_entry` ends with both guards again. A refused row raises `django.db.IntegrityError` with the text `REFUSAL`.
"""

# ruff: noqa: S608  the SQL is put together from names of our own
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "xinqiao: books"
TABLE = "relief_entry"
_NAME = f"{TABLE}_follows"
#: The accounts as columns, by their side; written out, since a migration stays what it was.
DEBIT_SIDE = ("available", "reserved", "paid")
CREDIT_SIDE = ("fiscal", "superior", "donated", "returned")


def _follows(account: str, gains: str, loses: str) -> str:
    """The balance of one account is that of the row before, with the amount added or taken away."""
    return (
        f"NEW.{account} = COALESCE((SELECT e.{account} FROM {TABLE} e WHERE e.fund_id = NEW.fund_id"
        f" AND e.seq = NEW.seq - 1), 0)"
        f" + CASE WHEN NEW.{gains} = '{account}' THEN NEW.amount ELSE 0 END"
        f" - CASE WHEN NEW.{loses} = '{account}' THEN NEW.amount ELSE 0 END"
    )


#: The condition that a new row must meet, the same SQL for both databases.
FOLLOWS = " AND ".join([
    f"NEW.seq = 1 + COALESCE((SELECT MAX(e.seq) FROM {TABLE} e WHERE e.fund_id = NEW.fund_id), 0)",
    *(_follows(account, "debit", "credit") for account in DEBIT_SIDE),
    *(_follows(account, "credit", "debit") for account in CREDIT_SIDE),
    "(NEW.kind NOT IN ('pay', 'release')"
    f" OR EXISTS (SELECT 1 FROM {TABLE} e WHERE e.request_id = NEW.request_id AND e.kind = 'reserve'"
    " AND e.fund_id = NEW.fund_id AND e.amount = NEW.amount))",
    "(NEW.kind <> 'return' OR NEW.amount"
    f" + COALESCE((SELECT SUM(e.amount) FROM {TABLE} e WHERE e.request_id = NEW.request_id AND e.kind = 'return'), 0)"
    f" <= COALESCE((SELECT e.amount FROM {TABLE} e WHERE e.request_id = NEW.request_id AND e.kind = 'pay'"
    " AND e.fund_id = NEW.fund_id), 0))",
])  # fmt: skip

# 23514 is check_violation: Django raises it as IntegrityError, as it does SQLite's ABORT. ALWAYS: also in replica mode.
_SQL = {
    "sqlite": (
        f'CREATE TRIGGER "{_NAME}" BEFORE INSERT ON "{TABLE}"'
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}') WHERE NOT ({FOLLOWS}); END",
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT ({FOLLOWS}) THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514'; END IF;"
        " RETURN NEW; END $$",
        f'CREATE TRIGGER "{_NAME}" BEFORE INSERT ON "{TABLE}" FOR EACH ROW EXECUTE FUNCTION {_NAME}()',
        f'ALTER TABLE "{TABLE}" ENABLE ALWAYS TRIGGER "{_NAME}"',
    ),
}
_UNDO = {
    "sqlite": (f'DROP TRIGGER IF EXISTS "{_NAME}"',),
    "postgresql": (f'DROP TRIGGER IF EXISTS "{_NAME}" ON "{TABLE}"',),
}
_THERE = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name = %s",
    "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgname = %s AND tgenabled = 'A'",
}


def guard_books() -> migrations.RunPython:
    """The migration operation that guards the books, and lets go of them when it is reversed."""
    return migrations.RunPython(_run(_SQL), _run(_UNDO))


def _run(statements: Mapping[str, tuple[str, ...]]) -> Any:
    def run(_: Any, schema_editor: Any) -> None:
        for sql in _of(statements, schema_editor.connection):
            schema_editor.execute(sql, params=None)

    return run


def _of(
    statements: Mapping[str, tuple[str, ...]], connection: BaseDatabaseWrapper
) -> Iterator[str]:
    yield from statements[connection.vendor]


def is_guarded(connection: BaseDatabaseWrapper) -> bool:
    """Whether the trigger is there and enabled."""
    with connection.cursor() as cursor:
        cursor.execute(_THERE[connection.vendor], [_NAME])
        return bool(cursor.fetchone()[0])
