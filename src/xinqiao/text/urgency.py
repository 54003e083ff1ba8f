"""What cannot wait in what a text tells: danger to life, wages before the festival, heating in winter.

About the matter, by its words and the season; nothing is asked about who writes, or what they might do.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xinqiao.text.folding import fold

_SHOWN = 4  # so many words say why


@dataclass(frozen=True, kw_only=True)
class Urgent:
    """A reason for haste (a code of the glossary, group `urgency`) and the words that say so."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One reason as the file has it (see there). `beside` and `months` are empty where nothing more is asked."""

    words: tuple[str, ...]
    weak: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    months: frozenset[int] = frozenset()


def urgencies(subject: str, body: str, month: int) -> list[Urgent]:
    """Every reason for haste that the text gives in this month (1 to 12), in the order of the file."""
    heading = fold(subject)
    text = f"{heading}\n{fold(body)}"
    return [
        Urgent(code=code, words=found)
        for code, sign in signs().items()
        if (found := _found(sign, heading, text, month))
    ]


def _found(sign: Sign, heading: str, text: str, month: int) -> tuple[str, ...]:
    if sign.months and month not in sign.months:
        return ()
    for one in sign.but:
        text = text.replace(one, "\n")
    there = [*_there(sign.words, text), *_weak(sign.weak, heading, text)]
    beside = _there(sign.beside, text)
    if not there or (sign.beside and not beside):
        return ()
    return tuple(dict.fromkeys((*there[:_SHOWN], *beside[:1])))


def _weak(words: tuple[str, ...], heading: str, text: str) -> list[str]:
    """Words that are often named in passing: they count where two stand together, or one in the heading."""
    found = _there(words, text)
    return found if len(found) > 1 or any(word in heading for word in found) else []


def _there(words: tuple[str, ...], text: str) -> list[str]:
    """The words that stand there, none inside a longer one that does too."""
    found = [word for word in words if word in text]
    return [one for one in found if not any(one != other and one in other for other in found)]


@cache
def signs() -> dict[str, Sign]:
    """The reasons by code (`clue_words/urgency.toml`)."""
    source = files("xinqiao.text").joinpath("clue_words", "urgency.toml").read_text("utf-8")
    return {
        code: Sign(
            words=tuple(map(fold, one["words"])), weak=tuple(map(fold, one.get("weak", ()))),
            beside=tuple(map(fold, one.get("beside", ()))), but=tuple(map(fold, one.get("but", ()))),
            months=frozenset(one.get("months", ())),
        )
        for code, one in tomllib.loads(source).items()
    }  # fmt: skip
