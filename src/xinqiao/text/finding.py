"""Finding a piece of a text, wherever it begins and ends, in whatever way a reader may have typed it.

A text is made plain one character at a time, so that a piece of a text, made plain, is a piece of the plain text: full
and half width, capitals, accents, traditional and simplified characters become alike, and blanks and line ends go.
(`folding.fold` looks at neighbours, as a simplifier should, and so makes of 乾 two things.) Two neighbouring characters
of a plain text are a pair; any piece of two or more characters is a run of pairs.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable
from itertools import pairwise

from xinqiao.text.folding import fold

#: A piece of fewer characters, blanks left out, is in nearly everything, and is not looked for.
SHORTEST = 2
_BLANK = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
#: Characters that a simplifier leaves as they are where it sees no neighbours, or that are written so only in Hong Kong
#: or Taiwan, and what stands for them elsewhere: 答覆 and 答复, 瞭解 and 了解, 看著 and 看着, 衞生 and 卫生.
_ELSEWHERE = str.maketrans(
    "著衞敍枱覆瞭揹祇衹藉薰隄牠甯甦荳菓鎗籐濬伕簷痺粧糭暱燄拏彷馀",
    "着卫叙台复了背只只借熏堤它宁苏豆果枪藤浚夫檐痹妆粽昵焰拿仿余",
)


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
    plain = "".join(one for one in fold(bare) if unicodedata.category(one) not in _BLANK)
    return plain.translate(_ELSEWHERE)


_ALIKE = _Alike()


def plain(text: str) -> str:
    """The text as it is looked through and looked for."""
    return text.translate(_ALIKE)


def wanted(words: str) -> tuple[str, ...]:
    """The plain pieces that are looked for where somebody types this, each once.

    Blanks part words of two characters or more. Where they leave a shorter one (3 号楼), all is one piece.
    """
    parts = tuple(dict.fromkeys(filter(None, map(plain, words.split()))))
    return parts if min(map(len, parts), default=0) >= SHORTEST else (plain(words),)


def pairs(plain_text: str) -> list[str]:
    """All neighbouring characters of a plain text, in their order."""
    return [one + other for one, other in pairwise(plain_text)]


def pair_numbers(plain_text: str) -> set[int]:
    """All pairs of a plain text as numbers of 32 bits with a sign, for an index that holds numbers.

    Paired are units of 16 bits: one a character, two for those beyond the first 65,536. Each number of a piece of a
    text is one of the text's, as each pair is.
    """
    units = memoryview(plain_text.encode("utf-16-le"))
    ends = [begin + (len(units) - begin) // 4 * 4 for begin in (0, 2)]
    return {*units[: ends[0]].cast("i"), *units[2 : max(2, ends[1])].cast("i")}


def pairs_apart(plain_texts: str) -> str:
    """All pairs of plain texts, each on a line of its own, in their order with blanks between them.

    Where a line ends, stands a pair with the line end in it: no pair of a text, and no part of a run of pairs.
    """
    codes = array("I")
    codes.frombytes(plain_texts.encode("utf-32-le"))
    number = len(codes) - 1
    if number < 1:
        return ""
    woven = array("I", [ord(" ")]) * (3 * number)
    woven[0::3], woven[1::3] = codes[:-1], codes[1:]
    return woven.tobytes().decode("utf-32-le")


def places(text: str, pieces: Iterable[str]) -> list[tuple[int, int]]:
    """Where in a text, as it was written, plain pieces stand: beginnings and ends in order; what overlaps is one."""
    whole = plain(text)
    there = [piece for piece in pieces if piece and piece in whole]
    if not there:  # most texts: what follows goes character by character
        return []
    begins = [at for at, one in enumerate(text) for _ in _ALIKE[ord(one)]]
    stands = [
        (begins[match.start()], begins[match.end() - 1] + 1)
        for piece in there
        for match in re.finditer(re.escape(piece), whole)
    ]
    found = list[tuple[int, int]]()
    for begin, end in sorted(stands):
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
