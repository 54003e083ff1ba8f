"""In how many past messages each piece stands: what is rare tells, what is everywhere tells nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.pieces import parts

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.grams import Gathered
    from xinqiao.text.linking.pieces import Numbers

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

    def add_many(self, new: "Gathered") -> "np.ndarray[Any, Any]":
        """Count the pieces of several messages, one after another.

        Gives for each of `new.whole` its weight just before its message came.
        """
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        last = np.uint32(len(self.counts) - 1)
        whole, names = new.whole & last, new.names[0] & last
        stood = np.empty(len(whole), dtype=np.uint32)
        for here, also in zip(
            parts(new.owners, new.messages), parts(new.names[1], new.messages), strict=True
        ):
            stood[here] = self.counts[whole[here]]
            self.counts[np.concatenate((whole[here], names[also]))] += 1
        if self.kept is not None:
            stood += self.kept[new.whole & (self.places - 1)]
        first, self.messages = self.messages, self.messages + new.messages
        return _idf(stood, first + new.owners)

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
