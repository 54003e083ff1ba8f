"""Whether confidences hold: first suggestions for matters that nothing had learned from, by stretches of confidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xinqiao.insight.classifying.values import Suggestion
from xinqiao.text.classifying.values import Text

#: Hundredths at which stretches begin; the last one ends at 100. `PERHAPS` and `LIKELY` are among them.
BEGINS = (0, 20, 35, 50, 65, 80, 90)
_END = 100

First = Callable[[Text], Suggestion | None]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """First suggestions whose confidence was from `low` to below `high` hundredths: how many, the mean of what was
    said (hundredths), how many were right. Words alone have no confidence: `low` is None, and `said` is 0."""

    low: int | None
    high: int
    number: int
    said: float
    right: int

    @property
    def held(self) -> float:
        """How many of a hundred were right."""
        return 100 * self.right / self.number if self.number else 0.0


def measured(texts: Iterable[Text], first: First) -> list[list[int | None]]:
    """As a version keeps it: from, below, how many, sum of hundredths, how many right; stretches with none left out."""
    found: dict[int | None, list[int]] = {}
    for one in texts:
        said = first(one)
        if said is None:
            continue
        sure = None if said.confidence is None else round(100 * said.confidence)
        low = None if sure is None else max(begin for begin in BEGINS if begin <= sure)
        counts = found.setdefault(low, [0, 0, 0])
        counts[0] += 1
        counts[1] += sure or 0
        counts[2] += said.code == one.label
    order = [None, *BEGINS]
    return [[low, _below(low), *found[low]] for low in order if low in found]


def _below(low: int | None) -> int:
    return 0 if low is None else next((one for one in BEGINS if one > low), _END)


def read(kept: Sequence[Sequence[int | None]]) -> list[Stretch]:
    """What a version kept, the surest first, words alone last."""
    found = []
    for low, high, number, total, right in reversed(kept):
        if number:
            said = (total or 0) / number
            found.append(
                Stretch(low=low, high=high or 0, number=number, said=said, right=right or 0)
            )
    return found


def as_dict(one: Stretch) -> Mapping[str, object]:
    """For JSON."""
    return {
        "from": one.low, "below": one.high, "number": one.number, "said": round(one.said / 100, 3),
        "right": round(one.held / 100, 3),
    }  # fmt: skip
