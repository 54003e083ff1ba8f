"""What a text seems to be about, by the words in it; each answer names its words, so that it explains itself.

No model and no learning: a list of words that anybody can read and change. A person decides.
"""

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xinqiao.text.folding import fold

Lexicon = Mapping[str, Collection[str]]
LEAST_WEIGHT = 2.0  # one word of two characters that belongs to nothing else
_HEADING = 2  # what the subject says counts twice


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A code, the words that speak for it in the order of the text, and how much they weigh together."""

    code: str
    words: tuple[str, ...]
    weight: float


def likely(heading: str, text: str, lexicon: Lexicon, *, most: int = 3) -> list[Likely]:
    """The codes of `lexicon` whose words stand in heading or text, the weightiest first, at most `most`.

    A word weighs as many as it has characters, shared between the codes that have it, and counts once. A code with
    a dot leans on what speaks for its parent: that is added. Texts in traditional characters or full width are read
    as if they were written in those of the words.
    """
    heading, text = fold(heading), fold(text)
    shared = Counter(word for words in lexicon.values() for word in set(words))
    found = {code: _found(words, heading, text) for code, words in lexicon.items()}
    weights = {
        code: sum(_weight(word, heading, shared[word]) for word in words)
        for code, words in found.items()
    }
    ranked = [
        Likely(code=code, words=tuple(words), weight=weights[code] + _of_parent(code, weights))
        for code, words in found.items()
        if words
    ]
    ranked = [one for one in ranked if one.weight >= LEAST_WEIGHT]
    return sorted(ranked, key=lambda one: (-one.weight, one.code))[:most]


def _found(words: Collection[str], heading: str, text: str) -> list[str]:
    """The words that stand there, without those inside a longer one that does too."""
    whole = f"{heading}\n{text}"
    there = {word: at for word in words if word and (at := whole.find(word.casefold())) >= 0}
    return [
        word
        for word in sorted(there, key=lambda one: (there[one], one))
        if not any(word != longer and word in longer for longer in there)
    ]


def _weight(word: str, heading: str, codes: int) -> float:
    return len(word) * (_HEADING if word.casefold() in heading else 1) / codes


def _of_parent(code: str, weights: Mapping[str, float]) -> float:
    parent = code.rpartition(".")[0]
    return weights.get(parent, 0.0) if parent else 0.0


@cache
def category_words() -> Lexicon:
    """The words of categories, by code."""
    return _read("categories.toml")


@cache
def kind_words() -> Lexicon:
    """The words of the three kinds of matter."""
    return _read("kinds.toml")


@cache
def path_words() -> Lexicon:
    """The words of the six legal paths of a claim (art. 31)."""
    return _read("paths.toml")


def _read(name: str) -> Lexicon:
    source = files("xinqiao.text").joinpath("clue_words", name).read_text(encoding="utf-8")
    return {code: tuple(words) for code, words in tomllib.loads(source).items()}
