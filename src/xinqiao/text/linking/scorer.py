"""From the features of a pair to the probability that both are about one matter: a few hundred small trees as arrays.

A scorer is a value that can be written to JSON and read again; it needs no library of machine learning to be used.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.features import NAMES

if TYPE_CHECKING:
    from xinqiao.text.linking.features import Table

DEPTH = 3


class UnusableScorer(ValueError):
    """Weights that were made for other features, or are damaged: make them anew from groups."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees of depth DEPTH, one a row: what they ask (7 places), the bounds, what they answer (8 leaves).

    `link_at` is the probability from which a pair is linked, chosen where half of the groups were held back.
    """

    asked: Any
    bounds: Any
    answers: Any
    start: float
    link_at: float

    def probabilities(self, table: "Table") -> Any:
        """One for each row of `table`, 0 to 1."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        trees = np.arange(len(self.asked))
        at = np.zeros((len(table), len(trees)), dtype=np.intp)
        rows = np.arange(len(table))[:, None]
        for _ in range(DEPTH):
            right = table[rows, self.asked[trees, at]] > self.bounds[trees, at]
            at = 2 * at + 1 + right
        leaves = at - (2**DEPTH - 1)
        return 1.0 / (1.0 + np.exp(-(self.start + self.answers[trees, leaves].sum(axis=1))))

    def written(self) -> str:
        """As JSON, with the names of the features it was made for."""
        told = {
            "features": NAMES, "start": round(self.start, 5), "link_at": round(self.link_at, 4),
            "asked": self.asked.tolist(),
            "bounds": [[_short(one) for one in row] for row in self.bounds.tolist()],
            "answers": [[round(one, 5) for one in row] for row in self.answers.tolist()],
        }  # fmt: skip
        return json.dumps(told, separators=(",", ":"))


def _short(bound: float) -> float | None:
    return None if bound == float("inf") else float(f"{bound:.6g}")


def read(text: str) -> Scorer:
    """The scorer written there. Raises UnusableScorer."""
    import numpy as np  # noqa: PLC0415

    try:
        told: Mapping[str, Any] = json.loads(text)
        if tuple(told["features"]) != NAMES:
            raise UnusableScorer("the weights were made for other features")
        bounds = [[float("inf") if one is None else one for one in row] for row in told["bounds"]]
        made = Scorer(
            np.array(told["asked"], dtype=np.intp).reshape(-1, 2**DEPTH - 1),
            np.array(bounds, dtype=float).reshape(-1, 2**DEPTH - 1),
            np.array(told["answers"], dtype=float).reshape(-1, 2**DEPTH),
            float(told["start"]), float(told["link_at"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as cause:
        raise UnusableScorer(f"these are no weights of a scorer: {cause}") from cause
    if not len(made.asked) == len(made.bounds) == len(made.answers) or made.asked.max() >= len(
        NAMES
    ):
        raise UnusableScorer("the weights are damaged: their parts do not fit together")
    return made


@cache
def shipped() -> Scorer:
    """The scorer that comes with the program; README.md says from what it was made."""
    return read(files(__package__).joinpath("scorer.json").read_text(encoding="utf-8"))
