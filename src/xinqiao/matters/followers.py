"""Who reads the ledgers in their one order: what is counted, supervised, found by words. Each keeps its position."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q

from xinqiao.matters.models import Entry, Follower, Placed, Sequencer
from xinqiao.matters.sequencer import place_new


class Read(NamedTuple):
    """An entry as a follower meets it: its position, the row of its matter, its place in that matter's ledger."""

    position: int
    matter: int
    seq: int


class Lag(NamedTuple):
    """How far a follower is behind: the oldest entry it has still to read was entered `since` then, if there is one."""

    follower: str
    since: datetime | None


Takes = Callable[[Sequence[Read]], None]


def follow(name: str, take: Takes, most: int) -> int:
    """Places what is new, hands over what comes next in order, at most so many entries, and moves on. Returns how many.

    Who is interrupted in between is handed the same again: `take` may run twice. Of two at once both may be handed the
    same; the position moves once.
    """
    place_new()
    begun = position(name)
    new = placed_after(begun, most)
    if new:
        take(new)
        _move(name, new[-1].position, position=begun)
    return len(new)


def further(
    read: Iterable[Read], known: Callable[[Collection[int]], Mapping[int, int]]
) -> list[int]:
    """The matters of these entries, in their order, that `known` (up to which entry, by matter) does not reach."""
    last = {one.matter: one.seq for one in read}  # of each the last, since they come in order
    so_far = known(last)
    return [matter for matter, seq in last.items() if so_far.get(matter, 0) < seq]


def until_all_is_read(name: str, job: Callable[[], int]) -> int:
    """Runs a follower's job until it does nothing and its position stays. Returns how much it did."""
    total = 0
    while True:
        before, done = position(name), job()
        total += done
        if not done and position(name) == before:
            return total


def begin_anew(name: str) -> None:
    """The follower has lost what it knew: it reads from the first entry on."""
    Follower.objects.filter(name=name).update(position=0)


def go_on_from(name: str, position: int) -> None:
    """The follower knows what stands up to here by other means: it has read that far, or farther already."""
    _move(name, position, position__lt=position)


def last_position() -> int:
    """The position of the last entry that has one; new ones are placed first."""
    place_new()
    return Placed.objects.aggregate(last=Max("position"))["last"] or 0


def position(name: str) -> int:
    """Up to where it has read; 0 for one that never did."""
    return Follower.objects.filter(name=name).values_list("position", flat=True).first() or 0


def placed_after(begun: int, most: int) -> list[Read]:
    """The entries after this position, in order, at most so many."""
    rows = Placed.objects.filter(position__gt=begun).order_by("position")
    return [
        Read(*row) for row in rows.values_list("position", "entry__matter_id", "entry__seq")[:most]
    ]


def unread_of(name: str, matters: Collection[int]) -> set[int]:
    """Those of these matters of which the follower has still to read an entry."""
    further = Q(placed=None) | Q(placed__position__gt=position(name))
    rows = Entry.objects.filter(further, matter_id__in=list(matters))
    return set(rows.values_list("matter_id", flat=True))


def oldest_without_position() -> datetime | None:
    """When the oldest entry was entered that has no position yet, so that no follower knows of it."""
    floor = Sequencer.objects.filter(pk=1).values_list("floor", flat=True).first() or 0
    without = Entry.objects.filter(id__gt=floor, placed=None).order_by("id")
    return without.values_list("recorded_at", flat=True).first()


def lags(known: Sequence[str]) -> list[Lag]:
    """How far each of these followers is behind, in this order, and whoever else ever read.

    One of which nothing is written down has read nothing: it was never run, or never came to an end.
    """
    read = dict.fromkeys(known, 0) | dict(Follower.objects.values_list("name", "position"))
    found = list[Lag]()
    for name, position in read.items():
        coming = Placed.objects.filter(position__gt=position).order_by("position")
        since = coming.values_list("entry__recorded_at", flat=True).first()
        found.append(Lag(name, since))
    return found


@transaction.atomic
def _move(name: str, upto: int, **stands: int) -> None:
    """Moves the position on where it still stands so: not where somebody else did."""
    Follower.objects.get_or_create(name=name)
    Follower.objects.filter(name=name, **stands).update(position=upto)
