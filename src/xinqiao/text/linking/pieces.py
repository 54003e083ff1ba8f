"""Pieces of two and three characters as numbers of 32 bits: a message becomes a small array, many are compared at once.

Two different pieces share a number about once in four thousand million: a likeness is not changed by it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.uint32]]
    Kind = TypeVar("Kind", bound=np.dtype[np.unsignedinteger[Any]])
    Owners = np.ndarray[Any, np.dtype[np.uint32]]

_BETWEEN = re.compile(r"[\W_]+")
_LENGTHS = (2, 3)


def pieces(folded: str, lengths: Iterable[int] = _LENGTHS) -> "Numbers":
    """The pieces of a text in half width and small letters, across blanks and punctuation, as numbers."""
    return pieces_of([folded], lengths)[0]


def pieces_of(texts: Sequence[str], lengths: Iterable[int] = _LENGTHS) -> "tuple[Numbers, Owners]":
    """The pieces of several such texts, and of which text, counted from 0, each is."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    plain = [_BETWEEN.sub("", text) for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(plain), dtype=np.uint32), [len(one) for one in plain])
    found = [_mixed(codes, owners, length) for length in lengths]
    return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])


def _mixed(codes: Any, owners: "Owners", length: int) -> "tuple[Numbers, Owners]":
    """Each run of `length` characters of one text as a well spread number."""
    import numpy as np  # noqa: PLC0415

    end = max(len(codes) - length + 1, 0)
    run = np.full(end, length, dtype=np.uint64)
    for at in range(length):
        run = (run ^ codes[at : at + end]) * np.uint64(0x9E3779B97F4A7C15)
        run ^= run >> np.uint64(29)
    of_one = owners[:end] == owners[len(owners) - end :]
    return (run[of_one] >> np.uint64(32)).astype(np.uint32), owners[:end][of_one]


def parts(owners: "Owners", messages: int) -> list[slice]:
    """Where the entries of each message lie, in arrays that are in the order of messages."""
    import numpy as np  # noqa: PLC0415

    return [
        slice(*both) for both in pairwise(np.searchsorted(owners, np.arange(messages + 1)).tolist())
    ]


def numbers_of(texts: Iterable[str]) -> "Numbers":
    """Whole texts as sorted different numbers."""
    import numpy as np  # noqa: PLC0415

    return different(np.fromiter((crc32(t.encode()) for t in texts), dtype=np.uint32))


def different(numbers: "np.ndarray[Any, Kind]") -> "np.ndarray[Any, Kind]":
    """Each number once, sorted. `numpy.unique` hashes many of them, which takes several times longer."""
    import numpy as np  # noqa: PLC0415

    ordered = np.sort(numbers)
    return (
        ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
    )
