"""On PostgreSQL: a GIN index over numbers that stand for pairs and marks, and the plain text, which has the last word.

A number of 32 bits for each pair costs a third of what its characters do. Pairs may stand apart in a text, and a mark
may share the number of a pair: what the index gives is held against the text itself.

GIN gives no order. So each matter is also filed under the blocks in which its row number lies, of three sizes, and a
question asks block by block, from the highest down, as many at a time as are likely to hold what is still wanted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from django.db import connection, transaction

from xinqiao.search.values import Asked, Page
from xinqiao.text.finding import pair_numbers

TABLE = "search_filing"
INDEX = "search_keys"
#: How many bits of a row number are within a block: 4,096 matters, 32,768, 262,144. A block says in its lowest bits how
#: large it is.
_BITS = (12, 15, 18)
_KINDS = 2
_BLOCKS = ", ".join(f"(matter >> {bits} << {_KINDS}) + {kind}" for kind, bits in enumerate(_BITS))
_BLOCKS = f"(ARRAY[{_BLOCKS}])"
#: So many of the largest blocks are asked at a time.
_MOST_BLOCKS = 8
#: Rows stay in one piece, since they are held against the text. The planner need not know which numbers are common:
#: there is one way to ask.
_COLUMN = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS keys integer[] NOT NULL DEFAULT '{{}}'",
    f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160)",
    f"ALTER TABLE {TABLE} ALTER COLUMN keys SET STORAGE MAIN, ALTER COLUMN words SET STORAGE MAIN, "
    "ALTER COLUMN keys SET STATISTICS 0, ALTER COLUMN words SET STATISTICS 0",
)
_INDEXED = f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (keys, {_BLOCKS})"
CREATE = (*_COLUMN, _INDEXED)
DROP = (f"DROP INDEX IF EXISTS {INDEX}", f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS keys")
_STANDING = f"SELECT max(matter), to_regclass('{INDEX}') IS NOT NULL FROM {TABLE} WHERE matter < %s"  # noqa: S608
#: So many hits in the blocks asked: fewer or smaller ones are asked. In one of the smallest there is no such bound, and
#: never so many. The bound also keeps the order out of the question: else the planner might walk down the rows.
TOO_MANY, _NEVER = 1200, (1 << _BITS[0]) + 1
_FIND = (
    f"SELECT matter, count(*) OVER () FROM (SELECT matter FROM {TABLE} WHERE {{having}} AND {_BLOCKS} && %s::bigint[] "  # noqa: S608
    f"AND matter + 0 < %s LIMIT %s) AS found ORDER BY matter DESC LIMIT %s"
)
#: Without the index, the other way round: what is asked is kept out of the order.
_WALK = (
    f"SELECT matter FROM (SELECT matter, words, keys FROM {TABLE} WHERE matter < %s ORDER BY matter DESC OFFSET 0) "  # noqa: S608
    "AS standing WHERE {having} LIMIT %s"
)
_WRITE = (
    f"INSERT INTO {TABLE} (matter, last_seq, stale, marks, words, keys) "  # noqa: S608
    "SELECT matter, last_seq, false, marks, words, keys::integer[] "
    "FROM unnest(%s::bigint[], %s::integer[], %s::text[], %s::text[], %s::text[]) "
    "AS page (matter, last_seq, marks, words, keys) "
    "ON CONFLICT (matter) DO UPDATE SET last_seq = excluded.last_seq, stale = false, marks = excluded.marks, "
    f"words = excluded.words, keys = excluded.keys WHERE {TABLE}.last_seq <= excluded.last_seq"
)
#: An index that is made at once is quicker with room to sort in.
_ROOM = "SET LOCAL maintenance_work_mem = '256MB'"


def write(pages: Sequence[Page]) -> None:
    """See `Engine`. What another worker filed of a later state stays."""
    columns = (
        [page.matter for page in pages],
        [page.last_seq for page in pages],
        [page.marks for page in pages],
        [page.words for page in pages],
        [_written(page) for page in pages],
    )
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)


def newest(asked: Asked, before: int, most: int) -> list[int]:
    """See `Engine`. Until the index is made, the rows are walked down."""
    having = "keys @> %s::integer[]"
    numbers = set[int]().union(*map(pair_numbers, asked.pieces))
    values: list[Any] = [_literal({*numbers, *_marks(asked.all_of)})]
    if asked.any_of is not None:
        having += " AND keys && %s::integer[]"
        values.append(_literal(_marks(asked.any_of)))
    having += " AND position(%s in words) > 0" * len(asked.pieces)
    values += asked.pieces
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [before])
        last, indexed = cursor.fetchone()
        if last is None:
            return []
        if not indexed:
            cursor.execute(_WALK.format(having=having), [before, *values, most])
            return [row for (row,) in cursor.fetchall()]
        find = _FIND.format(having=having)

        def ask(blocks: Sequence[int], above: int, bound: int, wanted: int) -> list[Any]:
            cursor.execute(find, [*values, _literal(blocks), above, bound, wanted])
            return cursor.fetchall()

        return walked(ask, last + 1, most)


def walked(
    ask: Callable[[Sequence[int], int, int, int], list[Any]], above: int, most: int
) -> list[int]:
    """The highest row numbers below `above` that `ask` finds, at most so many, from the highest down.

    `ask` looks in some blocks below a row number, stops at so many hits, and gives so many of them at most: the highest
    first, each with how many there were.
    """
    found, walk = list[int](), Walk(above)
    while len(found) < most and walk.above > 0:
        wanted = most - len(found)
        blocks = walk.next_blocks(wanted)
        bound = TOO_MANY if len(blocks) > 1 or blocks[0] & 3 else _NEVER
        new = ask(blocks, walk.asked_above, bound, wanted)
        if new and new[0][1] >= bound:
            walk.step_back(blocks)
        else:
            walk.come_to(len(new))
            found += [row for row, _ in new]
    return found


class Walk:
    """A way through the blocks from a row number down: large ones where little was met, small ones where much was.

    `above`: all row numbers from here on have been asked.
    """

    def __init__(self, above: int) -> None:
        self.begin = self.above = self.asked_above = above
        self._met = 0
        # Since where hits were met without a gap, and how many: what comes next is likely to be as dense.
        self._dense_since, self._dense = above, 0
        # So many hits are left at least from `above` down to there, in blocks that had too many.
        self._left, self._left_down_to = 0, 0
        self._largest, self._most = len(_BITS) - 1, _MOST_BLOCKS

    def come_to(self, met: int) -> None:
        """So many hits were met in the blocks asked last."""
        if met and not self._dense:
            self._dense_since = self.asked_above
        self._dense = self._dense + met if met else 0
        self._met += met
        self._left = max(0, self._left - met) if self.above > self._left_down_to else 0
        if met:
            self._largest, self._most = len(_BITS) - 1, _MOST_BLOCKS

    def step_back(self, blocks: Sequence[int]) -> None:
        """These blocks, asked last, have too many hits: they are asked again, one at a time or by smaller ones."""
        self._left, self._left_down_to = TOO_MANY, self.above
        self.above = self.asked_above
        if len(blocks) > 1:
            self._most = 1
        else:
            self._largest, self._most = (blocks[0] & 3) - 1, 1

    def next_blocks(self, wanted: int) -> list[int]:
        """The blocks to ask next, where so many hits are still wanted. Those below `asked_above` are meant."""
        self.asked_above, far = self.above, self._far(wanted)
        kind = self._kind(far)
        bits = _BITS[kind]
        highest = (self.above - 1) >> bits
        lowest = max(0, highest - max(1, min(far >> bits, self._most)) + 1)
        if kind + 1 < len(_BITS):  # no further than to where larger ones begin
            within = _BITS[kind + 1] - bits
            lowest = max(lowest, highest >> within << within)
        if self._hold_too_many(lowest << bits):
            lowest = highest
        self.above = lowest << bits
        return [(block << _KINDS) + kind for block in range(lowest, highest + 1)]

    def _far(self, wanted: int) -> int:
        """How many row numbers are likely to hold them, and half as many again; at first, one block."""
        gone = self.begin - self.above
        if self._dense:
            return (self._dense_since - self.above) * wanted * 3 // (2 * self._dense)
        if self._met:
            return gone * wanted * 3 // (2 * self._met)
        return gone * 8 * wanted if gone else 1

    def _kind(self, far: int) -> int:
        """The largest blocks that are wanted whole and begin here."""
        fits = (
            kind for kind, bits in enumerate(_BITS) if far >> bits and not self.above % (1 << bits)
        )
        kind = min(max(fits, default=0), self._largest)
        holds = self._hold_too_many(self.above - (1 << _BITS[kind]))
        return max(0, kind - 1) if holds else kind

    def _hold_too_many(self, down_to: int) -> bool:
        """Whether the rows from here down to there hold all that is left of blocks that had too many."""
        return self._left > TOO_MANY // 2 and down_to <= self._left_down_to


def begin_anew() -> None:
    """See `Engine`. An index that is made at once is quicker: until it settles, a question walks down the rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")
        for statement in (*DROP, *_COLUMN):
            cursor.execute(statement)


def settle() -> None:
    """See `Engine`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_INDEXED)
        cursor.execute(f"ANALYZE {TABLE}")


def _written(page: Page) -> str:
    numbers = set[int]()
    for text in page.words.split("\n"):
        numbers |= pair_numbers(text)
    numbers.update(_marks(page.marks.split()))
    return _literal(numbers)


def _marks(marks: Iterable[str]) -> Iterator[int]:
    """The numbers of marks, with a sign, as PostgreSQL's integers have one."""
    return (crc32(mark.encode()) - 2**31 for mark in marks)


def _literal(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL reads it: quicker than a value for each number."""
    return f"{{{','.join(map(str, numbers))}}}"
