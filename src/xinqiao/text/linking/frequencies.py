"""In how many past messages each piece stands: what is rare tells, what is everywhere tells nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

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

    def of(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """In how many past messages each of these stands."""
        late = self.counts[numbers & (len(self.counts) - 1)]
        if self.kept is None:
            return late  # type: ignore[no-any-return]
        return self.kept[numbers & (self.places - 1)] + late  # type: ignore[no-any-return]

    def weights(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """Inverse document frequency of each, in nats, never below a small number."""
        import numpy as np  # noqa: PLC0415

        share = (self.of(numbers) + 1.0) / (self.messages + 2.0)
        return np.maximum(-np.log(share), 0.05)
