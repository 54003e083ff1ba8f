"""What persons said of two matters, kept beside the ledgers: the last word on each two, without reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from xinqiao.insight.models import Judged
from xinqiao.insight.reading import clusters
from xinqiao.matters import followers
from xinqiao.matters import queries as matters
from xinqiao.matters.found import registered
from xinqiao.matters.queries import Told
from xinqiao.rows.batches import batches
from xinqiao.rules.states import Kind

NAME = "same"
#: So many entries are read in one run, and so many matters asked for in one statement.
ENTRIES, TOGETHER = 5000, 400
_STEPS = ("register", "join", "separate", "tell_apart", "tell_alike", "split_off")


class Word(NamedTuple):
    """A person's word on two matters, the smaller row id first; `same` None where an earlier one was taken back."""

    one: int
    other: int
    same: bool | None
    entry: Told


def follow(now: datetime) -> int:
    """Takes note of what was said since the last run. Returns how many words; may run twice.

    What is told apart by it lies in two clusters from then on, what was joined in one.
    """
    noted: list[int] = []

    def take(read: Sequence[followers.Read]) -> None:
        found = {one.matter for one in read}
        noted.append(note(found))
        clusters.heed(found)

    followers.follow(NAME, take, ENTRIES)
    return sum(noted)


def begin_anew() -> None:
    """Forgets everything that was noted, and reads the ledgers from the first entry on."""
    Judged.objects.all().delete()
    followers.begin_anew(NAME)


def note(found: Iterable[int]) -> int:
    """Notes the last words that the ledgers of these matters hold. Returns how many were new.

    What turned out to be a report is forgotten, with all that was said of it.
    """
    return sum(_note(some) for some in batches(sorted(set(found)), TOGETHER))


@transaction.atomic
def _note(found: Sequence[int]) -> int:
    said = {
        (word.one, word.other): (matter, word)
        for matter, entries in _entries(found).items()
        for word in words(matter, entries)
    }
    kinds = registered({*found, *(one for pair in said for one in pair)})
    reports = {one for one, row in kinds.items() if row.kind == Kind.REPORT}
    Judged.objects.filter(Q(one__in=reports) | Q(other__in=reports)).delete()
    known = _known(said)
    return sum(
        _keep(matter, word, known.get(pair))
        for pair, (matter, word) in said.items()
        if not reports & set(pair)
    )


def _entries(found: Sequence[int]) -> Mapping[int, list[Told]]:
    by_matter: dict[int, list[Told]] = {}
    for step in _STEPS:
        for matter, entries in matters.entries_of(found, step).items():
            by_matter.setdefault(matter, []).extend(one for one in entries if one.account)
    return by_matter


def words(matter: int, entries: Iterable[Told]) -> Iterator[Word]:
    """The last word of this ledger on each other matter that it names."""
    last: dict[int, tuple[bool | None, Told]] = {}
    joined: int | None = None
    for entry in sorted(entries, key=lambda one: one.seq):
        if entry.step == "separate":
            named: Sequence[int] = [joined] if joined is not None else []
        else:
            named = _named(entry)
        joined = named[0] if entry.step == "join" else joined
        last |= {other: (_says(entry), entry) for other in named if other != matter}
    for other, (same, entry) in last.items():
        yield Word(min(matter, other), max(matter, other), same, entry)


def _named(entry: Told) -> Sequence[int]:
    if entry.step == "register":
        return entry.payload.get("apart") or []
    return [entry.payload["new_matter" if entry.step == "split_off" else "matter"]]


def _says(entry: Told) -> bool | None:
    """Joined: one. Told apart, or split off as being about something else: not. Else the word is taken back."""
    if entry.step == "join":
        return True
    return None if entry.step in ("separate", "tell_alike") else False


def _known(pairs: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], Judged]:
    wanted = set(pairs)
    rows = Judged.objects.filter(one__in={one for one, _ in wanted})
    return {(row.one, row.other): row for row in rows if (row.one, row.other) in wanted}


def _keep(matter: int, word: Word, known: Judged | None) -> bool:
    """Keeps a word, unless a later one is known, of the other ledger. Returns whether it is new."""
    entry = word.entry
    here = (entry.recorded_at, matter, entry.seq)
    if known is not None and (known.at, known.matter, known.seq) >= here:
        return False
    Judged.objects.update_or_create(
        one=word.one, other=word.other,
        defaults={
            "same": word.same, "matter": matter, "seq": entry.seq, "at": entry.recorded_at,
            "account": entry.account or 0, "unit": entry.unit,
        },
    )  # fmt: skip
    return True
