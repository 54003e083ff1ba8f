"""What a text seems to be about, as a proposal with its reasons. The writer decides, and the office decides again."""

from dataclasses import dataclass

from xinqiao.insight.classifying import queries as classifying
from xinqiao.insight.classifying.values import Sureness
from xinqiao.rules.states import Kind
from xinqiao.text.clues import Likely, kind_words, likely

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
    """The categories that fit best, at most `most`, by what was learned and by words; none that is only a guess."""
    found = classifying.categories(subject, body, most).found
    return [
        Proposal(code=one.code, words=one.words)
        for one in found
        if one.sureness is not Sureness.UNSURE
    ]


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
