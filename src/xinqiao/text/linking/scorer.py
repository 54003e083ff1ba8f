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

#: Places of a tree: 8 leaves at most, and what stands above them.
PLACES = 15


class UnusableScorer(ValueError):
    """Weights that were made for other features, or are damaged: make them anew from groups."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees, one a row of PLACES: which feature a place asks, its bound, where to go below and above it, its answer.

    A leaf leads to itself. `link_at` is the probability from which a pair is linked, `first_at` the lower one from
    which the likeliest of a message's pairs is; both were chosen on groups held back.
    """

    asked: Any
    bounds: Any
    below: Any
    above: Any
    answers: Any
    start: float
    link_at: float
    first_at: float

    def probabilities(self, table: "Table") -> Any:
        """One for each row of `table`, 0 to 1."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        # One place after another in flat arrays: `take` is twice as fast as asking by rows and columns.
        first = (np.arange(len(self.asked)) * PLACES)[:, None]
        asked, bounds = self.asked.ravel(), self.bounds.ravel()
        below, above = (self.below + first).ravel(), (self.above + first).ravel()
        values = np.ascontiguousarray(table).ravel()
        rows = (np.arange(len(table)) * table.shape[1])[:, None]
        at = np.repeat(first.T, len(table), axis=0)
        while True:
            low = values.take(rows + asked.take(at)) <= bounds.take(at)
            there = np.where(low, below.take(at), above.take(at))
            if np.array_equal(there, at):
                break
            at = there
        return 1.0 / (1.0 + np.exp(-(self.start + self.answers.ravel().take(at).sum(axis=1))))

    def written(self) -> str:
        """As JSON, with the names of the features it was made for."""
        told = {
            "features": NAMES, "start": round(self.start, 5), "link_at": round(self.link_at, 4),
            "first_at": round(self.first_at, 4),
            "asked": self.asked.tolist(), "below": self.below.tolist(), "above": self.above.tolist(),
            "bounds": [[float(f"{one:.8g}") for one in row] for row in self.bounds.tolist()],
            "answers": [[round(one, 5) for one in row] for row in self.answers.tolist()],
        }  # fmt: skip
        return json.dumps(told, separators=(",", ":"))


def read(text: str) -> Scorer:
    """The scorer written there. Raises UnusableScorer."""
    import numpy as np  # noqa: PLC0415

    try:
        told: Mapping[str, Any] = json.loads(text)
        if tuple(told["features"]) != NAMES:
            raise UnusableScorer("the weights were made for other features")
        whole, real = np.intp, np.float64
        parts = [
            np.array(told[name], dtype=kind).reshape(-1, PLACES)
            for name, kind in (
                ("asked", whole), ("bounds", real), ("below", whole), ("above", whole), ("answers", real)
            )
        ]  # fmt: skip
        asked, bounds, below, above, answers = parts
        start, link_at, first_at = (float(told[one]) for one in ("start", "link_at", "first_at"))
        made = Scorer(asked, bounds, below, above, answers, start, link_at, first_at)
    except (KeyError, TypeError, ValueError) as cause:
        raise UnusableScorer(f"these are no weights of a scorer: {cause}") from cause
    if not _whole(made):
        raise UnusableScorer("the weights are damaged: their parts do not fit together")
    return made


def _whole(made: Scorer) -> bool:
    """Whether every place leads to itself or to a later one: then every walk ends."""
    import numpy as np  # noqa: PLC0415

    places = np.arange(PLACES)
    same = (
        len({len(one) for one in (made.asked, made.bounds, made.below, made.above, made.answers)})
        == 1
    )
    return bool(
        same and len(made.asked)
        and all(((ways >= places) & (ways < PLACES)).all() for ways in (made.below, made.above))
        and ((made.asked >= 0) & (made.asked < len(NAMES))).all()
        and not np.isnan(made.answers).any()
    )  # fmt: skip


@cache
def shipped() -> Scorer:
    """The scorer that comes with the program; README.md says from what it was made."""
    return read(files(__package__).joinpath("scorer.json").read_text(encoding="utf-8"))
