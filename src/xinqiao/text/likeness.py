"""How alike two texts are, by the pieces of two characters that they have in common.

Pieces of two characters find the same words in Chinese without a dictionary; what is neither letter, digit nor
character counts for nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from zlib import crc32

_BETWEEN = re.compile(r"[\W_]+")


def pieces(text: str) -> frozenset[str]:
    """The different pieces of two characters of a text, across blanks and punctuation."""
    plain = _BETWEEN.sub("", text.casefold())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def sketch(pieces: Iterable[str], most: int) -> list[int]:
    """The smallest hashes of some pieces, at most so many: they stand for all of them where many texts are compared."""
    return sorted({crc32(piece.encode()) for piece in pieces})[:most]


def in_common(one: Collection[str], other: Collection[str]) -> float:
    """Dice's share of what two sets of pieces have in common, 0 to 1; 0 where one of them is empty."""
    if not one or not other:
        return 0.0
    return 2 * len(frozenset(one) & frozenset(other)) / (len(one) + len(other))


def alike(one: str, other: str) -> float:
    """The same of two texts."""
    return in_common(pieces(one), pieces(other))


def formulas(texts: Iterable[Collection[str]], above: float) -> frozenset[str]:
    """The pieces that stand in more than this share of all texts, and so tell nothing of any."""
    counted: Counter[str] = Counter()
    number = 0
    for text in texts:
        counted.update(text)
        number += 1
    return frozenset(piece for piece, n in counted.items() if n > above * number and n > 2)
