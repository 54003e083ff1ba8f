"""Finding a piece of a text, wherever it begins and ends, in whatever way a reader may have typed it.

A text is made plain one character at a time, so that a piece of a text, made plain, is a piece of the plain text: full
and half width, capitals, accents, traditional and simplified characters become alike, and blanks and line ends go.
(`folding.fold` looks at neighbours, as a simplifier should, and so makes of 乾 two things.) Two neighbouring characters
of a plain text are a pair; any piece of two or more characters is a run of pairs.
"""

import unicodedata
from itertools import pairwise

from xinqiao.text.folding import fold

#: A piece of fewer characters, blanks left out, is in nearly everything, and is not looked for.
SHORTEST = 2
_BLANK = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))


class _Alike(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _alike(chr(code))
        return found


def _alike(character: str) -> str:
    if unicodedata.category(character) in _BLANK:
        return ""
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if part not in _ACCENTS)
    return "".join(one for one in fold(bare) if unicodedata.category(one) not in _BLANK)


_ALIKE = _Alike()


def plain(text: str) -> str:
    """The text as it is looked through and looked for."""
    return text.translate(_ALIKE)


def pairs(plain_text: str) -> list[str]:
    """All neighbouring characters of a plain text, in their order."""
    return [one + other for one, other in pairwise(plain_text)]


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where in a text, as it was written, a plain piece stands: beginnings and ends, none overlapping another."""
    if not wanted:
        return []
    made = [_ALIKE[ord(one)] for one in text]
    begins = [at for at, one in enumerate(made) for _ in one]
    whole, found, at = "".join(made), list[tuple[int, int]](), 0
    while (at := whole.find(wanted, at)) >= 0:
        last = begins[at + len(wanted) - 1]
        if not found or found[-1][1] <= begins[at]:
            found.append((begins[at], last + 1))
        at += len(wanted)
    return found
