"""What a message complains of: by the words of the categories, and by the things that petitions speak of.

The same words as `text.clues` and `text.classifying`, found by their pieces instead of one by one: forty messages are
looked at in the time that a clerk's screen has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from xinqiao.text.classifying.features import concept_words
from xinqiao.text.clues import category_words
from xinqiao.text.folding import fold
from xinqiao.text.linking.pieces import pieces

if TYPE_CHECKING:
    from xinqiao.text.linking.frequencies import Frequencies
    from xinqiao.text.linking.pieces import Numbers

_IN_TITLE = 2.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of what a message speaks: categories and things as weights, in all of it and in its title; and the very words,
    1 for each that stands there.
    """

    issue: Any
    things: Any
    title_things: Any
    words: Any
    title_words: Any


@dataclass(frozen=True, slots=True)
class _Words:
    """All different pieces of the words, sorted; of the words one after another which pieces each is made of, and where
    it begins; what each says for which category, and for which thing.
    """

    pieces: "Numbers"
    made_of: Any
    starts: Any
    categories: Any
    things: Any


def spoken(whole: "Numbers", title: "Numbers") -> Spoken:
    """Of what a message speaks whose sorted pieces are `whole`, those of its title `title`."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    words = _words()
    anywhere, heading = _there(words, whole), _there(words, title)
    both = anywhere + (_IN_TITLE - 1.0) * heading
    some, named = np.flatnonzero(both), np.flatnonzero(heading)
    return Spoken(
        issue=both[some] @ words.categories[some],
        things=both[some] @ words.things[some],
        title_things=heading[named] @ words.things[named],
        words=anywhere > 0,
        title_words=heading > 0,
    )


def rarity(past: "Frequencies") -> Any:
    """How rare each word was until now, in nats: as rare as its rarest piece."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    words = _words()
    return np.maximum.reduceat(past.weights(words.pieces)[words.made_of], words.starts)


def _there(words: _Words, sorted_pieces: "Numbers") -> Any:
    """For each word 1 where all its pieces stand in the message, else 0."""
    import numpy as np  # noqa: PLC0415

    there = np.zeros(len(words.pieces), dtype=bool)
    at = np.minimum(np.searchsorted(words.pieces, sorted_pieces), len(words.pieces) - 1)
    there[at[words.pieces[at] == sorted_pieces]] = True
    return np.logical_and.reduceat(there[words.made_of], words.starts).astype(np.float32)


@cache
def _words() -> _Words:
    import numpy as np  # noqa: PLC0415

    categories = _with_all_above(category_words())
    things = {name: {fold(one) for one in words} for name, words in concept_words().items()}
    every = {
        word for lexicon in (categories, things) for words in lexicon.values() for word in words
    }
    words = sorted(word for word in every if len(word) > 1)
    of_words = [pieces(word, lengths=(2,)) for word in words]
    lengths = [len(one) for one in of_words]
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.intp)
    different, made_of = np.unique(np.concatenate(of_words), return_inverse=True)
    return _Words(
        different, made_of, starts, _speaking(words, categories), _speaking(words, things)
    )


def _with_all_above(lexicon: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The words of each category; those of one below speak for all above it, too."""
    found: dict[str, set[str]] = {}
    for code, words in lexicon.items():
        parts = code.split(".")
        for n in range(len(parts)):
            found.setdefault(".".join(parts[: n + 1]), set()).update(fold(one) for one in words)
    return found


def _speaking(words: list[str], lexicon: Mapping[str, set[str]]) -> Any:
    """What each word says for which name, as many as it has characters, shared between those that have it."""
    import numpy as np  # noqa: PLC0415

    says = np.array(
        [[len(word) * (word in lexicon[name]) for name in sorted(lexicon)] for word in words],
        dtype=np.float32,
    )
    return says / np.maximum((says > 0).sum(1, keepdims=True), 1)
