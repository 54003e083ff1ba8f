"""A pair of messages in thirty numbers: how alike their texts are, in what they share that is rare, in place and time.

All candidates of a message are compared at once: their pieces lie in one array, and sums are taken over its parts.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Prepared
from xinqiao.text.linking.issues import rarity

if TYPE_CHECKING:
    import numpy as np

    from xinqiao.text.linking.pieces import Numbers

    Table = np.ndarray[Any, np.dtype[np.float64]]

NAMES: tuple[str, ...] = (
    "title", "whole", "title_there", "title_here", "title_least", "rare", "rare_share", "rare_title", "rarest",
    "middle", "common", "common_title", "whole_there", "whole_here", "names", "names_share", "names_title",
    "title_named", "whole_stands_out", "title_stands_out", "whole_of_best", "rare_of_best", "names_of_best",
    "district_same", "district_differs", "title_district_differs", "days", "shorter", "longer", "issue",
    "issue_unknown", "title_rare_there", "title_rare_here", "title_missing_there", "title_missing_here",
    "things", "things_title", "things_there", "things_here", "things_known", "words", "words_title",
)  # fmt: skip
#: What never speaks against one matter when there is more of it, and what never speaks for it: learned so, a few
#: hundred groups teach no accidents.
RISING = frozenset(NAMES) - {
    "whole_stands_out", "title_stands_out", "whole_of_best", "rare_of_best", "names_of_best", "common", "common_title",
    "district_differs", "title_district_differs", "days", "shorter", "longer", "issue_unknown", "title_missing_there",
    "title_missing_here", "things_known",
}  # fmt: skip
FALLING = frozenset(
    (
        "district_differs",
        "title_district_differs",
        "days",
        "title_missing_there",
        "title_missing_here",
    )
)
#: The sets of pieces of a message that are compared.
_SETS = ("whole", "title", "names", "title_names")
#: A piece is rare below this share of past messages, common above that one, and in the middle between.
RARE, COMMON = 0.004, 0.02


def features(new: Prepared, old: Sequence[Prepared], past: Frequencies) -> "Table":
    """One row for each of `old`, the columns as in NAMES."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    sets = {name: _Sets([getattr(one, name) for one in old], past) for name in _SETS}
    there, here = _Shared(new.title, sets["whole"], past), _Shared(new.whole, sets["title"], past)
    return np.column_stack(
        [
            *_of_texts(new, sets, past, there.of_new(), here.of_old()),
            *_of_facts(new, old),
            *_of_titles(there, here),
            *_of_things(new, old, past),
        ]
    )


def _of_texts(
    new: Prepared, sets: "Mapping[str, _Sets]", past: Frequencies, there: Any, here: Any
) -> list[Any]:
    """What texts, titles and names share. `there`, `here`: how much of each title stands in the other text."""
    import numpy as np  # noqa: PLC0415

    whole, title = _Shared(new.whole, sets["whole"], past), _Shared(new.title, sets["title"], past)
    named = _Shared(new.names, sets["names"], past)
    rare, names, alike, titles = whole.sum(0.0, RARE), named.sum(), whole.cosine(), title.cosine()
    return [
        titles, alike, there, here, np.minimum(there, here), np.log1p(rare), whole.cosine(0.0, RARE),
        title.cosine(0.0, 2 * RARE), whole.rarest(), whole.cosine(RARE, COMMON), whole.cosine(COMMON, 1.0),
        title.cosine(COMMON, 1.0), whole.of_new(), whole.of_old(), np.log1p(names), named.cosine(),
        _Shared(new.title_names, sets["names"], past).of_new(0.5),
        _Shared(new.names, sets["title_names"], past).of_old(0.5),
        _stands_out(alike), _stands_out(titles), _of_best(alike), _of_best(rare), _of_best(names),
    ]  # fmt: skip


def _of_titles(there: "_Shared", here: "_Shared") -> list[Any]:
    """What is rare in one title and stands, or does not stand, in the other message: mostly the name of the place."""
    return [
        there.of_new(0.5, COMMON),
        here.of_old(0.5, COMMON),
        there.missing_of_new(),
        here.missing_of_old(),
    ]


def _of_facts(new: Prepared, old: Sequence[Prepared]) -> list[Any]:
    import numpy as np  # noqa: PLC0415

    sizes = np.array([len(one.whole) for one in old])
    issues = np.array([one.spoken.issue for one in old])
    here = new.spoken.issue
    known = (issues.sum(1) > 0) & bool(here.sum() > 0)
    return [
        np.array([float(bool(new.districts & one.districts)) for one in old]),
        np.array([float(_apart(new.districts, one.districts)) for one in old]),
        np.array([float(contradict(new, one)) for one in old]),
        np.log1p(np.array([abs(new.day - one.day) for one in old])),
        np.log1p(np.minimum(sizes, len(new.whole))),
        np.log1p(np.maximum(sizes, len(new.whole))),
        _alike(here, issues),
        (~known).astype(float),
    ]


def _of_things(new: Prepared, old: Sequence[Prepared], past: Frequencies) -> list[Any]:
    """How alike the things are of which both speak, and the very words for them; the place has no part in it."""
    import numpy as np  # noqa: PLC0415

    here = new.spoken
    things = np.array([one.spoken.things for one in old])
    titles = np.array([one.spoken.title_things for one in old])
    known = (titles.sum(1) > 0).astype(float) + float(here.title_things.sum() > 0)
    rare = rarity(past)
    words = np.array([one.spoken.words for one in old]) * rare
    title_words = np.array([one.spoken.title_words for one in old]) * rare
    return [
        _alike(here.things, things), _alike(here.title_things, titles), _alike(here.title_things, things),
        _alike(here.things, titles), known, _alike(here.words * rare, words),
        _alike(here.title_words * rare, title_words),
    ]  # fmt: skip


def _alike(one: Any, many: Any) -> Any:
    """Cosine of one row with each of many; 0 where one of them is empty."""
    return many @ one / (((many**2).sum(1) * (one**2).sum()) ** 0.5 + 1e-9)


def _stands_out(values: Any) -> Any:
    """How far each stands out of all candidates, in standard deviations."""
    return (values - values.mean()) / (values.std() + 0.02)


def _of_best(values: Any) -> Any:
    return values / (values.max() + 1e-9)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def contradict(one: Prepared, other: Prepared) -> bool:
    """Whether the titles of both name districts and none of them is the same."""
    return _apart(one.told, other.told)


class _Sets:
    """Sets of pieces one after another: of which each is, and how rare it was until now."""

    def __init__(self, old: "Sequence[Numbers]", past: Frequencies) -> None:
        import numpy as np  # noqa: PLC0415

        self.number = len(old)
        self.owner = np.repeat(np.arange(self.number), [len(one) for one in old])
        self.pieces = np.concatenate(old)
        self.weight = past.weights(self.pieces)

    def sums(self, weight: Any) -> Any:
        """Of each set the sum of the weights of all pieces."""
        import numpy as np  # noqa: PLC0415

        return np.bincount(self.owner, weights=weight, minlength=self.number)


class _Shared:
    """What one set of pieces shares with each of many, weighed by how rare it was until now."""

    def __init__(self, new: "Numbers", old: _Sets, past: Frequencies) -> None:
        import numpy as np  # noqa: PLC0415

        self.np, self.old = np, old
        self.here = past.weights(new)
        at = np.minimum(np.searchsorted(new, old.pieces), max(len(new) - 1, 0))
        self.common = new[at] == old.pieces if len(new) else np.zeros(len(at), dtype=bool)
        #: Of what is in common: where it stands in the new set, which of the others has it, and its weight.
        self.at, self.owner, self.weight = (one[self.common] for one in (at, old.owner, old.weight))
        self.total = np.log(past.messages + 2.0)

    def _band(self, weight: Any, low: float, high: float) -> Any:
        """Which weights belong to pieces that stand in a share of messages from `low` to `high`."""
        np = self.np
        at_least = -np.log(high) if high < 1 else 0.0
        at_most = -np.log(low) if low else np.inf
        return (weight > at_least) & (weight <= at_most)

    def _sums(self, weight: Any) -> Any:
        """Of each of many the sum of weights of what is in common."""
        return self.np.bincount(self.owner, weights=weight, minlength=self.old.number)

    def sum(self, low: float = 0.0, high: float = 1.0) -> Any:
        """Weights in common."""
        return self._sums(self.weight * self._band(self.weight, low, high))

    def cosine(self, low: float = 0.0, high: float = 1.0) -> Any:
        """Likeness of the two sets, 0 to 1, of the pieces in a band."""
        common, here, there = (
            weight**2 * self._band(weight, low, high)
            for weight in (self.weight, self.here, self.old.weight)
        )
        return self._sums(common) / self.np.sqrt(self.old.sums(there) * here.sum() + 1e-9)

    def of_new(self, empty: float = 0.0, high: float = 1.0) -> Any:
        """How much of the new set the other has, 0 to 1, of what is rarer than `high`; else `empty`."""
        whole = (self.here * self._band(self.here, 0.0, high)).sum()
        if not whole:
            return self.np.full(self.old.number, empty)
        return self.sum(0.0, high) / whole

    def of_old(self, empty: float = 0.0, high: float = 1.0) -> Any:
        """How much of the other set the new one has, 0 to 1, of what is rarer than `high`."""
        weight = self.old.weight
        whole = self.old.sums(weight * self._band(weight, 0.0, high))
        return self.np.where(whole > 0, self.sum(0.0, high) / self.np.maximum(whole, 1e-9), empty)

    def missing_of_new(self) -> Any:
        """Mean weight of the three heaviest pieces of the new set that the other has not."""
        if not len(self.here):
            return self.np.zeros(self.old.number)
        missing = self.np.tile(self.here, (self.old.number, 1))
        missing[self.owner, self.at] = 0.0
        return self.np.sort(missing, axis=1)[:, -3:].mean(axis=1) / self.total

    def missing_of_old(self) -> Any:
        """The same the other way round: the heaviest piece of the other set that the new one has not."""
        found = self.np.zeros(self.old.number)
        self.np.maximum.at(found, self.old.owner, self.old.weight * ~self.common)
        return found / self.total

    def rarest(self) -> Any:
        """Weight of the rarest piece in common, as a share of the greatest that there can be."""
        found = self.np.zeros(self.old.number)
        self.np.maximum.at(found, self.owner, self.weight)
        return found / self.total
