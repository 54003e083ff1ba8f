"""The whole index anew, from nothing; and a look at whether it finds what a scan finds."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError, connection, transaction

from xinqiao.matters import followers
from xinqiao.matters.found import all_ids, bodies_of, ids_after
from xinqiao.rows.batches import batches
from xinqiao.search.attached import files_of
from xinqiao.search.engines import engine
from xinqiao.search.filing import NOT_FILED, filed_so_far, take
from xinqiao.search.jobs import NAME, set_whole
from xinqiao.search.values import Asked, Unusable
from xinqiao.text.finding import SHORTEST, plain

#: So many matters are filed in one transaction.
TOGETHER = 500
_LONGEST = 8


def rebuild() -> Iterator[int]:
    """Files every ledger anew. Gives how many matters were filed so far.

    Meanwhile what is filed already is found, and the worker may go on: what it filed is not filed twice. Where this is
    broken off, the worker goes on from the beginning, slowly.
    """
    upto, done, after = followers.last_position(), 0, 0
    with transaction.atomic():
        engine().begin_anew()
        followers.begin_anew(NAME)
        set_whole(whole=False)
    while some := ids_after(after, TOGETHER):
        known = filed_so_far(some)
        take([matter for matter, last_seq in some.items() if known.get(matter, 0) < last_seq])
        after, done = max(some), done + len(some)
        yield done
    engine().settle()
    followers.go_on_from(NAME, upto)
    set_whole(whole=True)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found: so many pieces were looked for, each of another text, and which were not found.

    `waiting`: so many of the matters that were chosen have still to be filed, and were not looked into.
    """

    pieces: int
    missed: tuple[tuple[int, str], ...]
    waiting: int = 0


def check(texts: int, seed: int) -> Checked:
    """Looks for a piece of each of so many texts, chosen by chance, in the matter that holds it.

    Raises Unusable where the index is missing or broken.
    """
    dice, missed = random.Random(seed), list[tuple[int, str]]()  # noqa: S311  chooses what is looked at
    matters, waiting = _chosen(texts, dice)
    chosen = list(islice(_texts(matters), texts))
    for matter, text in chosen:
        length = dice.randint(SHORTEST, min(_LONGEST, len(text)))
        start = dice.randint(0, len(text) - length)
        piece = text[start : start + length]
        if not _finds(matter, piece):
            missed.append((matter, piece))
    return Checked(pieces=len(chosen), missed=tuple(missed), waiting=waiting)


def _chosen(number: int, dice: random.Random) -> tuple[list[int], int]:
    """So many matters by chance, of all there are: of those that are filed, one that was passed over would be missing.

    Without those of which the follower has still to read something, and how many these are.
    """
    known = list(all_ids())
    chosen = dice.sample(known, min(len(known), number))
    unread = {one for some in batches(chosen, TOGETHER) for one in followers.unread_of(NAME, some)}
    return [one for one in chosen if one not in unread], len(unread)


def _texts(matters: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Plain texts of these matters, with their matter; each long enough to be looked for."""
    for matter in matters:
        files = files_of([matter]).get(matter, [])
        for body in [*bodies_of([matter]).get(matter, []), *files]:
            if body.field in NOT_FILED:
                continue
            text = plain(body.text)
            if len(text) >= SHORTEST:
                yield matter, text


def _finds(matter: int, piece: str) -> bool:
    asked = Asked([piece], None, frozenset())
    try:
        with transaction.atomic():
            return engine().newest(asked, matter + 1, 1) == [matter]
    except DatabaseError as problem:
        raise Unusable(f"{connection.vendor}: {problem}") from problem
