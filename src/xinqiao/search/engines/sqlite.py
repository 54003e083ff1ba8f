"""On SQLite: FTS5 over pairs of characters, in a table that keeps no text of its own.

A piece of text is a phrase of overlapping pairs. Marks are a second column, so that one walk through the index, from
the newest down, meets only what may be shown. The table forgets a matter when it is told what it was told before.
"""

from collections.abc import Sequence

from django.db import connection

from xinqiao.search.models import Filing
from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pairs, pairs_apart

TABLE = "search_pairs"
#: Every sign of ASCII is part of a word: words are parted by blanks alone.
_SIGNS = "".join(map(chr, range(0x21, 0x7F)))
_SIGNS = "".join(one for one in _SIGNS if not one.isalnum()).replace('"', '""').replace("'", "''''")
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
    f"(words, marks, content='', columnsize=0, tokenize=\"ascii tokenchars '{_SIGNS}'\")"
)
DROP = f"DROP TABLE IF EXISTS {TABLE}"
_INSERT = f"INSERT INTO {TABLE} (rowid, words, marks) VALUES (%s, %s, %s)"  # noqa: S608  a name of our own
_FORGET = f"INSERT INTO {TABLE} ({TABLE}, rowid, words, marks) VALUES ('delete', %s, %s, %s)"  # noqa: S608
#: What it was told, by which it forgets.
_KEEP = (
    "INSERT INTO search_filing (matter, last_seq, stale, marks, words) VALUES (%s, %s, 0, %s, %s) "
    "ON CONFLICT (matter) DO UPDATE SET last_seq = excluded.last_seq, stale = 0, marks = excluded.marks, "
    "words = excluded.words"
)
_FIND = (
    f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
)


def write(pages: Sequence[Page]) -> None:
    """See `Engine`."""
    known = Filing.objects.filter(matter__in=[page.matter for page in pages])
    old = known.values_list("matter", "words", "marks")
    forgotten = [(matter, pairs_apart(words), marks) for matter, words, marks in old]
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET, forgotten)
        cursor.executemany(
            _INSERT, [(page.matter, pairs_apart(page.words), page.marks) for page in pages]
        )
        cursor.executemany(
            _KEEP, [(page.matter, page.last_seq, page.marks, page.words) for page in pages]
        )


def newest(asked: Asked, before: int, most: int) -> list[int]:
    """See `Engine`."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [_expression(asked), before, most])
        return [row for (row,) in cursor.fetchall()]


def begin_anew() -> None:
    """See `Engine`."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(CREATE)
    Filing.objects.all().delete()


def settle() -> None:
    """See `Engine`."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


def _expression(asked: Asked) -> str:
    """The question in the language of FTS5: each phrase, one of these marks, and each of those."""
    parts = [f"words : {_quoted(' '.join(pairs(piece)))}" for piece in asked.pieces]
    if asked.any_of is not None:
        parts.append(f"marks : ({' OR '.join(map(_quoted, sorted(asked.any_of)))})")
    parts += [f"marks : {_quoted(mark)}" for mark in sorted(asked.all_of)]
    return " AND ".join(parts)


def _quoted(words: str) -> str:
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
