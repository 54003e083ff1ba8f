"""Names of places and units found by pinyin: whole syllables, their beginnings, or their first letters alone."""

import re
from functools import lru_cache

_LETTERS = re.compile(r"[a-z]+")
_BETWEEN = re.compile(r"[\s'’\-]+")
SHORTEST, LONGEST = 2, 40


def typed(words: str) -> str:
    """The letters of what may be pinyin, without blanks and apostrophes; "" for anything else, or for too few."""
    letters = _BETWEEN.sub("", words.casefold()).replace("ü", "v")
    fits = SHORTEST <= len(letters) <= LONGEST and letters.isascii() and _LETTERS.fullmatch(letters)
    return letters if fits else ""


@lru_cache(maxsize=20_000)
def syllables(name: str) -> tuple[str, ...]:
    """How a name is read, a syllable for each character; what is no Chinese character is left out."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  reads its tables when it is first asked

    return tuple(one for one in lazy_pinyin(name, errors="ignore") if _LETTERS.fullmatch(one))


def place(letters: str, read: tuple[str, ...]) -> int | None:
    """At which syllable the letters begin to spell the name, each syllable by its beginning; None: nowhere."""
    return next((at for at in range(len(read)) if _spells(letters, read, at)), None)


def _spells(letters: str, read: tuple[str, ...], at: int) -> bool:
    """Whether the letters are used up by beginnings of the syllables from here on, none of them skipped."""
    left = {letters}  # what may remain, whichever way those before were cut
    for syllable in read[at:]:
        left = {
            rest[size:]
            for rest in left
            for size in range(1, len(syllable) + 1)
            if rest.startswith(syllable[:size])
        }
        if "" in left:
            return True
        if not left:
            return False
    return False
