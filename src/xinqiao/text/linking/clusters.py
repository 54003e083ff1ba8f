"""Clusters of messages about one matter, kept as messages come: where a new one belongs, and which clusters are one.

A message joins the cluster of its likeliest link, unless the districts that its members name speak against it or too
few of them are like it. Links that go over to another cluster are remembered; when most of the smaller one has such
links, the two become one, at the next `merge` (every night on a platform).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from xinqiao.text.linking.stream import Candidate

#: How many of a cluster's members must be like a new message on average, and how likely they are counted at least.
LIKE, COHERENT = 3, 0.30
#: Share of the smaller cluster that must be linked to the other before both are one.
ACROSS = 0.5


def fits(
    districts: Mapping[str, int], members: int, likely: Sequence[float], told: Collection[str]
) -> bool:
    """Whether a message that names the districts `told` belongs to a cluster of so many members.

    `districts`: how many of them name which; `likely`: the probabilities of its pairs with them, as far as compared.
    """
    if told and districts:
        most = max(districts.values())
        if not any(2 * districts.get(one, 0) >= most for one in told):
            return False
    asked = min(LIKE, members)
    return sum(sorted(likely, reverse=True)[:asked]) / asked >= COHERENT


def are_one(linked: int, members: int, named: Collection[str], known: Collection[str]) -> bool:
    """Whether two clusters are one: of the `members` of the smaller so many are linked to the other, and the districts
    that they name do not contradict."""
    if named and known and not set(named) & set(known):
        return False
    return linked >= ACROSS * members


@dataclass
class Clusters:
    """Which message (by position) belongs to which cluster; a cluster bears the position of its first message."""

    of: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    districts: dict[int, Counter[str]] = field(default_factory=dict)
    _over: dict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))

    def join(self, candidates: Sequence[Candidate], told: frozenset[str]) -> int:
        """The cluster of the next message: of an earlier one, or a new one. `told`: districts its title names."""
        position = len(self.of)
        likely: dict[int, list[float]] = defaultdict(list)
        for one in candidates:
            likely[self.of[one.position]].append(0.0 if one.contradicts else one.probability)
        linked = [self.of[one.position] for one in candidates if one.linked]
        chosen = next((c for c in linked if self._fits(c, likely[c], told)), position)
        self.of.append(chosen)
        self.members.setdefault(chosen, []).append(position)
        self.districts.setdefault(chosen, Counter()).update(told)
        for one in candidates:
            other = self.of[one.position]
            if one.linked and other != chosen:
                self._over[min(other, chosen), max(other, chosen)].update((position, one.position))
        return chosen

    def _fits(self, cluster: int, likely: Sequence[float], told: frozenset[str]) -> bool:
        return fits(self.districts[cluster], len(self.members[cluster]), likely, told)

    def merge(self) -> dict[int, int]:
        """Make one of clusters that are linked for the most part; which cluster went into which."""
        gone: dict[int, int] = {}
        for (one, other), linked in sorted(self._over.items()):
            first, second = _now(one, gone), _now(other, gone)
            if first == second or not self._belong(first, second, linked):
                continue
            keep, lose = min(first, second), max(first, second)
            self._move(lose, keep)
            gone[lose] = keep
        if gone:
            self._renamed(gone)
        return gone

    def _belong(self, one: int, other: int, linked: set[int]) -> bool:
        small, large = sorted((one, other), key=lambda c: (len(self.members[c]), c))
        there = set(self.members[small])
        named, known = self.districts[small], self.districts[large]
        return are_one(len(there & linked), len(there), named.keys(), known.keys())

    def _move(self, lose: int, keep: int) -> None:
        for position in self.members[lose]:
            self.of[position] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(lose))
        self.districts[keep].update(self.districts.pop(lose))

    def _renamed(self, gone: dict[int, int]) -> None:
        over: dict[tuple[int, int], set[int]] = defaultdict(set)
        for (one, other), linked in self._over.items():
            first, second = _now(one, gone), _now(other, gone)
            if first != second:
                over[min(first, second), max(first, second)] |= linked
        self._over = over


def _now(cluster: int, gone: dict[int, int]) -> int:
    while cluster in gone:
        cluster = gone[cluster]
    return cluster
