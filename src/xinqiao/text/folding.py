"""Texts made alike that mean the same to a reader: full and half width, capitals, traditional and simplified."""

import unicodedata
from functools import cache
from typing import Any


@cache
def _simplifying() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  reads its tables when it is first asked

    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text in half width, small letters and simplified characters. What is alike for a reader is equal after it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain if plain.isascii() else str(_simplifying().convert(plain))
