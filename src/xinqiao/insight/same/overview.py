"""How the learning of same matters goes: what was said and how much is needed, which scorer serves, how it did."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from xinqiao.insight.models import Judged, ScorerVersion
from xinqiao.insight.reading.store import can_read
from xinqiao.insight.same import store
from xinqiao.insight.same.learning import LEAST, Tried


@dataclass(frozen=True, kw_only=True)
class Version:
    """A scorer that was learned, and how it did on words that it had not learned from, beside what served then.

    `other`: the number of the version that served, 0 for the scorer of the program.
    """

    number: int
    made_at: datetime
    same: int
    apart: int
    tested_same: int
    tested_apart: int
    found: int
    wrong: int
    other: int
    other_found: int
    other_wrong: int
    in_use: bool

    @property
    def was_better(self) -> bool:
        """Whether it did better than what served then, and so served from then on."""
        tested = self.tested_same, self.tested_apart
        own = Tried(tested[0], self.found, tested[1], self.wrong)
        return own.is_better_than(Tried(tested[0], self.other_found, tested[1], self.other_wrong))


@dataclass(frozen=True, kw_only=True)
class State:
    """Words on two matters so far, of each kind, and how many of each are needed; what serves; what was learned last.

    `reads` False: nothing is compared here at all, the extra `analytics` is not installed.
    """

    same: int
    apart: int
    needed: int
    reads: bool
    serving: store.Serving
    version: int
    last: Version | None

    @property
    def is_enough(self) -> bool:
        """Whether enough of both kinds was said to learn from."""
        return min(self.same, self.apart) >= self.needed


_FIELDS = tuple(Version.__dataclass_fields__)


def state() -> State:
    """For whoever wants to know what suggestions of same matters come from: figures alone, nothing of any matter."""
    said = Judged.objects.aggregate(
        joined=Count("id", filter=Q(same=True)), refused=Count("id", filter=Q(same=False))
    )
    used = store.in_use() if can_read() else None
    trained = versions(1)
    return State(
        same=said["joined"], apart=said["refused"], needed=LEAST, reads=used is not None,
        serving=used.serving if used else store.Serving.SHIPPED, version=used.version if used else store.SHIPPED,
        last=trained[0] if trained else None,
    )  # fmt: skip


def versions(most: int = 8) -> list[Version]:
    """The scorers that were learned last, the latest first."""
    rows = ScorerVersion.objects.order_by("-number").values(*_FIELDS)[:most]
    return [Version(**row) for row in rows]
