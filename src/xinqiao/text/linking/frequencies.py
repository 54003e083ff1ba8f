"""In how many past messages each piece stands: what is rare tells, what is everywhere tells nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.pieces import Numbers

#: Places of the table (a power of two). Pieces that share one count together: 4 bytes each, 64 MB for 16 million.
PLACES = 1 << 24


@dataclass
class Frequencies:
    """Counts of the past: `add` each message after it was compared, never before."""

    places: int = PLACES
    messages: int = 0
    counts: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        self.counts = np.zeros(self.places, dtype=np.uint32)

    def add(self, numbers: "Numbers") -> None:
        """Count the different pieces of one message."""
        self.counts[numbers & (self.places - 1)] += 1
        self.messages += 1

    def of(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """In how many past messages each of these stands."""
        return self.counts[numbers & (self.places - 1)]  # type: ignore[no-any-return]

    def weights(self, numbers: "Numbers") -> "np.ndarray[Any, Any]":
        """Inverse document frequency of each, in nats, never below a small number."""
        import numpy as np  # noqa: PLC0415

        share = (self.of(numbers) + 1.0) / (self.messages + 2.0)
        return np.maximum(-np.log(share), 0.05)
