"""On SQLite: FTS5 over pairs of characters, in a table that keeps no text of its own.

A piece of text is a phrase of overlapping pairs. Marks are a second column, so that one walk through the index, from
the newest down, meets only what may be shown. The table forgets a matter when it is told what it was told before.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from xinqiao.search.models import Filing
from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pairs

TABLE = "search_pairs"
#: Every sign of ASCII is part of a word: words are parted by blanks alone.
_SIGNS = "".join(map(chr, range(0x21, 0x7F)))
_SIGNS = "".join(one for one in _SIGNS if not one.isalnum()).replace('"', '""').replace("'", "''''")
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
    f"(words, marks, content='', columnsize=0, tokenize=\"ascii tokenchars '{_SIGNS}'\")"
)
DROP = f"DROP TABLE IF EXISTS {TABLE}"
#: Between two texts: no pair, so that no phrase goes on beyond the end of one.
_END = "|||"
_INSERT = f"INSERT INTO {TABLE} (rowid, words, marks) VALUES (%s, %s, %s)"  # noqa: S608  a name of our own
_FORGET = f"INSERT INTO {TABLE} ({TABLE}, rowid, words, marks) VALUES ('delete', %s, %s, %s)"  # noqa: S608
_FIND = (
    f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
)


def write(pages: Sequence[Page]) -> None:
    """See `Engine`."""
    known = Filing.objects.filter(matter__in=[page.matter for page in pages])
    old = list(known.values_list("matter", "words", "marks"))
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET, list(_rows(old)))
        new = [(page.matter, page.words, page.marks) for page in pages]
        cursor.executemany(_INSERT, list(_rows(new)))
    Filing.objects.bulk_create(
        [Filing(stale=False, **page._asdict()) for page in pages],
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=["last_seq", "stale", "marks", "words"],
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


def _rows(filed: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    for matter, words, marks in filed:
        yield matter, f" {_END} ".join(" ".join(pairs(one)) for one in words.split("\n")), marks


def _expression(asked: Asked) -> str:
    """The question in the language of FTS5: the phrase, one of these marks, and each of those."""
    parts = [f"words : {_quoted(' '.join(pairs(asked.piece)))}"]
    if asked.any_of is not None:
        parts.append(f"marks : ({' OR '.join(map(_quoted, sorted(asked.any_of)))})")
    parts += [f"marks : {_quoted(mark)}" for mark in sorted(asked.all_of)]
    return " AND ".join(parts)


def _quoted(words: str) -> str:
    doubled = words.replace('"', '""')
    return f'"{doubled}"'
