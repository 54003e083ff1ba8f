"""Messages one after another: each is held against the past alone, and is part of the past of the next."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from xinqiao.text.linking.features import contradict, features
from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Gathered, Prepared, Writing, gather, prepare, prepare_many
from xinqiao.text.linking.index import CANDIDATES, SignatureIndex
from xinqiao.text.linking.scorer import Scorer, shipped

if TYPE_CHECKING:
    from xinqiao.text.linking.features import Table

#: Candidates of the index that are compared in full. The right one is among the first 30 in 998 of 1,000 cases.
COMPARED = 24
#: A pair less likely than this is not told.
LEAST_TOLD = 0.02

Seen = Callable[[Sequence[int]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier message that may be about the same matter. Where districts contradict, it is never linked."""

    position: int
    probability: float
    linked: bool
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Earlier messages that are worth comparing with a new one, and the features of those pairs."""

    positions: Sequence[int]
    old: Sequence[Prepared]
    table: "Table"


@dataclass
class Linker:
    """The past, and a scorer. `fetch` gives earlier messages by their positions; without it all are kept in memory."""

    scorer: Scorer = field(default_factory=shipped)
    fetch: Callable[[Sequence[int]], Sequence[Prepared]] | None = None
    past: Frequencies = field(default_factory=Frequencies)
    index: SignatureIndex = field(default_factory=SignatureIndex)
    kept: list[Prepared] = field(default_factory=list)

    def at(self, positions: Sequence[int]) -> Sequence[Prepared]:
        """The earlier messages at these positions."""
        return self.fetch(positions) if self.fetch else [self.kept[one] for one in positions]

    def compare(
        self, new: Prepared, seen: Seen | None = None, also: Collection[int] = ()
    ) -> Compared | None:
        """What is worth comparing with a message, and what is named in `also`.

        `seen` says which of some positions may be looked at at all.
        """
        positions = self.index.search(new, self.past, COMPARED if seen is None else CANDIDATES)
        if seen is not None:
            allowed = seen(positions)
            positions = [one for one in positions if one in allowed][:COMPARED]
        positions += sorted(set(also) - set(positions))
        if not positions:
            return None
        old = self.at(positions)
        return Compared(positions, old, features(new, old, self.past))

    def candidates(self, new: Prepared, seen: Seen | None = None) -> list[Candidate]:
        """Earlier messages that may be about the same matter, the likeliest first."""
        compared = self.compare(new, seen)
        if compared is None:
            return []
        return judged(new, compared, self.scorer)

    def add(self, new: Prepared) -> int:
        """Make a message part of the past; its position."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        position = self.index.add(new, self.past)
        self.past.add(np.concatenate((new.whole, new.names)))
        if not self.fetch:
            self.kept.append(new)
        return position

    def add_many(self, writings: Sequence[Writing]) -> None:
        """Make messages that follow one another part of the past, as `add` would one by one; several times faster."""
        self.add_gathered(gather(writings))
        if not self.fetch:
            self.kept += prepare_many(writings)

    def add_gathered(self, new: Gathered) -> None:
        """The same of messages that were gathered already, by a linker that fetches."""
        self.index.add_many(new, self.past.add_many(new))


def judged(new: Prepared, compared: Compared, scorer: Scorer) -> list[Candidate]:
    """What a scorer says of the pairs of a message, the likeliest first.

    Linked is what is likely enough by itself; the likeliest one from a lower probability on, since there is but one.
    """
    found = []
    likely = scorer.probabilities(compared.table)
    for position, old, probability in zip(compared.positions, compared.old, likely, strict=True):
        apart = contradict(new, old)
        linked = bool(probability >= scorer.link_at) and not apart
        found.append(Candidate(position, float(probability), linked, apart))
    told = [one for one in found if one.probability >= LEAST_TOLD]
    told.sort(key=lambda one: (-one.probability, -one.position))
    first = next((place for place, one in enumerate(told) if not one.contradicts), None)
    if first is not None and told[first].probability >= scorer.first_at:
        told[first] = replace(told[first], linked=True)
    return told


def compared(
    writings: Iterable[Writing], linker: Linker
) -> Iterator[tuple[Prepared, Compared | None]]:
    """Each message, in the order given, compared with those before it."""
    for writing in writings:
        new = prepare(writing)
        found = linker.compare(new)
        linker.add(new)
        yield new, found
