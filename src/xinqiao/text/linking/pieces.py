"""Pieces of two and three characters as numbers of 32 bits: a message becomes a small array, many are compared at once.

Two different pieces share a number about once in four thousand million: a likeness is not changed by it.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.uint32]]

_BETWEEN = re.compile(r"[\W_]+")
_LENGTHS = (2, 3)


def pieces(folded: str, lengths: Iterable[int] = _LENGTHS) -> "Numbers":
    """The pieces of a text in half width and small letters, across blanks and punctuation, as numbers."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    plain = _BETWEEN.sub("", folded)
    codes = np.frombuffer(plain.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    found = [_mixed(codes, length) for length in lengths if len(codes) >= length]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint32)


def _mixed(codes: Any, length: int) -> "Numbers":
    """Each run of `length` characters as a well spread number."""
    import numpy as np  # noqa: PLC0415

    end = len(codes) - length + 1
    run = np.full(end, length, dtype=np.uint64)
    for at in range(length):
        run = (run ^ codes[at : at + end]) * np.uint64(0x9E3779B97F4A7C15)
        run ^= run >> np.uint64(29)
    return (run >> np.uint64(32)).astype(np.uint32)


def numbers_of(texts: Iterable[str]) -> "Numbers":
    """Whole texts as sorted different numbers."""
    import numpy as np  # noqa: PLC0415

    return np.unique(np.fromiter((crc32(t.encode()) for t in texts), dtype=np.uint32))
