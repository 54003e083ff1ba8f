"""On PostgreSQL: a GIN index over numbers that stand for pairs and marks, and the plain text, which has the last word.

A number of 32 bits for each pair costs a third of what its characters do. Two pairs may share one, and pairs may stand
apart in a text: what the index gives is held against the text itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from django.db import connection

from xinqiao.search.models import Filing
from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pairs

TABLE = "search_filing"
INDEX = "search_keys"
CREATE = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS keys integer[] NOT NULL DEFAULT '{{}}'",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (keys)",
)
DROP = (f"DROP INDEX IF EXISTS {INDEX}", f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS keys")
_WRITE = (
    f"INSERT INTO {TABLE} (matter, last_seq, stale, marks, words, keys) VALUES (%s, %s, false, %s, %s, %s) "  # noqa: S608
    "ON CONFLICT (matter) DO UPDATE SET last_seq = excluded.last_seq, stale = false, marks = excluded.marks, "
    f"words = excluded.words, keys = excluded.keys WHERE {TABLE}.last_seq <= excluded.last_seq"
)


def write(pages: Sequence[Page]) -> None:
    """See `Engine`. What another worker filed of a later state stays."""
    rows = [
        (page.matter, page.last_seq, page.marks, page.words, _keys(_all_of(page))) for page in pages
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, rows)


def newest(asked: Asked, before: int, most: int) -> list[int]:
    """See `Engine`."""
    needed = _keys([*pairs(asked.piece), *asked.all_of])
    having = "keys @> %s::integer[] AND position(%s in words) > 0"
    values: list[Any] = [needed, asked.piece]
    if asked.any_of is not None:
        having += " AND keys && %s::integer[]"
        values.append(_keys(asked.any_of))
    sql = f"SELECT matter FROM {TABLE} WHERE {having} AND matter < %s ORDER BY matter DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, before, most])
        return [row for (row,) in cursor.fetchall()]


def begin_anew() -> None:
    """See `Engine`."""
    with connection.cursor() as cursor:
        for statement in (*DROP, *CREATE):
            cursor.execute(statement)
    Filing.objects.all().delete()


def settle() -> None:
    """See `Engine`."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")


def _all_of(page: Page) -> set[str]:
    return {pair for text in page.words.split("\n") for pair in pairs(text)} | set(
        page.marks.split()
    )


def _keys(words: Iterable[str]) -> list[int]:
    """The numbers of these pairs and marks, with a sign, as PostgreSQL's integers have one."""
    return sorted({crc32(one.encode()) - 2**31 for one in words})
