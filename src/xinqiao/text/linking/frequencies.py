"""In how many past messages each piece stands: what is rare tells, what is everywhere tells nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.pieces import Numbers, Owners

#: Places of the table (a power of two). Pieces that share one count together: 4 bytes each, 64 MB for 16 million.
PLACES = 1 << 24
#: Places for what comes after counts that were read from a file: some thousand messages, 16 MB.
LATE = 1 << 22


@dataclass
class Frequencies:
    """Counts of the past: `add` each message after it was compared, never before.

    `kept`: counts of `messages` messages from a file, which are not changed; what is added then is counted beside them.
    """

    places: int = PLACES
    messages: int = 0
    kept: Any = field(default=None, repr=False)
    counts: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        if self.kept is not None:
            self.places = len(self.kept)
        self.counts = np.zeros(self.places if self.kept is None else LATE, dtype=np.uint32)

    def add(self, numbers: "Numbers") -> None:
        """Count the different pieces of one message."""
        self.counts[numbers & (len(self.counts) - 1)] += 1
        self.messages += 1

    def add_many(
        self, numbers: "Numbers", owners: "Owners", messages: int
    ) -> "np.ndarray[Any, Any]":
        """Count the pieces of several messages, `owners` saying of which each is, counted from 0.

        Gives for each number what `weights` would have said just before its message, had they come one by one.
        """
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        first, self.messages = self.messages, self.messages + messages
        if not len(numbers):
            return np.zeros(0)
        stood = self.of(numbers).astype(np.int64)
        keys = (numbers & (len(self.counts) - 1)).astype(np.uint64) << np.uint64(32) | owners
        order = np.argsort(keys)
        ordered = keys[order]
        # Two pieces of a message may share a place: it counts once.
        new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        places = (ordered >> np.uint64(32)).astype(np.int64)
        begins = np.flatnonzero(np.diff(places, prepend=-1))
        nth = np.cumsum(new) - 1
        times = np.diff(nth[begins], append=nth[-1] + 1)
        stood[order] += nth - np.repeat(nth[begins], np.diff(begins, append=len(places)))
        self.counts[places[begins]] += times.astype(np.uint32)
        return _idf(stood, first + owners)

    def of(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """In how many past messages each of these stands."""
        late = self.counts[numbers & (len(self.counts) - 1)]
        if self.kept is None:
            return late  # type: ignore[no-any-return]
        return self.kept[numbers & (self.places - 1)] + late  # type: ignore[no-any-return]

    def weights(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """Inverse document frequency of each, in nats, never below a small number."""
        return _idf(self.of(numbers), self.messages)


def _idf(stood: Any, messages: Any) -> "np.ndarray[Any, Any]":
    """Inverse document frequency, in nats, of what stood in so many of so many messages."""
    import numpy as np  # noqa: PLC0415

    return np.maximum(-np.log((stood + 1.0) / (messages + 2.0)), 0.05)  # type: ignore[no-any-return]
