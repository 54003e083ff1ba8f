"""What a message complains of, by the words of the categories, as one weight for each category and those above it.

The same words as `text.clues`, found by their pieces instead of one by one: forty messages are looked at in the time
that a clerk's screen has.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from xinqiao.text.clues import category_words
from xinqiao.text.folding import fold
from xinqiao.text.linking.pieces import pieces

if TYPE_CHECKING:
    from xinqiao.text.linking.pieces import Numbers

_IN_TITLE = 2.0


@dataclass(frozen=True, slots=True)
class _Words:
    """All different pieces of the words, sorted; of the words one after another which pieces each is made of, and where
    it begins; what each says for which category.
    """

    pieces: "Numbers"
    made_of: Any
    starts: Any
    speaks: Any


def issue(whole: "Numbers", title: "Numbers") -> Any:
    """Weights of the categories of a message whose sorted pieces are `whole`, those of its title `title`."""
    words = _words()
    return (_there(words, whole) + (_IN_TITLE - 1.0) * _there(words, title)) @ words.speaks


def _there(words: _Words, sorted_pieces: "Numbers") -> Any:
    """For each word 1 where all its pieces stand in the message, else 0."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    there = np.zeros(len(words.pieces), dtype=bool)
    at = np.minimum(np.searchsorted(words.pieces, sorted_pieces), len(words.pieces) - 1)
    there[at[words.pieces[at] == sorted_pieces]] = True
    return np.logical_and.reduceat(there[words.made_of], words.starts).astype(float)


@cache
def _words() -> _Words:
    import numpy as np  # noqa: PLC0415

    lexicon = category_words()
    codes = {
        above: n for n, above in enumerate(sorted({a for c in lexicon for a in _with_parents(c)}))
    }
    words = sorted(
        {fold(word) for several in lexicon.values() for word in several if len(word) > 1}
    )
    row = {word: n for n, word in enumerate(words)}
    speaks = np.zeros((len(words), len(codes)))
    for code, several in lexicon.items():
        for word in {fold(one) for one in several} & row.keys():
            for above in _with_parents(code):
                speaks[row[word], codes[above]] = len(word)
    of_words = [pieces(word, lengths=(2,)) for word in words]
    lengths = [len(one) for one in of_words]
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.intp)
    different, made_of = np.unique(np.concatenate(of_words), return_inverse=True)
    shared = speaks / np.maximum((speaks > 0).sum(1, keepdims=True), 1)
    return _Words(different, made_of, starts, shared)


def _with_parents(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]
