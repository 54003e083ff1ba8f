"""Finding near-copies among very many texts: numbers of which two that nearly repeat each other share one.

Each number stands for the least of four different hashes over a text's pieces. Two texts with a share `j` of their
pieces in common (of all that one of them has) have the same four with a chance of j ** 4; of twenty numbers one agrees
nearly always from two thirds on (`among.COPY`), and hardly ever where only formulas are shared.
"""

import random
from collections.abc import Collection
from hashlib import blake2b
from zlib import crc32

_ROWS, _BANDS = 4, 20
_PRIME = 2**61 - 1
_dice = random.Random(20221)  # noqa: S311  chooses the hashes, the same everywhere and always
_MIXED = [
    [(_dice.randrange(1, _PRIME), _dice.randrange(_PRIME)) for _ in range(_ROWS)]
    for _ in range(_BANDS)
]


def bands(pieces: Collection[str]) -> list[int]:
    """The numbers of a text, of 64 bits with a sign, in their order; none of a text without pieces."""
    hashes = [crc32(piece.encode()) for piece in pieces]
    if not hashes:
        return []
    return [
        _number([at, *(min((a * one + b) % _PRIME for one in hashes) for a, b in rows)])
        for at, rows in enumerate(_MIXED)
    ]


def _number(values: list[int]) -> int:
    told = b"".join(value.to_bytes(8, "big") for value in values)
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)
