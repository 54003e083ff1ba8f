"""What persons said of matters, as groups and pairs of contacts to learn from; the latest of it is held out.

A matter stands for itself by the contact that opened it: that is what a person had before their eyes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xinqiao.insight.models import Judged, Reading
from xinqiao.insight.reading import store
from xinqiao.text.linking.grams import Prepared
from xinqiao.text.linking.scorer import shipped
from xinqiao.text.linking.stream import Compared, Linker
from xinqiao.text.linking.training import Groups, Pairs, pairs_of

#: The latest words are learned from, at most so many: comparing them takes the worker half a minute.
MOST = 1000
#: Held out is every so manieth part, the latest.
_PART = 5
#: A pair of which nobody said anything is taken for two matters only where the scorer of the program has no doubt.
_NO_DOUBT = 0.05


@dataclass(frozen=True, kw_only=True)
class Said:
    """A person's word on two contacts, by their numbers, the later first, and when it was given."""

    new: int
    old: int
    same: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Parted:
    """The words to learn from, and the latest, on other matters, which nothing learns from."""

    learned: Sequence[Said]
    tested: Sequence[Said]


def said() -> list[Said]:
    """The latest words on two matters that were both read, in the order in which they were given."""
    rows = list(Judged.objects.exclude(same=None).order_by("-at", "-id")[:MOST])
    first = _first_readings({one for row in rows for one in (row.one, row.other)})
    return [
        Said(
            new=max(first[row.one], first[row.other]), old=min(first[row.one], first[row.other]),
            same=bool(row.same), at=row.at,
        )
        for row in reversed(rows)
        if row.one in first and row.other in first
    ]  # fmt: skip


def _first_readings(matters: Collection[int]) -> Mapping[int, int]:
    rows = Reading.objects.filter(matter__in=matters, cluster__isnull=False).order_by("-number")
    return dict(rows.values_list("matter", "number"))


def parted(known: Sequence[Said]) -> Parted:
    """Groups of one matter fall on one side as a whole, the latest fifth on that of the test; a pair that was told
    apart goes with the group of one of its two, the tested one first."""
    group = groups_of(known)
    latest: dict[int, datetime] = {}
    for one in known:
        if one.same:
            latest[group[one.new]] = one.at
    held = set(sorted(latest, key=lambda g: (latest[g], g))[len(latest) - len(latest) // _PART :])
    apart = [one for one in known if not one.same and not {one.new, one.old} & group.keys()]
    late = {id(one) for one in apart[len(apart) - len(apart) // _PART :]}
    sides = [
        bool({group.get(one.new), group.get(one.old)} & held) or id(one) in late for one in known
    ]
    return Parted(
        learned=[one for one, is_tested in zip(known, sides, strict=True) if not is_tested],
        tested=[one for one, is_tested in zip(known, sides, strict=True) if is_tested],
    )


def groups_of(known: Iterable[Said]) -> dict[int, int]:
    """The group of each contact that is about the same as another: the smallest number in it."""
    of: dict[int, int] = {}
    members: defaultdict[int, set[int]] = defaultdict(set)
    for one in known:
        if one.same:
            mine, theirs = of.get(one.new, one.new), of.get(one.old, one.old)
            keep, lose = min(mine, theirs), max(mine, theirs)
            members[keep] |= {one.new, one.old, *members.pop(lose, set()), *members[keep]}
            of |= dict.fromkeys(members[keep], keep)
    return of


def as_groups(known: Sequence[Said]) -> Groups:
    """As the training reads it."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    for number, group in groups_of(known).items():
        members[group].append(str(number))
    apart = [(str(one.new), str(one.old)) for one in known if not one.same]
    return Groups(list(members.values()), apart)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """Contacts compared with those before them: their numbers, and what was compared."""

    numbers: Sequence[int]
    seen: Sequence[tuple[Prepared, Compared | None]]

    def pairs(self, known: Groups) -> Pairs:
        """What was compared, without the pairs of which nobody can say whether they are of one matter."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        whole = pairs_of([str(one) for one in self.numbers], self.seen)
        if not len(whole.new):
            return whole
        group = {one: n for n, ids in enumerate(known.groups) for one in ids}
        named = {frozenset(pair) for pair in known.not_same}
        told = np.array([
            frozenset((new, old)) in named or (new in group and group[new] == group.get(old))
            for new, old in zip(whole.new, whole.old, strict=True)
        ])  # fmt: skip
        kept = np.flatnonzero(told | (shipped().probabilities(whole.table) < _NO_DOUBT)).tolist()
        return Pairs(
            [whole.new[n] for n in kept], [whole.old[n] for n in kept], whole.table[kept],
            whole.vetoed[kept],
        )  # fmt: skip


def look(known: Sequence[Said]) -> Looked:
    """The contacts of these words, each compared with the likeliest before it and with those that a person named."""
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for one in known:
        partners[one.new].add(one.old)
    for members in _members(known):
        for number in members:
            partners[number] |= {other for other in members if other < number}
    linker = store.current()
    numbers = sorted({*partners, *(one.old for one in known)})
    ready = store.prepared_of(numbers)
    return Looked(
        numbers=numbers,
        seen=[
            (new, _compared(linker, new, number, partners.get(number, set())))
            for number, new in zip(numbers, ready, strict=True)
        ],
    )


def _members(known: Sequence[Said]) -> Iterable[set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for number, group in groups_of(known).items():
        found[group].add(number)
    return found.values()


def _compared(linker: Linker, new: Prepared, number: int, named: set[int]) -> Compared | None:
    """Of what came before, what still belongs to something is compared: what became a report does not."""

    def seen(numbers: Sequence[int]) -> Collection[int]:
        before = [one for one in numbers if one < number]
        rows = Reading.objects.filter(number__in=before, cluster__isnull=False)
        return set(rows.values_list("number", flat=True))

    return linker.compare(new, seen, named)
