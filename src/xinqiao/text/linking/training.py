"""A scorer learned from groups of messages that a person read: which are about one matter, which only look like it.

What counts as what: a pair of one group is a same matter; a pair of two groups, a pair that was named as look-alike,
and a pair of a grouped message with one of no group is none. Of two messages in no group nobody knows: they teach
nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking import stream
from xinqiao.text.linking.features import FALLING, NAMES, RISING, contradict
from xinqiao.text.linking.grams import Prepared, Writing
from xinqiao.text.linking.scorer import PLACES, Scorer
from xinqiao.text.linking.stream import Compared, Linker

if TYPE_CHECKING:
    from xinqiao.text.linking.features import Table

#: What thresholds must reach: the precision is the strictest one, where every link between a group and a message of no
#: group is wrong, whichever comes first; small groups are incomplete, so that the true one lies well above it (of the
#: links of messages that are in groups 95 of 100 are right where this is 0.86).
PRECISION, LOOK_ALIKES = 0.86, 0.06
#: Groups are held back so often, each time in other parts: thresholds from one division would be its accidents.
_TURNS, _FOLDS, _TREES, _RATE = 3, 4, 170, 0.06
#: Bounds between which values are not told apart. With weights the library seeks them one by one: most of the time.
_BINS = 63
#: Thresholds that are tried.
_LOWEST, _HIGHEST, _STEP = 0.05, 0.90, 0.025
#: Of the pairs that nobody would take for one matter, every so manieth is enough.
_EASY, _EVERY = 0.45, 8
#: What a pair teaches. Look-alikes that a person named are few, and the hardest there is; a pair with a message of no
#: group may yet be of one matter, since small groups are incomplete.
_NAMED, _OF_NO_GROUP = 8.0, 0.2
#: So many scorers, each grown by other chances, become one: their mean has fewer accidents.
_TOGETHER = 3
#: How many of the pairs with a message of no group are taken to be of two matters, when probabilities are made honest.
_NOT_OF_ONE = 0.8
_FARTHEST = 5.0
_LEAST_PAIRS = 10


class TooFewGroups(ValueError):
    """Groups from which nothing can be learned; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Numbers of messages that are about one matter, and pairs that look alike and are not."""

    groups: Sequence[Collection[str]]
    not_same: Collection[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs, the later message first, by their numbers; `vetoed` where their districts contradict."""

    new: Sequence[str]
    old: Sequence[str]
    table: "Table"
    vetoed: Any


def compared(writings: Sequence[Writing]) -> Pairs:
    """Every pair that the linker would compare, in the order of time."""
    return pairs_of([one.id for one in writings], list(stream.compared(writings, Linker(nobody()))))


def pairs_of(ids: Sequence[str], seen: Sequence[tuple[Prepared, Compared | None]]) -> Pairs:
    """The pairs of messages with these numbers that were compared."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    tables, new_ids, old_ids, vetoed = [], [], [], []
    for one, (new, found) in zip(ids, seen, strict=True):
        if found is not None:
            tables.append(found.table)
            new_ids += [one] * len(found.positions)
            old_ids += [ids[position] for position in found.positions]
            vetoed += [contradict(new, old) for old in found.old]
    whole = np.vstack(tables) if tables else np.zeros((0, len(NAMES)))
    return Pairs(new_ids, old_ids, whole, np.array(vetoed, dtype=bool))


def train(pairs: Pairs, known: Groups, seed: int = 0) -> Scorer:
    """A scorer whose threshold comes from groups that the trees of that moment had not seen. Raises TooFewGroups."""

    divided = [_Told.of(pairs, known, turn) for turn in range(_TURNS)]
    told = divided[0]
    if told.same.sum() < _LEAST_PAIRS or told.other.sum() < _LEAST_PAIRS:
        raise TooFewGroups(
            f"{int(told.same.sum())} pairs of one matter and {int(told.other.sum())} of different ones were found;"
            f" {_LEAST_PAIRS} of each are needed: are the numbers those of the messages?"
        )
    turns = [_held_back(pairs, one, seed + turn) for turn, one in enumerate(divided)]
    every = told.same | told.other
    grown = [_fit(pairs.table, told, every, seed + one) for one in range(_TOGETHER)]
    held_back, whole = _mean(turns), joined(grown)
    at, shift = _thresholds(held_back, told, pairs), _shift(held_back, told)
    link_at, first_at = (float(_likely(_odds(one) + shift)) for one in at)
    return replace(whole, start=whole.start + shift, link_at=link_at, first_at=first_at)


def _shift(held_back: Any, told: "_Told") -> float:
    """What log-odds are moved by for the probabilities to be, in sum, as many as there are pairs of one matter.

    What teaches more than it weighs makes everything look likelier; clusters and warnings take a probability at its
    word.
    """
    import numpy as np  # noqa: PLC0415

    use = (told.same | told.other) & ~np.isnan(held_back)
    sure = np.where(told.teaches < told.weight, _NOT_OF_ONE, 1.0)
    odds, weight = _odds(held_back[use]), (told.weight * sure)[use]
    wanted = weight[told.same[use]].sum()
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(40):
        middle = (low + high) / 2
        if (weight * _likely(odds + middle)).sum() > wanted:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _odds(likely: Any) -> Any:
    """Log-odds of probabilities."""
    import numpy as np  # noqa: PLC0415

    bounded = np.clip(likely, 1e-9, 1 - 1e-9)
    return np.log(bounded / (1.0 - bounded))


def _likely(odds: Any) -> Any:
    """Probabilities of log-odds."""
    import numpy as np  # noqa: PLC0415

    return 1.0 / (1.0 + np.exp(-odds))


def _mean(turns: Sequence[Any]) -> Any:
    """The mean of probabilities as that of their log-odds, as `joined` has it."""
    import numpy as np  # noqa: PLC0415

    return _likely(np.mean([_odds(one) for one in turns], axis=0))


def joined(scorers: Sequence[Scorer]) -> Scorer:
    """One scorer that says the mean of what these say, in log-odds; its thresholds are those of the first."""
    import numpy as np  # noqa: PLC0415

    def every(name: str) -> Any:
        return np.concatenate([getattr(one, name) for one in scorers])

    return replace(
        scorers[0],
        asked=every("asked"), bounds=every("bounds"), below=every("below"), above=every("above"),
        answers=every("answers") / len(scorers),
        start=sum(one.start for one in scorers) / len(scorers),
    )  # fmt: skip


def _held_back(pairs: Pairs, told: "_Told", seed: int) -> Any:
    """The probability of each pair by trees that saw nothing of its groups."""
    import numpy as np  # noqa: PLC0415

    found = np.full(len(told.same), np.nan)
    for fold in range(_FOLDS):
        apart = told.fold == fold
        use = (told.same | told.other) & ~apart & ~told.across(fold)
        if told.same[use].any() and apart.any():
            found[apart] = _fit(pairs.table, told, use, seed).probabilities(pairs.table[apart])
    return found


def nobody() -> Scorer:
    """A scorer of no trees: only the comparing is wanted."""
    import numpy as np  # noqa: PLC0415

    empty = np.zeros((0, PLACES))
    ways = empty.astype(np.intp)
    return Scorer(ways, empty, ways, ways, empty, start=0.0, link_at=1.0, first_at=1.0)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of each pair, and the part of the groups to which it belongs.

    `weight`: for how many pairs it stands, when wrong links are counted; `teaches`: how much the trees heed it.
    """

    same: Any
    other: Any
    look_alike: Any
    weight: Any
    teaches: Any
    fold: Any
    folds: Any

    @classmethod
    def of(cls, pairs: Pairs, known: Groups, turn: int) -> "_Told":
        import numpy as np  # noqa: PLC0415

        group = {one: n for n, ids in enumerate(known.groups) for one in ids}
        new = np.array([group.get(one, -1) for one in pairs.new])
        old = np.array([group.get(one, -1) for one in pairs.old])
        named = {frozenset(pair) for pair in known.not_same}
        look = np.array(
            [frozenset(p) in named for p in zip(pairs.new, pairs.old, strict=True)], dtype=bool
        )
        same = (new == old) & (new >= 0) & ~look
        other = ((new != old) & ((new >= 0) | (old >= 0))) | look
        shuffled = np.random.default_rng(turn).permutation(len(known.groups))
        parts = np.append(shuffled % _FOLDS, -1)
        fold = np.where(new >= 0, parts[new], parts[old])
        by_pair = np.array(
            [
                sum(map(ord, f"{a}{b}{turn}")) % _FOLDS
                for a, b in zip(pairs.new, pairs.old, strict=True)
            ]
        )
        fold = np.where((fold < 0) & look, by_pair, fold)
        # A group of sixty has so many pairs that nothing else would be learned: its messages count, not its pairs.
        sizes = np.bincount(new[same], minlength=len(known.groups))
        members = np.array([len(ids) for ids in known.groups])
        weight = np.ones(len(new))
        weight[same] = (members - 1)[new[same]] / sizes[new[same]]
        easy = other & ~look & (pairs.table[:, NAMES.index("whole_of_best")] < _EASY)
        other &= ~easy | (np.arange(len(new)) % _EVERY == 0)
        weight[easy] = _EVERY
        unsure = other & ~look & ~easy & ((new < 0) | (old < 0))
        teaches = weight * np.where(look, _NAMED, 1.0) * np.where(unsure, _OF_NO_GROUP, 1.0)
        return cls(same, other, look, weight, teaches, fold, np.stack((parts[new], parts[old])))

    def across(self, fold: int) -> Any:
        """Pairs of which one message belongs to that part."""
        return (self.folds == fold).any(axis=0)


def _fit(table: "Table", told: _Told, use: Any, seed: int) -> Scorer:
    """Boosted trees of the pairs in `use`."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    model = HistGradientBoostingClassifier(
        max_iter=_TREES, learning_rate=_RATE, max_leaf_nodes=(PLACES + 1) // 2, min_samples_leaf=30,
        l2_regularization=5.0, max_features=0.6, max_bins=_BINS, early_stopping=False,
        random_state=seed,
        monotonic_cst=[(one in RISING) - (one in FALLING) for one in NAMES],
    ).fit(table[use], told.same[use], sample_weight=told.teaches[use])  # fmt: skip
    return plain(model, link_at=0.5)


def plain(model: Any, link_at: float) -> Scorer:
    """A fitted HistGradientBoostingClassifier as a scorer.

    The library has no public way to its trees; a test holds what is read here against what it predicts.
    """
    import numpy as np  # noqa: PLC0415

    grown = [_plain(one[0].nodes) for one in model._predictors]
    asked, bounds, below, above, answers = (np.array(part) for part in zip(*grown, strict=True))
    start = float(model._baseline_prediction.item())
    return Scorer(
        asked, bounds, below, above, answers, start=start, link_at=link_at, first_at=link_at
    )


def _plain(nodes: Any) -> tuple[list[int], list[float], list[int], list[int], list[float]]:
    """A tree of the library as lists of PLACES; a leaf, and a place that is not needed, leads to itself."""
    asked, bounds = [0] * PLACES, [0.0] * PLACES
    below, above, answers = list(range(PLACES)), list(range(PLACES)), [0.0] * PLACES
    for place, node in enumerate(nodes):
        answers[place] = float(node["value"])
        if not node["is_leaf"]:
            asked[place], bounds[place] = int(node["feature_idx"]), float(node["num_threshold"])
            below[place], above[place] = int(node["left"]), int(node["right"])
    return asked, bounds, below, above, answers


def _thresholds(held_back: Any, told: _Told, pairs: Pairs) -> tuple[float, float]:
    """From which probability a pair is linked, and from which the likeliest pair of a message is.

    Of all two that keep precision and look-alikes as they should be, those by which most messages find their matter; of
    equals the higher ones. Counted strictly: a link of a grouped message to one of no group is wrong.
    """
    import numpy as np  # noqa: PLC0415

    likely = np.where(np.isnan(held_back) | pairs.vetoed, -1.0, held_back)
    new = np.unique(np.array(pairs.new), return_inverse=True)[1]
    first = likely == _most_of(likely, new)
    looks = max(int(told.look_alike.sum()), 1)
    tried = np.arange(_LOWEST, _HIGHEST, _STEP)
    best = (-1, 0.60, 0.60)
    for link_at in tried:
        for first_at in tried[tried <= link_at]:
            links = (likely >= link_at) | (first & (likely >= first_at))
            right, wrong = (links & told.same).sum(), told.weight[links & told.other].sum()
            alike = (links & told.look_alike).sum() / looks
            if right and right >= PRECISION * (right + wrong) and alike <= LOOK_ALIKES:
                found = len(np.unique(new[links & told.same]))
                best = max(best, (found, float(link_at), float(first_at)))
    return best[1], best[2]


def _most_of(likely: Any, new: Any) -> Any:
    """For each pair the greatest probability among those of its message."""
    import numpy as np  # noqa: PLC0415

    most = np.full(new.max() + 1, -1.0) if len(new) else np.zeros(0)
    np.maximum.at(most, new, likely)
    return most[new]
