"""Clusters of messages about one matter, kept as messages come: where a new one belongs, and which clusters are one.

A message joins the cluster of its likeliest link, unless the districts that its members name speak against it or too
few of them are like it. What it has in common with other clusters is remembered, also where it is too little for a
link; when enough has come together, two become one, at the next `merge` (every night on a platform).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from xinqiao.text.linking.stream import Candidate

#: How many of a cluster's members must be like a new message on average, and how likely they are counted at least.
LIKE, COHERENT = 3, 0.30
#: What must speak for two clusters being one: of all members of the smaller one on average, and of those members of the
#: larger one that are likest to it. Pairs too weak for a link add up; a pair below `LEAST` says nothing.
SMALLER, LARGER, LEAST = 0.15, 0.15, 0.10


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


def are_one(
    smaller: Sequence[float],
    larger: Sequence[float],
    named: Collection[str],
    known: Collection[str],
) -> bool:
    """Whether two clusters are one: what speaks for it is enough on both sides, and their districts do not contradict.

    What speaks for it: of each member of the smaller cluster, and of each of the larger, the greatest probability of
    its pairs with the other cluster; 0 for one that was compared with nothing there. `named`, `known`: the districts.
    """
    if named and known and not set(named) & set(known):
        return False
    most = sorted(larger, reverse=True)[:LIKE]
    enough = sum(smaller) >= SMALLER * len(smaller)
    return enough and sum(most) >= LARGER * min(LIKE, len(larger))


@dataclass
class Clusters:
    """Which message (by position) belongs to which cluster; a cluster bears the position of its first message."""

    of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    districts: dict[int, Counter[str]] = field(default_factory=dict)
    _near: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    _apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _fresh: set[int] = field(default_factory=set)

    def join(self, candidates: Sequence[Candidate], told: frozenset[str]) -> int:
        """The cluster of the next message: of an earlier one, or a new one. `told`: districts its title names."""
        position = len(self.of)
        likely: dict[int, list[float]] = defaultdict(list)
        for one in candidates:
            likely[self.of[one.position]].append(0.0 if one.contradicts else one.probability)
        linked = [self.of[one.position] for one in candidates if one.linked]
        chosen = next((c for c in linked if self._fits(c, likely[c], told)), position)
        self.put(position, chosen, told)
        for one in candidates:
            if not one.contradicts:
                self.near(position, one.position, one.probability)
        return chosen

    def put(self, position: int, cluster: int, told: Collection[str]) -> None:
        """A message belongs to a cluster; at the next `merge` it is looked at whether that is one with others."""
        self.of[position] = cluster
        self.members.setdefault(cluster, []).append(position)
        self.districts.setdefault(cluster, Counter()).update(told)
        self._fresh.add(position)

    def near(self, one: int, other: int, probability: float) -> None:
        """Two messages are about one matter with this probability."""
        if probability >= LEAST:
            self._near[one][other] = self._near[other][one] = probability

    def apart(self, one: int, other: int) -> None:
        """A person said of two messages that they are about different matters: their clusters are never one."""
        self._apart[one].add(other)
        self._apart[other].add(one)

    def _fits(self, cluster: int, likely: Sequence[float], told: frozenset[str]) -> bool:
        return fits(self.districts[cluster], len(self.members[cluster]), likely, told)

    def merge(self) -> dict[int, int]:
        """Make one of clusters that are one, of those that grew since the last time; which cluster went into which."""
        gone: dict[int, int] = {}
        while found := self._merge_once():
            gone |= found
        self._fresh = set()
        return {lose: _now(keep, gone) for lose, keep in gone.items()}

    def _merge_once(self) -> dict[int, int]:
        gone: dict[int, int] = {}
        for one, other in self._meeting():
            first, second = _now(one, gone), _now(other, gone)
            if (first, second) != (one, other) or not self._belong(one, other):
                continue  # what has just grown is looked at again, as a whole
            keep, lose = min(one, other), max(one, other)
            self._move(lose, keep)
            gone[lose] = keep
        return gone

    def _meeting(self) -> list[tuple[int, int]]:
        """Pairs of clusters that have a pair of messages in common, if one of the two grew."""
        found = set()
        for grown in {self.of[one] for one in self._fresh}:
            for one in self.members[grown]:
                found |= {(grown, self.of[other]) for other in self._near.get(one, ())}
        return sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]})

    def _belong(self, one: int, other: int) -> bool:
        small, large = sorted((one, other), key=lambda c: (len(self.members[c]), c))
        if any(
            self.of.get(far) == large
            for near in self.members[small]
            for far in self._apart.get(near, ())
        ):
            return False
        smaller, larger = self._between(small, large)
        return are_one(smaller, larger, self.districts[small].keys(), self.districts[large].keys())

    def _between(self, small: int, large: int) -> tuple[list[float], list[float]]:
        """Of each member of two clusters the greatest probability of its pairs with the other one.

        Only the pairs of the smaller one are walked: a large cluster is looked at as often as something is like it.
        """
        smaller: list[float] = []
        larger: dict[int, float] = {}
        for one in self.members[small]:
            most = 0.0
            for near, probability in self._near.get(one, {}).items():
                if self.of[near] == large:
                    most = max(most, probability)
                    larger[near] = max(larger.get(near, 0.0), probability)
            smaller.append(most)
        alone = len(self.members[large]) - len(larger)
        return smaller, [*larger.values(), *[0.0] * alone]

    def _move(self, lose: int, keep: int) -> None:
        for position in self.members[lose]:
            self.of[position] = keep
        self._fresh |= set(self.members[lose])
        self.members[keep] = sorted(self.members[keep] + self.members.pop(lose))
        self.districts[keep].update(self.districts.pop(lose))


def _now(cluster: int, gone: dict[int, int]) -> int:
    while cluster in gone:
        cluster = gone[cluster]
    return cluster
