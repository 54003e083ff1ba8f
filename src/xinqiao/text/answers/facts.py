"""The facts of answers, one by one and beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xinqiao.text.answers.among import copies, own_and_other
from xinqiao.text.answers.demands import Demand, demands, untouched
from xinqiao.text.answers.wording import Wording, wording

#: Days in which a matter is to be settled, from its acceptance; a table that knows no acceptance counts from receipt.
DAYS = 60


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A message and its answer."""

    id: str
    subject: str
    body: str
    answer: str
    at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What can be checked in an answer. `days` until it came, `late`: beyond the limit; None without both dates.

    `copy_of`: the id of the earlier answer that it nearly repeats. `own`, `other`: likeness to its own question, and
    of the answer to the likest other question to it. `untouched`: demands whose words it hardly has.
    """

    id: str
    days: int | None
    late: int | None
    wording: Wording
    copy_of: str
    own: float
    other: float
    demands: tuple[Demand, ...]
    untouched: tuple[Demand, ...]

    @property
    def answers_this(self) -> bool:
        """Whether it is liker to its own question than the answer to the likest other question is."""
        return self.own >= self.other


def facts(answered: Sequence[Answered], *, limit: int = DAYS) -> list[Facts]:
    """The facts of each answer, in the order given. A copy is of one that stands earlier."""
    repeats = copies([one.answer for one in answered])
    likeness = own_and_other(
        [f"{one.subject}\n{one.body}" for one in answered], [one.answer for one in answered]
    )
    return [
        _facts(one, "" if place is None else answered[place].id, both, limit)
        for one, place, both in zip(answered, repeats, likeness, strict=True)
    ]


def _facts(one: Answered, copy_of: str, likeness: tuple[float, float], limit: int) -> Facts:
    days = (one.answered_at - one.at).days if one.at and one.answered_at else None
    petition = f"{one.subject}\n{one.body}"
    return Facts(
        id=one.id, days=days, late=None if days is None else max(0, days - limit), wording=wording(one.answer),
        copy_of=copy_of, own=round(likeness[0], 4), other=round(likeness[1], 4), demands=demands(petition),
        untouched=untouched(petition, one.answer),
    )  # fmt: skip
