"""Finding the messages that may be about the same matter among many: a signature of each, in sorted arrays.

Of each message only its most telling pieces are kept: rare in the past, repeated in it, standing in its title. New ones
go to a small table in memory; full tables become sorted arrays of (piece, message), and arrays of one size are joined
like the levels of a log-structured tree: adding stays cheap, and nothing is ever rebuilt as a whole.
Memory: 8 bytes a kept piece, thus 2 GB for 10 million messages of 24 pieces, besides the frequencies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Prepared

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.pieces import Numbers

#: Messages of the table in memory, and how many arrays of one size are joined into one.
TABLE, FAN = 512, 8
#: After so many messages all arrays are at least as large as this: then, and only then, they are worth keeping.
WHOLE = TABLE * FAN
#: Messages of the largest array: it is never joined again, so joining needs little memory.
LARGEST = TABLE * FAN**3
#: Pieces kept of each message: many while messages are few, fewer as their number grows.
KEPT = ((200_000, 160), (1_000_000, 64), (1 << 62, 24))
#: Pieces of a new message that are looked up, and postings read of one of them, the latest first.
ASKED, READ_EACH = 200, 96
CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Sorted:
    """Postings of `messages` messages in the order of pieces, then of messages."""

    pieces: "Numbers"
    positions: "np.ndarray[Any, np.dtype[np.int32]]"
    messages: int


@dataclass
class SignatureIndex:
    """Messages by their telling pieces; positions count up from 0 in the order of `add`."""

    messages: int = 0
    arrays: list[Sorted] = field(default_factory=list)
    _table: dict[int, list[int]] = field(default_factory=dict)

    def add(self, new: Prepared, past: Frequencies) -> int:
        """Keep the signature of the next message and give its position; `past` must not contain it yet."""
        position = self.messages
        for piece in signature(new, past, kept(position)).tolist():
            self._table.setdefault(piece, []).append(position)
        self.messages += 1
        if self.messages % TABLE == 0:
            self._seal()
        return position

    def search(self, new: Prepared, past: Frequencies, most: int = CANDIDATES) -> list[int]:
        """Positions of the messages that share most of what is telling, best first; the latest of equals first."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        asked, weights = _asked(new, past)
        found = [self._in_table(asked, weights)]
        found += [_in_array(array, asked, weights) for array in self.arrays]
        positions = np.concatenate([one for one, _ in found])
        if not len(positions):
            return []
        different, at = np.unique(positions, return_inverse=True)
        scores = np.bincount(at, weights=np.concatenate([one for _, one in found]))
        order = np.lexsort((-different, -np.round(scores, 6)))[:most]
        return [int(one) for one in different[order]]

    def _in_table(self, asked: "Numbers", weights: Any) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415

        lists = [self._table.get(piece, ())[-READ_EACH:] for piece in asked.tolist()]
        lengths = [len(one) for one in lists]
        return (
            np.fromiter((at for one in lists for at in one), dtype=np.int32, count=sum(lengths)),
            np.repeat(weights, lengths),
        )

    def _seal(self) -> None:
        """The table becomes an array; arrays of one size are joined, up to the largest."""
        self.arrays.append(_of_table(self._table))
        self._table = {}
        while (size := self.arrays[-1].messages) < LARGEST:
            same = [one for one in self.arrays if one.messages == size]
            if len(same) < FAN:
                return
            rest = [one for one in self.arrays if one.messages != size]
            self.arrays = [*rest, _joined(same)]


def kept(position: int) -> int:
    """How many pieces of the message at this position are kept."""
    return next(number for until, number in KEPT if position < until)


def signature(new: Prepared, past: Frequencies, number: int) -> "Numbers":
    """The most telling pieces of a message: rare until now, repeated in it, standing in its title."""
    import numpy as np  # noqa: PLC0415

    telling = past.weights(new.whole) * (1.0 + np.log(new.times)) * (1.0 + new.in_title)
    return new.whole[np.argsort(-telling, kind="stable")[:number]]


def _asked(new: Prepared, past: Frequencies) -> tuple["Numbers", Any]:
    """The pieces by which a new message asks, those that stood in the past and are rarest, with their weights."""
    import numpy as np  # noqa: PLC0415

    weights = past.weights(new.whole)
    known = np.flatnonzero(past.of(new.whole))
    worth = weights[known] * (1.0 + new.in_title[known])
    best = known[np.argsort(-worth, kind="stable")[:ASKED]]
    return new.whole[best], weights[best] * (1.0 + new.in_title[best])


def _in_array(array: Sorted, asked: "Numbers", weights: Any) -> tuple[Any, Any]:
    """Positions and weights of what an array holds of the pieces asked for."""
    import numpy as np  # noqa: PLC0415

    end = np.searchsorted(array.pieces, asked, side="right")
    start = np.maximum(np.searchsorted(array.pieces, asked, side="left"), end - READ_EACH)
    lengths = end - start
    offsets = np.repeat(start - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return array.positions[offsets + np.arange(lengths.sum())], np.repeat(weights, lengths)


def _of_table(table: dict[int, list[int]]) -> Sorted:
    import numpy as np  # noqa: PLC0415

    order = sorted(table)
    lengths = [len(table[piece]) for piece in order]
    return Sorted(
        pieces=np.repeat(np.array(order, dtype=np.uint32), lengths),
        positions=np.fromiter((at for piece in order for at in table[piece]), dtype=np.int32),
        messages=TABLE,
    )


def _joined(arrays: Sequence[Sorted]) -> Sorted:
    """One array of several; equal pieces keep the order of the arrays, which is that of time."""
    import numpy as np  # noqa: PLC0415

    pieces = np.concatenate([one.pieces for one in arrays])
    order = np.argsort(pieces, kind="stable")
    positions = np.concatenate([one.positions for one in arrays])
    return Sorted(pieces[order], positions[order], sum(one.messages for one in arrays))
