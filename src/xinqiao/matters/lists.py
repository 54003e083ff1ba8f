"""Lists of matters that stay fast however many there are: what a list asks, and how an index answers it.

A page is found in the rows that an index gives in order (`scope.in_line`), with every filter that the index holds, and
only the rows shown are read. So a page costs what it shows and what it skips, not what the platform holds.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import groupby, islice
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from xinqiao.directory import queries as directory
from xinqiao.matters.models import Matter
from xinqiao.matters.numbers import normal_number
from xinqiao.matters.scope import in_line, visible, waiting
from xinqiao.matters.snapshot import FIRST_WITHOUT_DATE
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.states import UNDECIDED, State

WAITING, EVERYTHING, MINE, OVERDUE = "waiting", "all", "mine", "overdue"
#: The queues of the desk: the states in which a matter waits there for the unit that holds it.
QUEUES: dict[str, frozenset[State]] = {
    "to_register": frozenset({State.RECEIVED}),
    "to_refer": frozenset({State.REGISTERED}),
    "to_accept": frozenset({State.REFERRED}),
    "to_decide": frozenset({State.OBJECTED, State.DISPUTED}),
    "to_handle": frozenset({State.ACCEPTED}),
    "to_sign": frozenset({State.OPINION_SUBMITTED}),
    "to_deliver": frozenset(
        {State.OPINION_ISSUED, State.REVIEW_ISSUED, State.REEXAMINATION_ISSUED}
    ),
    "to_review": frozenset({State.REVIEWING, State.REEXAMINING}),
    "answered": frozenset({State.ANSWERED, State.REVIEWED}),
}
#: Queues that a state alone does not tell, across the others: notices still to give (art. 23), extensions that wait for
#: the head of the unit (art. 34).
ACROSS: dict[str, Q] = {
    "to_notify": Q(state__in=sorted(UNDECIDED), matter__facts__notified=False),
    "to_extend": Q(state=State.ACCEPTED, matter__facts__extension_asked__gt=0),
}
#: So many are counted in one list; a count that reaches it means "at least so many".
MOST_COUNTED = 1000
#: So many matters of a list are looked through for words, in the order of the list.
MOST_READ = 5000


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list may be narrowed by; empty values do not narrow.

    `queue`: one of `QUEUES` or `ACROSS`; `waiting`: all of them; `overdue`: those of them that are late; `mine`: open,
    designated to the person; anything else: all that the person may see. `words` are a number or words of the
    subject: words are looked for among the first `MOST_READ` of the list.
    """

    queue: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    channel: str = ""
    words: str = ""
    overdue: bool = False


def page(person: Person, filters: Filters, number: int, size: int, now: datetime) -> list[int]:
    """The row ids of one page of a list in its order, and one more if another page follows. Pages count from 1."""
    start = (number - 1) * size
    found = pieces(person, filters, now)
    if filters.words:
        return _with_words(person, found, filters.words, now)[start : start + size + 1]
    return _first(found, start, start + size + 1)


def words_reach_its_end(person: Person, filters: Filters, now: datetime) -> bool:
    """Whether words are looked for in the whole list; False where it goes on beyond its first `MOST_READ`."""
    if not filters.words or normal_number(filters.words) == filters.words:
        return True
    return len(_first(pieces(person, filters, now), 0, MOST_READ + 1)) <= MOST_READ


def pieces(person: Person, filters: Filters, now: datetime) -> list[QuerySet[Any]]:
    """The list as one or more ordered pieces that may overlap; see `scope.in_line`."""
    narrow = narrowed(filters, now)
    if filters.queue == MINE or person.kind is not PersonKind.STAFF:
        mine = (
            Q(officer__in=[person.account, *sorted(person.away)], open=True)
            if filters.queue == MINE
            else Q()
        )
        return [_visible(person, now).filter(mine, narrow).annotate(matter_id=F("id"))]
    if filters.queue in {WAITING, OVERDUE, *QUEUES, *ACROSS}:
        return [waiting(person, directory.units()).filter(narrow)]
    return [piece.filter(narrow) for piece in in_line(person, directory.units(), _today(now))]


def counts(person: Person, now: datetime) -> dict[str, int]:
    """How many matters wait in each queue of this person, how many are late, and are designated to the person.

    None beyond `MOST_COUNTED`: most people's desks are counted by one look, the fullest queue by queue.
    """
    across = [ExpressionWrapper(one, BooleanField()) for one in ACROSS.values()]
    desk = waiting(person, directory.units()).values_list("state", "rank", *across)
    few = list(desk[: MOST_COUNTED + 1])
    if len(few) > MOST_COUNTED:
        return {name: _counted(person, name, now) for name in (*QUEUES, *ACROSS, OVERDUE, MINE)}
    states, moment = Counter(row[0] for row in few), int(now.timestamp())
    return {
        **{name: sum(states[state] for state in of) for name, of in QUEUES.items()},
        **{name: sum(row[at] or 0 for row in few) for at, name in enumerate(ACROSS, 2)},
        OVERDUE: sum(row[1] <= moment for row in few),
        MINE: _counted(person, MINE, now),
    }


def _counted(person: Person, queue: str, now: datetime) -> int:
    (piece,) = pieces(person, Filters(queue=queue), now)
    return piece.order_by()[:MOST_COUNTED].count()


def next_ahead(person: Person, now: datetime) -> list[int]:
    """The row id of the matter waiting for the person's units whose date comes next, if one runs."""
    dated = waiting(person, directory.units()).filter(
        rank__gt=int(now.timestamp()), rank__lt=FIRST_WITHOUT_DATE
    )
    return _first([dated], 0, 1)


def narrowed(filters: Filters, now: datetime) -> Q:
    """The filters as columns that every piece has."""
    found = Q()
    for name in ("state", "kind", "channel"):
        if getattr(filters, name):
            found &= Q(**{name: getattr(filters, name)})
    if filters.queue in QUEUES:
        found &= Q(state__in=sorted(QUEUES[filters.queue]))
    found &= ACROSS.get(filters.queue, Q())
    if filters.category:
        found &= Q(category=filters.category) | Q(category__startswith=filters.category + ".")
    if filters.region:
        found &= Q(region__startswith=filters.region)
    if filters.overdue or filters.queue == OVERDUE:
        found &= Q(rank__lte=int(now.timestamp()))
    return found


def within(person: Person, filters: Filters, now: datetime) -> Q:
    """The filters and their list as a question about matters, for some hundreds that are found otherwise."""
    if filters.queue in {"", EVERYTHING}:
        return narrowed(filters, now)
    held = Q()
    for piece in pieces(person, filters, now):
        held |= Q(Exists(piece.order_by().filter(matter_id=OuterRef("pk"))))
    return held


def _first(found: Iterable[QuerySet[Any]], start: int, end: int) -> list[int]:
    """Rows of the pieces put together in order, each matter once."""
    rows = [piece.order_by("rank", "matter_id").values_list("rank", "matter_id") for piece in found]
    if len(rows) == 1:
        return [matter_id for _, matter_id in rows[0][start:end]]
    together = merge(*(piece[:end] for piece in rows))
    once = (matter_id for (_, matter_id), _ in groupby(together))
    return list(islice(once, start, end))


def _with_words(person: Person, found: list[QuerySet[Any]], words: str, now: datetime) -> list[int]:
    """Those whose number is this, or whose subject holds the words, among the first of the list."""
    if normal_number(words) == words:
        numbered = _visible(person, now).filter(number=words).values_list("id", flat=True)
        return _first([piece.filter(matter_id__in=list(numbered)) for piece in found], 0, 1)
    first = _first(found, 0, MOST_READ)
    holding = Matter.objects.filter(id__in=first, subject__icontains=words)
    hits = set(holding.values_list("id", flat=True))
    return [matter_id for matter_id in first if matter_id in hits]


def _visible(person: Person, now: datetime) -> QuerySet[Matter]:
    return visible(person, directory.units(), _today(now))


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
