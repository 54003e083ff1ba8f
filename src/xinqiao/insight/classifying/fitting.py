"""Which categories of a platform fit a text: by a learned model, and by the words of the taxonomy beside it."""

from collections.abc import Sequence
from functools import lru_cache

from xinqiao.insight.classifying.values import Suggestion
from xinqiao.text.classifying.levels import nearest_offered, ranked
from xinqiao.text.classifying.model import Model
from xinqiao.text.clues import Lexicon, Likely, category_words, likely

READ = (
    20_000  # characters of a text that are looked through: what it is about stands at its beginning
)
MOST = 3
_SPOKEN = 6  # so many classes of which words stand in a text are looked at
_SUREST = 0.99  # nothing that is learned is certain
_SHOWN = 4  # so many words say why


def fitting(
    model: Model | None, seen: float, subject: str, body: str, codes: tuple[str, ...], most: int = MOST,
) -> list[Suggestion]:  # fmt: skip
    """The codes that fit best, at most `most`: what was learned first, then what words alone speak for.

    Under a title that was learned, the class of which words stand in the text comes before the title: so few matters
    of it were confirmed that it could not be learned itself. `seen` multiplies confidences (`store.InUse`).
    """
    learned = _learned(model, seen, subject, body, codes) if model else []
    spoken = by_words(likely(subject, body[:READ], known_words(codes), most=_SPOKEN))
    known = dict.fromkeys(one.code for one in learned)
    found: list[Suggestion] = []
    for one in learned:
        under = (word for word in spoken if word.code.startswith(f"{one.code}."))
        found += [*(word for word in under if word.code not in known), one]
    found += spoken
    first = {one.code: one for one in reversed(found)}
    return sorted(first.values(), key=found.index)[:most]


def by_words(found: Sequence[Likely]) -> list[Suggestion]:
    """What words alone speak for: it has reasons and no confidence."""
    return [Suggestion(code=one.code, words=one.words[:_SHOWN]) for one in found]


def _learned(
    model: Model, seen: float, subject: str, body: str, codes: tuple[str, ...]
) -> list[Suggestion]:
    if not (subject.strip() or body.strip()):
        return []
    likely_ones = (seen * float(one) for one in model.likelihoods(subject, body))
    shares = dict(zip(model.labels, likely_ones, strict=True))
    return [
        Suggestion(
            code=one.label, confidence=min(one.confidence, _SUREST),
            words=model.because(subject, body, _speaking(one.label, shares)),
        )
        for one in ranked(shares, frozenset(codes))
    ]  # fmt: skip


def _speaking(code: str, shares: dict[str, float]) -> str:
    """The label whose weights say why: the code itself, or the likeliest under it."""
    under = [one for one in shares if one == code or one.startswith(f"{code}.")]
    return code if code in shares else max(under, key=lambda one: shares[one], default=code)


@lru_cache(maxsize=4)
def known_words(codes: tuple[str, ...]) -> Lexicon:
    """The words by the categories of this platform: words of one it does not have count for its nearest parent."""
    known: dict[str, set[str]] = {code: set() for code in codes}
    for code, words in category_words().items():
        if nearest := nearest_offered(code, known):
            known[nearest] |= set(words)
    return {code: tuple(sorted(words)) for code, words in known.items() if words}
