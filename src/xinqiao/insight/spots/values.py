"""What pages get to see of hot spots: over the contacts that exist for whoever asks, and nothing of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.matters.queries import Line


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed by; empty values do not narrow. `list`: lately, new, handed (over), judged, all.

    `lately` is the day from which on a contact came.
    """

    list: str = "all"
    lately: date | None = None
    region: str = ""
    category: str = ""
    tier: str = ""


@dataclass(frozen=True, kw_only=True)
class SpotLine:
    """A hot spot as one person sees it. `people` is a number and nothing else; `sure` from 0 to 1.

    `title` is the subject that says it best, `place` the stretch that the subjects share, `days` when contacts came.
    `open`: how many of the matters are. `whole`: whether everything of it exists for the person.
    """

    id: int
    title: str
    place: str
    region: str
    category: str
    tier: str
    tier_on: date | None
    rule: tuple[int, int] | None
    contacts: int
    matters: int
    people: int
    best: int
    heat: float
    sure: float
    first_on: date
    last_on: date
    days: Sequence[date]
    open: int
    outcome: str = ""
    handed_to: str = ""
    settle_by: date | None = None
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """A hand-over that the person may see: to whom, by when, and how the dispute stands."""

    dispute: int
    number: str
    owner: str
    holder: str
    settle_by: date
    state: str
    open: bool
    unit: str
    account: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What somebody found."""

    outcome: str
    words: str
    account: int
    unit: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """A tier that was reached on a day, when so many people had written, by the rule `users` within `days`."""

    tier: str
    users: int
    days: int
    people: int
    on: date


@dataclass(frozen=True, kw_only=True)
class SpotSheet:
    """A hot spot opened by somebody: its matters within their scope, newest first, and what was done."""

    line: SpotLine
    matters: Sequence[Line]
    warnings: Sequence[Told]
    hand_overs: Sequence[HandOver]
    judgements: Sequence[Judgement]


@dataclass(frozen=True, kw_only=True)
class Precision:
    """What became of the warnings of a tier: how many were given, and what those looked at turned out to be."""

    tier: str
    given: int
    true: int
    known: int
    false: int

    @property
    def judged(self) -> int:
        return self.true + self.known + self.false

    @property
    def share(self) -> float | None:
        """The share of those judged that were one thing indeed; None where none was judged."""
        return (self.true + self.known) / self.judged if self.judged else None
