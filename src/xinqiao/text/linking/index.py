"""Finding the messages that may be about the same matter among many: a signature of each, in sorted arrays.

Of each message only its most telling pieces are kept: rare in the past, repeated in it, standing in its title. New ones
go to a small table in memory; full tables become sorted arrays of postings, and arrays of one size are joined like the
levels of a log-structured tree: adding stays cheap, and nothing is ever rebuilt as a whole. A posting is one number of
64 bits: the piece, and below it the position of the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Gathered, Prepared
from xinqiao.text.linking.pieces import parts

if TYPE_CHECKING:
    from xinqiao.text.linking.grams import Keys
    from xinqiao.text.linking.pieces import Numbers

#: Messages of the table in memory, and how many arrays of one size are joined into one.
TABLE, FAN = 512, 8
#: After so many messages all arrays are at least as large as this: then, and only then, they are worth keeping.
WHOLE = TABLE * FAN
#: Messages of the largest array: it is never joined again, so joining needs little memory.
LARGEST = TABLE * FAN**4
#: Pieces kept of each message: many while messages are few, fewer as their number grows.
KEPT = ((200_000, 160), (1_000_000, 64), (1 << 62, 24))
#: Pieces of a new message that are looked up, and postings read of one of them, the latest first.
ASKED, READ_EACH = 200, 96
CANDIDATES = 100
#: The lower half of a posting, which holds the position.
_POSITION = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Sorted:
    """Postings of `messages` messages, sorted: by pieces, then by positions."""

    postings: "Keys"
    messages: int


@dataclass
class SignatureIndex:
    """Messages by their telling pieces; positions count up from 0 in the order of adding."""

    messages: int = 0
    arrays: list[Sorted] = field(default_factory=list)
    _table: list["Numbers"] = field(default_factory=list)
    _places: dict[int, list[int]] = field(default_factory=dict)
    _placed: int = 0

    def add(self, new: Prepared, past: Frequencies) -> int:
        """Keep the signature of the next message and give its position; `past` must not contain it yet."""
        position = self.messages
        weights = past.weights(new.whole)
        self._keep(new.whole, telling(weights, new.times, new.in_title))
        return position

    def add_many(self, new: Gathered, weights: Any) -> None:
        """The same for messages that follow one another. `weights`: of each of `new.whole` just before its message."""
        tells = telling(weights, new.times, new.in_title)
        for one in parts(new.owners, new.messages):
            self._keep(new.whole[one], tells[one])

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

    def _keep(self, pieces: "Numbers", tells: Any) -> None:
        """The next message, by those of its pieces that tell most."""
        self._table.append(pieces[(-tells).argsort(kind="stable")[: kept(self.messages)]])
        self.messages += 1
        if len(self._table) == TABLE:
            self._seal()

    def _in_table(self, asked: "Numbers", weights: Any) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415

        first = self.messages - len(self._table)
        for place, pieces in enumerate(self._table[self._placed :], first + self._placed):
            for piece in pieces.tolist():
                self._places.setdefault(piece, []).append(place)
        self._placed = len(self._table)
        lists = [self._places.get(piece, ())[-READ_EACH:] for piece in asked.tolist()]
        lengths = [len(one) for one in lists]
        return (
            np.fromiter((at for one in lists for at in one), dtype=np.int64, count=sum(lengths)),
            np.repeat(weights, lengths),
        )

    def _seal(self) -> None:
        """The table becomes an array; arrays of one size are joined, up to the largest."""
        self.arrays.append(_of_table(self._table, self.messages - TABLE))
        self._table, self._places, self._placed = [], {}, 0
        while (size := self.arrays[-1].messages) < LARGEST:
            same = [one for one in self.arrays if one.messages == size]
            if len(same) < FAN:
                return
            rest = [one for one in self.arrays if one.messages != size]
            self.arrays = [*rest, _joined(same)]


def kept(position: int) -> int:
    """How many pieces of the message at this position are kept."""
    return next(number for until, number in KEPT if position < until)


def telling(weights: Any, times: Any, in_title: Any) -> Any:
    """How much each piece of a message tells: rare until now, repeated in it, standing in its title."""
    import numpy as np  # noqa: PLC0415

    return weights * (1.0 + np.log(times)) * (1.0 + in_title)


def _asked(new: Prepared, past: Frequencies) -> tuple["Numbers", Any]:
    """The pieces by which a new message asks, those that stood in the past and are rarest, sorted, with their
    weights.
    """
    import numpy as np  # noqa: PLC0415

    weights = past.weights(new.whole)
    known = np.flatnonzero(past.of(new.whole))
    worth = weights[known] * (1.0 + new.in_title[known])
    best = np.sort(known[np.argsort(-worth, kind="stable")[:ASKED]])
    return new.whole[best], weights[best] * (1.0 + new.in_title[best])


def _in_array(array: Sorted, asked: "Numbers", weights: Any) -> tuple[Any, Any]:
    """Positions and weights of what an array holds of the pieces asked for."""
    import numpy as np  # noqa: PLC0415

    bounds = np.repeat(asked.astype(np.uint64) << np.uint64(32), 2)
    bounds[1::2] |= _POSITION
    found = np.searchsorted(array.postings, bounds)
    end = found[1::2]
    start = np.maximum(found[::2], end - READ_EACH)
    lengths = end - start
    offsets = np.repeat(start - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    postings = array.postings[offsets + np.arange(lengths.sum())]
    return (postings & np.uint64(_POSITION)).astype(np.int64), np.repeat(weights, lengths)


def _of_table(table: Sequence["Numbers"], first: int) -> Sorted:
    """The messages from position `first` on, of which each keeps these pieces."""
    import numpy as np  # noqa: PLC0415

    at = np.arange(first, first + len(table), dtype=np.uint64)
    positions = np.repeat(at, [len(one) for one in table])
    postings = np.concatenate(table).astype(np.uint64) << np.uint64(32) | positions
    postings.sort()
    return Sorted(postings, len(table))


def _joined(arrays: Sequence[Sorted]) -> Sorted:
    import numpy as np  # noqa: PLC0415

    postings = np.concatenate([one.postings for one in arrays])
    postings.sort()
    return Sorted(postings, sum(one.messages for one in arrays))
