"""On PostgreSQL: a GIN index over numbers that stand for pairs and marks, and the plain text, which has the last word.

A number of 32 bits for each pair costs a third of what its characters do. Two pairs may share one, and pairs may stand
apart in a text: what the index gives is held against the text itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from django.db import connection

from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pairs

TABLE = "search_filing"
INDEX = "search_keys"
#: Rows stay in one piece, since a walk down them reads texts and keys.
_COLUMN = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS keys integer[] NOT NULL DEFAULT '{{}}'",
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160)",
    f"ALTER TABLE {TABLE} ALTER COLUMN keys SET STORAGE MAIN, ALTER COLUMN words SET STORAGE MAIN",
)
_INDEXED = f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (keys)"
CREATE = (*_COLUMN, _INDEXED)
DROP = (f"DROP INDEX IF EXISTS {INDEX}", f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS keys")
#: Pairs of one word stand together more often than by chance, which the planner does not know: among so many rows that
#: come first, so many hits say that to walk down the rows is quicker than to sort what the index gives.
_LOOKED_AT, _COMMON = 500, 20
_NEAR = (
    f"SELECT count(*) FROM (SELECT words, keys FROM {TABLE} WHERE matter < %s ORDER BY matter DESC LIMIT %s) AS near "  # noqa: S608
    "WHERE {having}"
)
_FIND = f"SELECT matter FROM {TABLE} WHERE {{having}} AND matter < %s ORDER BY matter DESC LIMIT %s"  # noqa: S608
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
    """See `Engine`. Inside a transaction: how it is planned is said for it alone."""
    having = "position(%s in words) > 0 AND keys @> %s::integer[]"
    values: list[Any] = [asked.piece, _keys([*pairs(asked.piece), *asked.all_of])]
    if asked.any_of is not None:
        having += " AND keys && %s::integer[]"
        values.append(_keys(asked.any_of))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        cursor.execute(_NEAR.format(having=having), [before, _LOOKED_AT, *values])
        common = cursor.fetchone()[0] >= _COMMON
        cursor.execute(f"SET LOCAL enable_bitmapscan = {'off' if common else 'on'}")
        cursor.execute(_FIND.format(having=having), [*values, before, most])
        return [row for (row,) in cursor.fetchall()]


def begin_anew() -> None:
    """See `Engine`. An index that is made at once is quicker: until it settles, a question walks down the rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")
        for statement in (*DROP, *_COLUMN):
            cursor.execute(statement)


def settle() -> None:
    """See `Engine`."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXED)
        cursor.execute(f"ANALYZE {TABLE}")


def _all_of(page: Page) -> set[str]:
    return {pair for text in page.words.split("\n") for pair in pairs(text)} | set(
        page.marks.split()
    )


def _keys(words: Iterable[str]) -> list[int]:
    """The numbers of these pairs and marks, with a sign, as PostgreSQL's integers have one."""
    return sorted({crc32(one.encode()) - 2**31 for one in words})
