"""Messages one after another: each is held against the past alone, and is part of the past of the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xinqiao.text.linking.features import contradict, features
from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Prepared, Writing, prepare
from xinqiao.text.linking.index import SignatureIndex
from xinqiao.text.linking.scorer import Scorer, shipped

if TYPE_CHECKING:
    from xinqiao.text.linking.features import Table

#: Candidates of the index that are compared in full. The right one is among the first 30 in 998 of 1,000 cases.
COMPARED = 24
#: A pair less likely than this is not told.
LEAST_TOLD = 0.02


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier message that may be about the same matter. Where districts contradict, it is never linked."""

    position: int
    probability: float
    linked: bool
    contradicts: bool = False


@dataclass
class Linker:
    """The past, and a scorer. `fetch` gives the earlier message at a position; without it all are kept in memory."""

    scorer: Scorer = field(default_factory=shipped)
    fetch: Callable[[int], Prepared] | None = None
    past: Frequencies = field(default_factory=Frequencies)
    index: SignatureIndex = field(default_factory=SignatureIndex)
    kept: list[Prepared] = field(default_factory=list)

    def at(self, position: int) -> Prepared:
        """The earlier message at a position."""
        return self.fetch(position) if self.fetch else self.kept[position]

    def compare(self, new: Prepared) -> tuple[list[int], "Table | None"]:
        """Positions of what is worth comparing with a message, and the features of those pairs."""
        positions = self.index.search(new, self.past, COMPARED)
        if not positions:
            return [], None
        return positions, features(new, [self.at(one) for one in positions], self.past)

    def candidates(self, new: Prepared) -> list[Candidate]:
        """Earlier messages that may be about the same matter, the likeliest first."""
        positions, table = self.compare(new)
        if table is None:
            return []
        found = []
        for position, likely in zip(positions, self.scorer.probabilities(table), strict=True):
            apart = contradict(new, self.at(position))
            linked = bool(likely >= self.scorer.link_at) and not apart
            found.append(Candidate(position, float(likely), linked, apart))
        told = [one for one in found if one.probability >= LEAST_TOLD]
        return sorted(told, key=lambda one: (-one.probability, -one.position))

    def add(self, new: Prepared) -> int:
        """Make a message part of the past; its position."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        position = self.index.add(new, self.past)
        self.past.add(np.concatenate((new.whole, new.names)))
        if not self.fetch:
            self.kept.append(new)
        return position


def linked(
    writings: Sequence[Writing], linker: Linker
) -> Iterator[tuple[int, Prepared, list[Candidate]]]:
    """Each message, in the order given, with its candidates among those before it."""
    for writing in writings:
        new = prepare(writing)
        candidates = linker.candidates(new)
        yield linker.add(new), new, candidates
