"""What a text seems to be about, as a proposal with its reasons. The writer decides, and the office decides again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xinqiao.directory import queries as directory
from xinqiao.rules.states import Kind
from xinqiao.text.clues import Likely, category_words, kind_words, likely

_READ = (
    20_000  # characters of a text that are looked through: what it is about stands at its beginning
)
_OTHER_KIND = 1.5  # so much weightier than the chosen kind must another be before it is spoken of


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A category or a kind of matter, and the words of the text that speak for it."""

    code: str
    words: tuple[str, ...]


def categories(subject: str, body: str, most: int = 3) -> list[Proposal]:
    """The categories that fit best, at most `most`; none when no word says anything."""
    codes = tuple(code for code, _ in directory.category_choices("zh-hans"))
    return [_proposal(one) for one in likely(subject, body[:_READ], _known_words(codes), most=most)]


def another_kind(subject: str, body: str, chosen: str) -> Proposal | None:
    """The kind of matter that the text speaks of more than of the chosen one, if it clearly does."""
    found = {one.code: one for one in likely(subject, body[:_READ], kind_words(), most=len(Kind))}
    best = max(found.values(), key=lambda one: one.weight, default=None)
    own = found[chosen].weight if chosen in found else 0.0
    if best is None or best.code == chosen or best.weight < own * _OTHER_KIND:
        return None
    return _proposal(best)


def _proposal(found: Likely) -> Proposal:
    return Proposal(code=found.code, words=found.words)


@lru_cache(maxsize=4)
def _known_words(codes: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The words by the categories of this platform: words of one it does not have count for its nearest parent."""
    known: dict[str, set[str]] = {code: set() for code in codes}
    for code, words in category_words().items():
        nearest: str = code
        while nearest and nearest not in known:
            nearest = nearest.rpartition(".")[0]
        if nearest:
            known[nearest] |= set(words)
    return {code: tuple(sorted(words)) for code, words in known.items() if words}
