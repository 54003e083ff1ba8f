"""Finding matters by any piece of what was written in them; scope and wall are asked before anything is counted.

The index is walked from the matter that was entered last down, under the marks of who asks; `matters.found.among` says
of each stretch what exists for them. What does not, is neither shown, nor counted, nor does it end the walk.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from xinqiao.matters import queries as matters
from xinqiao.matters.found import Body, among, bodies_of, marks_for, marks_within
from xinqiao.matters.queries import Filters, Line
from xinqiao.rules.persons import Person
from xinqiao.search.attached import files_of
from xinqiao.search.engines import engine
from xinqiao.search.excerpts import excerpts, pieces
from xinqiao.search.models import Filing, Progress
from xinqiao.search.values import All, Asked, Found, Hit, Order, Unusable
from xinqiao.text.finding import SHORTEST, plain, wanted

__all__ = ["MOST_COUNTED", "SHORTEST", "find", "find_all", "is_whole", "length"]
#: So many hits are counted; beyond, one narrows them.
MOST_COUNTED = 500
#: So many matters are asked of the index at a time, and so many that exist for who asks are looked through in all.
_STRETCH, MOST_WALKED = 600, 12_000
_BEYOND_ALL = 2**62


def length(words: str) -> int:
    """How many characters of this are looked for: blanks do not count."""
    return len(plain(words))


def is_whole() -> bool:
    """Whether everything that was ever entered has been filed; else hits may be missing."""
    return Progress.objects.filter(whole=True).exists()


def find(
    person: Person,
    words: str,
    filters: Filters,
    now: datetime,
    *,
    number: int = 1,
    size: int = 20,
    order: Order = Order.NEWEST,
) -> Found:
    """Page `number` of the matters that exist for the person, pass the filters and hold these words.

    Blanks part words that are looked for each by itself (`text.finding.wanted`). All together have `SHORTEST`
    characters or more. Raises Unusable where the index is missing or broken.
    """
    found = find_all(person, words, filters, now)
    looked_for, ids = wanted(words), found.ids
    if order is Order.RELEVANCE:
        ids = _by_relevance(person, ids, looked_for, now)
    return Found(
        hits=_hits(person, ids[(number - 1) * size : number * size], looked_for, now),
        number=len(ids),
        more=found.more,
        whole=found.whole,
        all=found,
    )


def find_all(person: Person, words: str, filters: Filters, now: datetime) -> All:
    """All that are counted, the latest received first. Raises Unusable where the index is missing or broken."""
    try:
        with _kept_whole():
            ids, whole = _ids(person, wanted(words), filters, now)
    except DatabaseError as problem:
        raise Unusable(str(problem)) from problem
    return All(ids[:MOST_COUNTED], len(ids) > MOST_COUNTED, whole)


def _kept_whole() -> AbstractContextManager[Any]:
    """Within a transaction, a question that fails must not break it; else none is begun: on SQLite it would wait for
    whoever writes.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _by_relevance(
    person: Person, ids: Sequence[int], looked_for: Sequence[str], now: datetime
) -> list[int]:
    """These hits, given the latest first: by how many pieces the subject has, then by how often they stand."""
    seen = matters.scope(person, now).filter(id__in=[*ids, -1]).values_list("id", "subject")
    about = {one: sum(piece in plain(subject) for piece in looked_for) for one, subject in seen}
    filed = Filing.objects.filter(matter__in=list(ids)).values_list("matter", "words")
    places = {one: sum(map(words.count, looked_for)) for one, words in filed}
    return sorted(ids, key=lambda one: (-about.get(one, 0), -places.get(one, 0)))


def _ids(
    person: Person, looked_for: Sequence[str], filters: Filters, now: datetime
) -> tuple[list[int], bool]:
    """The hits that were entered last, one more than are counted if there are; and whether the walk came to its end.

    They come by the day of receipt, the latest first.
    """
    asked = Asked(looked_for, marks_for(person, now), marks_within(filters))
    if asked.any_of is not None and not asked.any_of:
        return [], True
    found, looked, before = list[tuple[datetime, int]](), 0, _BEYOND_ALL
    while True:
        stretch = engine().newest(asked, before, _STRETCH)
        seen = among(person, filters, _without_stale(stretch), now)
        found += seen.fitting
        looked += seen.visible
        if len(found) > MOST_COUNTED or len(stretch) < _STRETCH or looked >= MOST_WALKED:
            break
        before = stretch[-1]
    ids = [matter for _, matter in sorted(found, reverse=True)]
    return ids[: MOST_COUNTED + 1], len(found) > MOST_COUNTED or len(stretch) < _STRETCH


def _without_stale(found: list[int]) -> list[int]:
    """Of what an erased text may have been found in, nothing is found until it is filed anew."""
    stale = set(Filing.objects.filter(stale=True).values_list("matter", flat=True))
    return [matter for matter in found if matter not in stale] if stale else found


def _hits(
    person: Person, ids: Sequence[int], looked_for: Sequence[str], now: datetime
) -> list[Hit]:
    seen = matters.lines(matters.scope(person, now).filter(id__in=[*ids, -1]))
    lines, bodies, files = {line.id: line for line in seen}, bodies_of(ids), files_of(ids)
    return [
        _hit(lines[one], [*bodies.get(one, []), *files.get(one, [])], looked_for)
        for one in ids
        if one in lines
    ]


def _hit(line: Line, bodies: Sequence[Body], looked_for: Sequence[str]) -> Hit:
    subject = pieces(line.subject, looked_for)
    return Hit(line=line, subject=subject, excerpts=excerpts(bodies, looked_for))
