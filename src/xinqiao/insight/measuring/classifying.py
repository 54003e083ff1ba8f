"""How well categories are suggested: trained on four fifths, asked about the fifth that was left out, over and over."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from xinqiao.insight.messages import Message, read_messages
from xinqiao.text.classifying.copies import groups
from xinqiao.text.classifying.learning import FOLDS, train
from xinqiao.text.classifying.values import ALONE, Text

LABELLED = "messages_labelled.csv"
UNLABELLED = ("messages_2019.csv", "messages_answered.csv")
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_DRAWS = 1_000


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure and the range that holds it in 95 of 100 draws of the same number of messages."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Reliable:
    """Of the answers with a confidence in a range: how many, what they said on average, how many were right."""

    number: int
    said: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Classifying:
    """All figures. `alone`: the share decided without a person, `alone_right`: how much of it was right;

    `at_95`: the share that could have been decided at 95 % accuracy, had the threshold been known.
    """

    messages: int
    repeats: int
    macro_f1: Figure
    top_3: Figure
    alone: Figure
    alone_right: Figure
    at_95: Figure
    reliability: tuple[Reliable, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    wanted: str
    labels: tuple[str, ...]
    confidence: float
    alone: bool


def texts(messages: Sequence[Message]) -> list[Text]:
    """What a classifier is shown of messages: never the user."""
    return [Text(subject=one.subject, body=one.body, label=one.label) for one in messages]


def measure(folder: Path, *, repeats: int = 10) -> Classifying:
    """The figures from the tables of a folder; near-copies never stand on both sides.

    Raises what `insight.messages.read_messages` raises.
    """
    labelled = texts([one for one in read_messages(folder / LABELLED) if one.label])
    unlabelled = [
        text
        for name in UNLABELLED
        if (folder / name).exists()
        for text in texts(read_messages(folder / name))
    ]
    return figures([_asked(labelled, unlabelled, turn) for turn in range(repeats)])


def _asked(labelled: Sequence[Text], unlabelled: Sequence[Text], turn: int) -> list[_Said]:
    said: list[_Said | None] = [None] * len(labelled)
    for seen, unseen in _parts(labelled, turn):
        model = train([labelled[i] for i in seen], unlabelled)
        for i in unseen:
            found = model.suggest(labelled[i].subject, labelled[i].body)
            said[i] = _Said(
                wanted=labelled[i].label, labels=tuple(one.label for one in found.labels),
                confidence=found.labels[0].confidence, alone=not found.abstain,
            )  # fmt: skip
    return [one for one in said if one]


def _parts(labelled: Sequence[Text], turn: int) -> Iterator[tuple[Any, Any]]:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415  the extra is there

    parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=100 + turn)
    wanted = [one.label for one in labelled]
    yield from parts.split(wanted, wanted, groups(labelled))


def figures(turns: Sequence[Sequence[_Said]]) -> Classifying:
    """The figures of several turns over the same messages: their means, ranges from drawing messages anew."""
    import numpy as np  # noqa: PLC0415  the extra is there

    number = len(turns[0])
    draws = np.random.default_rng(1).integers(0, number, (_DRAWS, number))
    counted = [_Counted(turn) for turn in turns]

    def figure(name: str) -> Figure:
        value = float(np.mean([getattr(one, name)(np.arange(number)) for one in counted]))
        drawn = [getattr(counted[i % len(counted)], name)(draw) for i, draw in enumerate(draws)]
        low, high = np.quantile(drawn, (0.025, 0.975))
        return Figure(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))

    return Classifying(
        messages=number, repeats=len(turns), macro_f1=figure("macro_f1"), top_3=figure("top_3"),
        alone=figure("alone"), alone_right=figure("alone_right"), at_95=figure("at_95"),
        reliability=_reliability([one for turn in turns for one in turn]),
    )  # fmt: skip


class _Counted:
    """One turn as arrays, to be counted over any draw of its messages."""

    def __init__(self, said: Sequence[_Said]) -> None:
        import numpy as np  # noqa: PLC0415  the extra is there

        names = sorted({label for one in said for label in (one.wanted, *one.labels)})
        place = {label: i for i, label in enumerate(names)}
        self.labels = len(names)
        self.wanted = np.asarray([place[one.wanted] for one in said])
        self.first = np.asarray([place[one.labels[0]] for one in said])
        self.among = np.asarray([one.wanted in one.labels for one in said])
        self.confidence = np.asarray([one.confidence for one in said])
        self.decided = np.asarray([one.alone for one in said])

    def macro_f1(self, draw: Any) -> float:
        import numpy as np  # noqa: PLC0415

        wanted, first = self.wanted[draw], self.first[draw]
        right = np.bincount(wanted[wanted == first], minlength=self.labels)
        both = np.bincount(wanted, minlength=self.labels) + np.bincount(
            first, minlength=self.labels
        )
        return float(np.mean(2 * right[both > 0] / both[both > 0]))

    def top_3(self, draw: Any) -> float:
        return float(self.among[draw].mean())

    def alone(self, draw: Any) -> float:
        return float(self.decided[draw].mean())

    def alone_right(self, draw: Any) -> float:
        kept = draw[self.decided[draw]]
        return float((self.wanted[kept] == self.first[kept]).mean()) if len(kept) else 0.0

    def at_95(self, draw: Any) -> float:
        import numpy as np  # noqa: PLC0415

        order = draw[np.argsort(-self.confidence[draw], kind="stable")]
        right = np.cumsum(self.wanted[order] == self.first[order]) / np.arange(1, len(order) + 1)
        good = np.flatnonzero(right >= ALONE)
        return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def _reliability(said: Sequence[_Said]) -> tuple[Reliable, ...]:
    bins = [[one for one in said if low <= one.confidence < high] for low, high in pairwise(_BINS)]
    return tuple(
        Reliable(
            number=len(some), said=round(sum(one.confidence for one in some) / len(some), 3),
            right=round(sum(one.labels[0] == one.wanted for one in some) / len(some), 3),
        )
        for some in bins if some
    )  # fmt: skip
