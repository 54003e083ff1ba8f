"""Which messages would teach a classifier most, if a person labelled them next."""

from collections.abc import Sequence

from xinqiao.text.classifying.features import counts, values
from xinqiao.text.classifying.model import Model
from xinqiao.text.classifying.values import Text


def most_telling(model: Model, texts: Sequence[Text], most: int) -> list[int]:
    """The places in `texts` of at most `most` messages: those in doubt between two labels, and unlike each other.

    The first is the most telling one. Doubt is 1 less the distance between the two likeliest labels.
    """
    doubts = [_doubt(model, one) for one in texts]
    found = [values(counts(one.subject, one.body), model.rates) for one in texts]
    chosen: list[int] = []
    left = [1.0] * len(texts)
    for _ in range(min(most, len(texts))):
        best = max(
            (i for i in range(len(texts)) if i not in chosen),
            key=lambda i: (doubts[i] * left[i], -i),
        )
        chosen.append(best)
        for i, other in enumerate(found):
            left[i] = min(left[i], 1 - _likeness(found[best], other))
    return chosen


def _doubt(model: Model, text: Text) -> float:
    likely = sorted(map(float, model.likelihoods(text.subject, text.body)), reverse=True)
    return 1 - (likely[0] - likely[1])


def _likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two texts' features, 0 to 1."""
    lengths = (sum(v * v for v in one.values()) * sum(v * v for v in other.values())) ** 0.5
    common = one.keys() & other.keys()
    return sum(one[name] * other[name] for name in common) / lengths if lengths else 0.0
