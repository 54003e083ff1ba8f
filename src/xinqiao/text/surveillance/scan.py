"""Whether some places of an area hold more of the last weeks than their share: a scan over them and their unions.

The statistic is Kulldorff's for counts among a known total, the largest over stretches of the last weeks and over
unions of places. Of all unions the best is one of the first so many places by observed over expected (Neill's
linear-time subset scan), so none need be left out. How likely so much is without a cause, is told by dealing the same
matters anew: each place keeps how many it has in all, each week how many came in it, and who of them came when is
chance. So what all places share, a season or a campaign, is no finding, and a place with a short past is not accused
by it. Needs numpy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many times the matters are dealt anew, and the fewest of late that are scanned at all.
GAMES, FEWEST = 999, 5
#: No union that would be expected to hold more than this share: then the rest is few, not these many.
_LARGEST = 0.5
#: Above it the games are counted; below, their tail is drawn on (Gumbel), since so few cannot tell.
_COUNTED = 0.02
_EULER = 0.5772156649
_SEED = 20260302
#: So many dealt matters are held in memory at once.
_HELD = 2_000_000


@dataclass(frozen=True, slots=True)
class Gathering:
    """Places that hold more than their share of the last `weeks`, and how likely so much was without a cause."""

    places: tuple[str, ...]
    weeks: int
    observed: int
    expected: float
    p: float


def scan(past: Mapping[str, int], recent: Mapping[str, Sequence[int]]) -> Gathering | None:
    """The most striking gathering of an area; None where too little came, or there are no two places to compare.

    `past`: what each place had before; `recent`: its counts week by week, the last first, all as long. The same
    numbers give the same answer: chance is played with a fixed seed.
    """
    import numpy as np  # noqa: PLC0415

    places = [one for one in sorted(past) if past[one] + sum(recent[one])]
    weekly = np.array([list(recent[one]) for one in places], dtype=np.int64)
    if len(places) < 2 or weekly.sum() < FEWEST:
        return None
    every = np.array([past[one] for one in places]) + weekly.sum(axis=1)
    shares = every / every.sum()
    value, weeks = _best(weekly[None, :, :], shares)
    played = np.concatenate([_best(some, shares)[0] for some in _games(weekly, every)])
    reached = int(weeks[0])
    union = _union(weekly[:, :reached].sum(axis=1), shares)
    return Gathering(
        places=tuple(places[one] for one in sorted(union)), weeks=reached,
        observed=int(weekly[union, :reached].sum()),
        expected=float(weekly[:, :reached].sum() * shares[union].sum()), p=_chance(float(value[0]), played),
    )  # fmt: skip


def _games(weekly: "NDArray[Any]", every: "NDArray[Any]") -> "list[NDArray[Any]]":
    """The matters dealt anew, in batches of games x places x weeks; every place and every week keeps its total."""
    import numpy as np  # noqa: PLC0415

    dice, number, weeks = np.random.default_rng(_SEED), int(weekly.sum()), weekly.shape[1]
    of_week = np.repeat(np.arange(weeks), weekly.sum(axis=0))
    batches, left = [], GAMES
    while left:
        some = min(left, max(_HELD // number, 1))
        dealt = dice.multivariate_hypergeometric(every, number, size=some, method="marginals")
        hands = np.stack([np.repeat(np.arange(len(every)), one) for one in dealt])
        cells = (
            dice.permuted(hands, axis=1) * weeks
            + of_week
            + len(every) * weeks * np.arange(some)[:, None]
        )
        counted = np.bincount(cells.ravel(), minlength=some * len(every) * weeks)
        batches.append(counted.reshape(some, len(every), weeks))
        left -= some
    return batches


def _best(games: "NDArray[Any]", shares: "NDArray[Any]") -> "tuple[NDArray[Any], NDArray[Any]]":
    """The largest statistic of each game, and over how many of the last weeks it was reached."""
    import numpy as np  # noqa: PLC0415

    value, reached = np.zeros(len(games)), np.ones(len(games), dtype=int)
    for some in range(1, games.shape[2] + 1):
        found = _over_unions(games[:, :, :some].sum(axis=2), shares).max(axis=1)
        reached = np.where(found > value, some, reached)
        value = np.maximum(value, found)
    return value, reached


def _over_unions(counts: "NDArray[Any]", shares: "NDArray[Any]") -> "NDArray[Any]":
    """The statistic of the union of the first 1, 2, 3 ... places by observed over expected, for each game."""
    import numpy as np  # noqa: PLC0415

    total = int(counts[0].sum())
    order = np.argsort(-counts / shares, axis=1, kind="stable")
    inside = np.cumsum(np.take_along_axis(counts, order, axis=1), axis=1).astype(float)
    due = (
        np.cumsum(np.take_along_axis(np.broadcast_to(shares, counts.shape), order, axis=1), axis=1)
        * total
    )
    outside, rest = total - inside, np.maximum(total - due, 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = inside * np.log(inside / due) + np.where(
            outside > 0, outside * np.log(outside / rest), 0.0
        )
    fits = (inside > due) & (due <= _LARGEST * total)
    return np.where(fits, value, 0.0)


def _union(counts: "NDArray[Any]", shares: "NDArray[Any]") -> list[int]:
    """Which places make the best union."""
    import numpy as np  # noqa: PLC0415

    best = int(_over_unions(counts[None, :], shares).argmax())
    order = np.argsort(-counts / shares, kind="stable")
    return [int(one) for one in order[: best + 1]]


def _chance(value: float, played: "NDArray[Any]") -> float:
    """How often chance gave as much: counted, or in the far tail by the curve of largest values."""
    import numpy as np  # noqa: PLC0415

    counted = (1 + int((played >= value).sum())) / (1 + len(played))
    if counted > _COUNTED:
        return counted
    width = float(played.std()) * np.sqrt(6) / np.pi
    if not width:
        return counted
    at = (value - (float(played.mean()) - _EULER * width)) / width
    return float(max(-np.expm1(-np.exp(-at)), 1e-12))
