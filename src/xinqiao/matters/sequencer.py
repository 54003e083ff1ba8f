"""One order of all ledgers: every entry gets a position, 1, 2, 3 and so on, without gaps, each once.

Row ids are no such order. On PostgreSQL they are given before a transaction commits: a lower one may become visible
after a higher one, and one that was rolled back leaves a gap. So a single sequencer gives positions to what is
committed, in batches, after it was written: writing waits for nothing and knows nothing of it.

What it has to look through begins at a floor, below which no row can still come. A row id that was given before a
moment belongs to a transaction that was at work then; when all of those are over, what of them is to come has come.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from xinqiao.matters.models import Entry, Placed, Sequencer

#: So many entries get their place in one transaction.
TOGETHER = 2000

#: The oldest transaction at work here but this one, by when it began and by its number (which it gets when it first
#: writes; an age is counted back from this one). By two signs, since a clock may be set back.
_AT_WORK = """
SELECT min(xact_start), pg_current_xact_id()::text::bigint - coalesce(max(age(backend_xid)), 0)
FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_NOW = "SELECT clock_timestamp(), pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True, kw_only=True)
class AtWork:
    """The oldest transaction at work: when it began, None if there is none; no number below `number` is at work."""

    since: datetime | None
    number: int


def place_new() -> int:
    """Gives a position to each entry that has none. Returns how many. May run twice, and at once."""
    total, after = 0, None
    while True:
        placed, further = _place_some(after)
        total += placed
        if after is None and further is None:
            return total
        after = further


@transaction.atomic
def _place_some(after: int | None) -> tuple[int, int | None]:
    """Places some above the row id `after`; None: above the floor. Returns how many, and after which row to go on.

    After many, what is placed already need not be looked through for each batch; what became visible below meanwhile,
    the last one finds, which begins at the floor.
    """
    Sequencer.objects.get_or_create(pk=1)
    state = Sequencer.objects.select_for_update().get(pk=1)
    at_work = _at_work()  # asked before what is there: what ends meanwhile is there
    new, further = _first_without(state.floor) if after is None else _without_of_next(after)
    last = Placed.objects.aggregate(last=Max("position"))["last"] or 0
    Placed.objects.bulk_create(
        (Placed(position=position, entry_id=entry) for position, entry in enumerate(new, last + 1)),
        batch_size=TOGETHER,
    )
    if after is None and further is None:  # all there was
        _raise_floor(state, at_work)
    return len(new), further


def _first_without(after: int) -> tuple[list[int], int | None]:
    """The first entries above a row id that have no position; the last of them where there may be more."""
    rows = Entry.objects.filter(id__gt=after, placed=None).order_by("id")
    new = list(rows.values_list("id", flat=True)[:TOGETHER])
    return new, new[-1] if len(new) == TOGETHER else None


def _without_of_next(after: int) -> tuple[list[int], int | None]:
    """Which of the next entries have no position; the last that was looked at, None at the end.

    Two short questions by the key. Asked at once, PostgreSQL goes through all of a table of millions for each batch.
    """
    rows = Entry.objects.filter(id__gt=after).order_by("id")
    there = list(rows.values_list("id", flat=True)[:TOGETHER])
    placed = Placed.objects.filter(entry_id__gt=after, entry_id__lte=there[-1] if there else after)
    known = set(placed.values_list("entry_id", flat=True))
    new = [one for one in there if one not in known]
    return new, there[-1] if len(there) == TOGETHER else None


def _raise_floor(state: Sequencer, at_work: AtWork | None) -> None:
    """Everything was placed that is there. On SQLite one writes after another, so nothing lower can come."""
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    if at_work is None:
        if state.floor == newest:
            return
        state.floor = newest
    elif _is_over(state, at_work):
        state.floor = state.seen
        # Asked after `newest`: whoever was given a row id up to it had begun before.
        state.seen, (state.seen_at, state.seen_transaction) = newest, _now()
    else:
        return
    state.save()


def _is_over(state: Sequencer, at_work: AtWork) -> bool:
    """Whether everybody is done who was at work when `seen` was written."""
    if state.seen_at is None:  # nothing was written yet
        return True
    began_later = at_work.since is None or at_work.since > state.seen_at
    return began_later and at_work.number >= state.seen_transaction


def _at_work() -> AtWork | None:
    """None on SQLite, where nobody else can be writing now."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(_AT_WORK)
        since, number = cursor.fetchone()
    return AtWork(since=since, number=number)


def _now() -> tuple[datetime, int]:
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        moment, number = cursor.fetchone()
    return moment, number
