"""What a message complains of: by the words of the categories, and by the things that petitions speak of.

The same words as `text.clues` and `text.classifying`, found by their pieces instead of one by one: forty messages are
looked at in the time that a clerk's screen has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from xinqiao.text.classifying.features import concept_words
from xinqiao.text.clues import category_words
from xinqiao.text.folding import fold
from xinqiao.text.linking.pieces import different, pieces

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
    """All different pieces of the words, sorted. Of the words one after another, which pieces each is made of, where it
    begins, and of how many different ones it is made. Of the pieces one after another, which words each is part of, and
    where it begins. What each word says for which category, and for which thing.
    """

    pieces: "Numbers"
    made_of: Any
    starts: Any
    sizes: Any
    part_of: Any
    begins: Any
    categories: Any
    things: Any


def spoken(whole: "Sequence[Numbers]", titles: "Sequence[Numbers]") -> list[Spoken]:
    """Of what each message speaks whose sorted different pieces are in `whole`, those of its title in `titles`."""
    if not whole:
        return []
    words = _words()
    return [
        _weighed(words, anywhere, heading)
        for anywhere, heading in zip(_there(words, whole), _there(words, titles), strict=True)
    ]


def _weighed(words: _Words, anywhere: Any, heading: Any) -> Spoken:
    import numpy as np  # noqa: PLC0415  the extra `analytics`

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


def _there(words: _Words, messages: "Sequence[Numbers]") -> Any:
    """For each message a row, in it for each word 1 where all its pieces stand in the message, else 0."""
    import numpy as np  # noqa: PLC0415

    joined = np.concatenate(messages)
    whose = np.repeat(np.arange(len(messages)), [len(one) for one in messages])
    at = np.minimum(np.searchsorted(words.pieces, joined), len(words.pieces) - 1)
    known = np.flatnonzero(words.pieces[at] == joined)
    first = words.begins[at[known]]
    many = words.begins[at[known] + 1] - first
    # Each piece that is found speaks for all words that it is part of: their places follow one another.
    nth = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    cells = (
        np.repeat(whose[known] * len(words.sizes), many)
        + words.part_of[np.repeat(first, many) + nth]
    )
    found = np.bincount(cells, minlength=len(messages) * len(words.sizes))
    return (found.reshape(len(messages), -1) == words.sizes).astype(np.float32)


@cache
def _words() -> _Words:
    import numpy as np  # noqa: PLC0415

    categories = _with_all_above(category_words())
    things = {name: {fold(one) for one in words} for name, words in concept_words().items()}
    every = {
        word for lexicon in (categories, things) for words in lexicon.values() for word in words
    }
    words = sorted(word for word in every if len(word) > 1)
    of_words = [different(pieces(word, lengths=(2,))) for word in words]
    sizes = np.array([len(one) for one in of_words])
    found, made_of = np.unique(np.concatenate(of_words), return_inverse=True)
    return _Words(
        pieces=found,
        made_of=made_of,
        starts=np.cumsum(sizes) - sizes,
        sizes=sizes,
        part_of=np.repeat(np.arange(len(words)), sizes)[np.argsort(made_of, kind="stable")],
        begins=np.concatenate(([0], np.cumsum(np.bincount(made_of)))),
        categories=_speaking(words, categories),
        things=_speaking(words, things),
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
