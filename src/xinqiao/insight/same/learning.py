"""A scorer of this platform's own, from what persons confirmed and refused; it serves only where it does better.

What serves now and the new one are both asked about the latest words, from which the new one has not learned.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from xinqiao.insight.models import ScorerVersion
from xinqiao.insight.same import examples, store
from xinqiao.insight.same.examples import Looked, Parted, Said
from xinqiao.text.classifying import installed
from xinqiao.text.linking import training
from xinqiao.text.linking.scorer import Scorer
from xinqiao.text.linking.stream import judged

#: So many words of each kind teach something; fewer teach nothing.
LEAST = 30
#: Of each kind so many must be left to be tested on.
LEAST_TESTED = 4
#: Learned again when so many words were given since, or a tenth of what was learned from.
NEW, NEW_SHARE = 20, 10


class Tried(NamedTuple):
    """Of what was tested: pairs about the same and how many of them were linked; pairs that only look alike, and how
    many of them were linked."""

    same: int
    found: int
    apart: int
    wrong: int

    def is_better_than(self, other: "Tried") -> bool:
        """Shares, so that neither kind counts more because more of it was said."""
        return self._reached() > other._reached()

    def _reached(self) -> int:
        return self.found * self.apart - self.wrong * self.same


def is_enough(known: Sequence[Said]) -> bool:
    """Whether enough of both kinds was said to learn from."""
    same = sum(one.same for one in known)
    return min(same, len(known) - same) >= LEAST


def learn_when_due(now: datetime) -> ScorerVersion | None:
    """Learns a scorer where enough was said since the last time, or the file of the one in use is lost or damaged.

    It serves from then on if it did better than what serves now; else that stays, and the version says so.
    Returns the version; None where nothing was learned.
    """
    if not installed():
        return None
    used, known = store.in_use(), examples.said()
    if not is_enough(known) or not _is_due(known, used):
        return None
    parts = examples.parted(known)
    tested = sum(one.same for one in parts.tested)
    if min(tested, len(parts.tested) - tested) < LEAST_TESTED:
        return None
    groups = examples.as_groups(parts.learned)
    pairs = examples.look(parts.learned).pairs(groups)
    try:
        scorer = _on_one_core(pairs, groups)
    except training.TooFewGroups:
        return None
    return _keep(scorer, known, parts, used, now)


def _on_one_core(pairs: training.Pairs, groups: training.Groups) -> Scorer:
    """Learns; on one core, since the others answer people."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  the extra is there

    with threadpool_limits(1):
        return training.train(pairs, groups)


def _is_due(known: Sequence[Said], used: store.InUse) -> bool:
    last = ScorerVersion.objects.order_by("-number").first()
    if last is None or used.serving is store.Serving.UNUSABLE:
        return True
    new = sum(one.at > last.upto for one in known)
    return new >= max(NEW, last.words // NEW_SHARE)


def tried(tested: Sequence[Said], looked: Looked, scorer: Scorer) -> Tried:
    """What a scorer says of the words that were held out, each contact beside all that it was compared with."""
    linked = {
        (number, one.position)
        for number, (new, compared) in zip(looked.numbers, looked.seen, strict=True)
        if compared is not None
        for one in judged(new, compared, scorer)
        if one.linked
    }
    same = [one for one in tested if one.same]
    apart = [one for one in tested if not one.same]
    return Tried(
        same=len(same), found=sum((one.new, one.old) in linked for one in same),
        apart=len(apart), wrong=sum((one.new, one.old) in linked for one in apart),
    )  # fmt: skip


def _keep(
    scorer: Scorer, known: Sequence[Said], parts: Parted, used: store.InUse, now: datetime
) -> ScorerVersion:
    """Writes file and version; the file first, so that a version in use always has one."""
    looked = examples.look(parts.tested)
    new, old = (tried(parts.tested, looked, one) for one in (scorer, used.scorer))
    last = ScorerVersion.objects.order_by("-number").first()
    same = sum(one.same for one in parts.learned)
    row = ScorerVersion(
        number=last.number + 1 if last else 1, made_at=now, upto=known[-1].at, words=len(known),
        same=same, apart=len(parts.learned) - same, tested_same=new.same, tested_apart=new.apart,
        found=new.found, wrong=new.wrong,
        other=used.version, other_found=old.found, other_wrong=old.wrong,
        in_use=new.is_better_than(old),
    )  # fmt: skip
    if row.in_use:
        row.sum = store.keep(row.number, scorer)
    with transaction.atomic():
        if row.in_use or used.serving is store.Serving.UNUSABLE:
            ScorerVersion.objects.filter(in_use=True).update(in_use=False)
        row.save(force_insert=True)
    if row.in_use:
        store.clear({row.number, row.other})
    return row
