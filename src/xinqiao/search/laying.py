"""What a migration lays beside the tables of Django: the index, and a trigger that tells of erased texts.

Retention erases a text without a word in the ledger, so a follower of the ledger would never hear of it. On SQLite,
Django alters a table by making it anew, and triggers are lost with the old one: a later migration that alters
`matters_text` ends with `lay_trigger`.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xinqiao.search.engines import postgresql, sqlite

_NAME = "search_text_erased"
_STALE = "UPDATE search_filing SET stale = {true} WHERE matter = NEW.matter_id"
_WHEN = "NEW.erased_at IS NOT NULL"
_TRIGGER = {
    "sqlite": (
        f'CREATE TRIGGER "{_NAME}" AFTER UPDATE ON "matters_text" WHEN {_WHEN} '
        f"BEGIN {_STALE.format(true=1)}; END",
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {_STALE.format(true='true')}; RETURN NULL; END $$",
        f'CREATE TRIGGER "{_NAME}" AFTER UPDATE ON "matters_text" FOR EACH ROW WHEN ({_WHEN}) '
        f"EXECUTE FUNCTION {_NAME}()",
    ),
}
_NO_TRIGGER = {
    "sqlite": (f'DROP TRIGGER IF EXISTS "{_NAME}"',),
    "postgresql": (
        f'DROP TRIGGER IF EXISTS "{_NAME}" ON "matters_text"',
        f"DROP FUNCTION IF EXISTS {_NAME}()",
    ),
}
_LAID = {"sqlite": (sqlite.CREATE,), "postgresql": postgresql.CREATE}
_LIFTED = {"sqlite": (sqlite.DROP,), "postgresql": postgresql.DROP}


def lay(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index and trigger."""
    _do(schema_editor, _LAID)
    lay_trigger(apps, schema_editor)


def lift(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Neither of them."""
    _do(schema_editor, _NO_TRIGGER)
    _do(schema_editor, _LIFTED)


def lay_anew(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An empty index in place of one that is written otherwise; the follower reads from the first entry on."""
    _do(schema_editor, _LIFTED)
    schema_editor.execute("DELETE FROM search_filing", params=None)
    _do(schema_editor, _LAID)
    apps.get_model("search", "Progress").objects.update(whole=False)
    apps.get_model("matters", "Follower").objects.filter(name="search").update(position=0)


def lay_trigger(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The trigger alone, in place of one that is there."""
    _do(schema_editor, _NO_TRIGGER)
    _do(schema_editor, _TRIGGER)


def _do(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, tuple[str, ...]]) -> None:
    for sql in statements[schema_editor.connection.vendor]:
        schema_editor.execute(sql, params=None)
