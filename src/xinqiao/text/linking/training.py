"""A scorer learned from groups of messages that a person read: which are about one matter, which only look like it.

What counts as what: a pair of one group is a same matter; a pair of two groups, a pair that was named as look-alike,
and a pair of a grouped message with one of no group is none. Of two messages in no group nobody knows: they teach nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.features import NAMES, contradict
from xinqiao.text.linking.grams import Writing, prepare
from xinqiao.text.linking.scorer import DEPTH, Scorer
from xinqiao.text.linking.stream import Linker

if TYPE_CHECKING:
    from xinqiao.text.linking.features import Table

PRECISION, LOOK_ALIKES = 0.90, 0.05
_FOLDS, _TREES, _RATE = 4, 180, 0.08
#: Of the pairs that nobody would take for one matter, every so manieth is enough.
_EASY, _EVERY = 0.45, 8
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
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    linker, tables, new_ids, old_ids, vetoed = Linker(scorer=_nobody()), [], [], [], []
    for writing in writings:
        new = prepare(writing)
        positions, table = linker.compare(new)
        if table is not None:
            tables.append(table)
            new_ids += [writing.id] * len(positions)
            old_ids += [writings[one].id for one in positions]
            vetoed += [contradict(new, linker.at(one)) for one in positions]
        linker.add(new)
    whole = np.vstack(tables) if tables else np.zeros((0, len(NAMES)))
    return Pairs(new_ids, old_ids, whole, np.array(vetoed, dtype=bool))


def train(pairs: Pairs, known: Groups, seed: int = 0) -> Scorer:
    """A scorer whose threshold comes from groups that the trees of that moment had not seen. Raises TooFewGroups."""
    import numpy as np  # noqa: PLC0415

    told = _Told.of(pairs, known)
    if told.same.sum() < _LEAST_PAIRS or told.other.sum() < _LEAST_PAIRS:
        raise TooFewGroups(
            f"{int(told.same.sum())} pairs of one matter and {int(told.other.sum())} of different ones were found;"
            f" {_LEAST_PAIRS} of each are needed: are the numbers those of the messages?"
        )
    held_back = np.full(len(told.same), np.nan)
    for fold in range(_FOLDS):
        apart = told.fold == fold
        use = (told.same | told.other) & ~apart & ~told.across(fold)
        if told.same[use].any() and apart.any():
            held_back[apart] = _fit(pairs.table, told, use, seed).probabilities(pairs.table[apart])
    grown = _fit(pairs.table, told, told.same | told.other, seed)
    link_at = _threshold(held_back, told, pairs.vetoed)
    return Scorer(grown.asked, grown.bounds, grown.answers, grown.start, link_at)


def _nobody() -> Scorer:
    """A scorer of no trees: only the comparing is wanted."""
    import numpy as np  # noqa: PLC0415

    inner, leaves = 2**DEPTH - 1, 2**DEPTH
    return Scorer(
        np.zeros((0, inner), dtype=np.intp), np.zeros((0, inner)), np.zeros((0, leaves)), 0.0, 1.0
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of each pair, and the part of the groups to which it belongs."""

    same: Any
    other: Any
    look_alike: Any
    weight: Any
    fold: Any
    folds: Any

    @classmethod
    def of(cls, pairs: Pairs, known: Groups) -> "_Told":
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
        parts = np.append(np.arange(len(known.groups)) * 7919 % 104_729 % _FOLDS, -1)
        fold = np.where(new >= 0, parts[new], parts[old])
        by_pair = np.array(
            [sum(map(ord, f"{a}{b}")) % _FOLDS for a, b in zip(pairs.new, pairs.old, strict=True)]
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
        return cls(same, other, look, weight, fold, np.stack((parts[new], parts[old])))

    def across(self, fold: int) -> Any:
        """Pairs of which one message belongs to that part."""
        return (self.folds == fold).any(axis=0)


def _fit(table: "Table", told: _Told, use: Any, seed: int) -> Scorer:
    """Boosted trees of the pairs in `use`."""
    import numpy as np  # noqa: PLC0415
    from sklearn.ensemble import GradientBoostingClassifier  # noqa: PLC0415

    model = GradientBoostingClassifier(
        n_estimators=_TREES, learning_rate=_RATE, max_depth=DEPTH, subsample=0.6, max_features=0.35,
        min_samples_leaf=8, random_state=seed,
    ).fit(table[use], told.same[use], sample_weight=told.weight[use])  # fmt: skip
    grown = [_plain(one.tree_) for one in model.estimators_[:, 0]]
    share = np.average(told.same[use], weights=told.weight[use])
    return Scorer(
        np.array([one[0] for one in grown]), np.array([one[1] for one in grown]),
        np.array([one[2] for one in grown]) * _RATE, float(np.log(share / (1 - share))), 0.5,
    )  # fmt: skip


def _plain(tree: Any) -> tuple[list[int], list[float], list[float]]:
    """A tree as a full one of depth DEPTH: where it ends early, its answer stands in all leaves below."""
    asked, bounds, answers = [0] * (2**DEPTH - 1), [float("inf")] * (2**DEPTH - 1), [0.0] * 2**DEPTH

    def fill(node: int, place: int, depth: int) -> None:
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if depth == DEPTH:
            answers[place - (2**DEPTH - 1)] = float(tree.value[node][0][0])
            return
        if left >= 0:
            asked[place], bounds[place] = int(tree.feature[node]), float(tree.threshold[node])
        else:
            left = right = node
        fill(left, 2 * place + 1, depth + 1)
        fill(right, 2 * place + 2, depth + 1)

    fill(0, 0, 0)
    return asked, bounds, answers


def _threshold(held_back: Any, told: _Told, vetoed: Any) -> float:
    """The lowest probability at which the precision and the share of look-alikes are as they should be.

    Counted strictly: a link of a grouped message to one of no group is wrong.
    """
    import numpy as np  # noqa: PLC0415

    allowed = ~np.isnan(held_back) & ~vetoed
    looks = max(int(told.look_alike.sum()), 1)
    for at in np.arange(0.10, 0.96, 0.01):
        links = allowed & (held_back >= at)
        right, wrong = (links & told.same).sum(), (links & told.other).sum()
        alike = (links & told.look_alike).sum() / looks
        if right >= PRECISION * (right + wrong) and alike <= LOOK_ALIKES:
            return float(at)
    return 0.95
