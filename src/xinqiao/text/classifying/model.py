"""A trained classifier: a weight for each feature and label, and how sure it must be to decide alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xinqiao.text.classifying.features import concepts_of, counts, values
from xinqiao.text.classifying.values import Suggested, Suggestion

_TOP = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """What `learning.train` makes and `keeping` stores. `weights`: an array, features by labels.

    `sharpness` and `honest` make confidences what they say (`confidences`); `alone` is the least confidence to decide
    alone (above 1: never). `rates` says how telling each gram and word is.
    """

    labels: tuple[str, ...]
    rates: Mapping[str, float]
    rows: Mapping[str, int]
    weights: Any
    bias: Any
    sharpness: float
    honest: tuple[float, float]
    alone: float
    learned_from: int

    def likelihoods(self, subject: str, body: str) -> Any:
        """How likely each label is, in the order of `labels`."""
        import numpy as np  # noqa: PLC0415  the extra is there

        found = values(counts(subject, body), self.rates)
        known = [(self.rows[name], value) for name, value in found.items() if name in self.rows]
        scores = self.bias.astype(np.float64)
        if known:
            rows, amounts = zip(*known, strict=True)
            scores = scores + np.asarray(amounts) @ self.weights[list(rows)].astype(np.float64)
        return confidences(likelihoods_of(scores * self.sharpness)[None], self.honest)[0]

    def suggest(self, subject: str, body: str) -> Suggestion:
        """The three likeliest labels of a message. Nothing but its words is looked at."""
        likely = self.likelihoods(subject, body)
        best = sorted(range(len(self.labels)), key=lambda i: -likely[i])[:_TOP]
        found = tuple(
            Suggested(label=self.labels[i], confidence=round(float(likely[i]), 4)) for i in best
        )
        empty = not (subject.strip() or body.strip())
        return Suggestion(labels=found, abstain=empty or float(likely[best[0]]) < self.alone)

    def because(self, subject: str, body: str, label: str, most: int = 4) -> tuple[str, ...]:
        """The words of a text that spoke most for a label, the strongest first.

        Where none of the words that stand for things is among them, pairs of characters, which tell a reader less.
        """
        if label not in self.labels:
            return ()
        column, seen = self.labels.index(label), counts(subject, body)
        spoken = {
            word: sum(self._weight(block + thing, column) for thing in concepts_of()[word])
            for block in ("S", "B")
            for word in seen[block]
        }
        pairs = {
            gram: self._weight(f"b{gram}", column) + self._weight(f"s{gram}", column)
            for gram in seen["s"].keys() | seen["b"].keys()
            if len(gram) == len("一对") and gram.isalpha()
        }
        return tuple(_apart(_strongest(spoken) or _strongest(pairs))[:most])

    def _weight(self, name: str, column: int) -> float:
        row = self.rows.get(name)
        return 0.0 if row is None else float(self.weights[row][column])


def _strongest(weights: Mapping[str, float]) -> list[str]:
    """Those that speak for something, the strongest first."""
    return [
        name
        for name, weight in sorted(weights.items(), key=lambda one: (-one[1], one[0]))
        if weight > 0
    ]


def _apart(words: list[str]) -> list[str]:
    """Without what overlaps a word that stands before it."""
    kept: list[str] = []
    for word in words:
        if not any(set(word) & set(one) for one in kept):
            kept.append(word)
    return kept


def likelihoods_of(scores: Any) -> Any:
    """Scores of labels (the last axis) as likelihoods that add up to 1."""
    import numpy as np  # noqa: PLC0415  the extra is there

    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def confidences(likely: Any, honest: tuple[float, float]) -> Any:
    """Likelihoods (texts by labels) whose first is corrected to how often such a first was right; the order stays.

    `honest`: slope and shift of the logit of the first.
    """
    import numpy as np  # noqa: PLC0415  the extra is there

    ordered = np.sort(likely, axis=1)
    first = np.clip(ordered[:, -1], 1e-9, 1 - 1e-9)
    others = np.maximum(1 - first, 1e-12)
    slope, shift = honest
    corrected = 1 / (1 + np.exp(-(slope * np.log(first / (1 - first)) + shift)))
    share = ordered[:, -2] / others  # what the second has of all that is not the first's
    corrected = np.maximum(corrected, share / (1 + share) + 1e-6)  # the first stays the first
    result = likely * ((1 - corrected) / others)[:, None]
    result[np.arange(len(likely)), likely.argmax(axis=1)] = corrected
    return result
