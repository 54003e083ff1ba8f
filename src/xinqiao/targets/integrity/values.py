"""What the signs look at, and what they find. Units, days and entries; nobody's name, nobody's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Case(NamedTuple):
    """An entry of a matter's ledger."""

    matter: int
    seq: int


class Strength(StrEnum):
    LOOK = "look"
    STRONG = "strong"


class Outcome(StrEnum):
    """What somebody who looked at a sign says of it."""

    EXPLAINED = "explained"  # there is another reason
    CONFIRMED = "confirmed"  # it is as it looks
    CORRECTED = "corrected"  # it was, and it has been put right


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a unit had to do until the last day `due`, and did."""

    unit: str
    case: Case
    due: date
    done: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """A contact with a date of its own (letter, postmark, visit log, notice) and the day on which it was registered."""

    unit: str
    case: Case
    channel: str
    own_date: date
    registered: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Above:
    """A contact received above about something of this unit's place; `known`: something of it was registered here."""

    unit: str
    case: Case
    known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeated:
    """A contact of a petitioner who has an earlier matter. `as_first`: it was registered as first.

    `text` and the texts of the earlier matters (`earlier`) are only read where it was.
    """

    unit: str
    case: Case
    as_first: bool
    text: str = ""
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """A matter that was closed, and the first further contact or reopening after it."""

    unit: str
    case: Case
    day: date
    again: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer in words, with the words of the petition."""

    unit: str
    case: Case
    petition: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """A rating: when, with which marks, from which network (a keyed mark, "" where none was kept), the unit's own?"""

    unit: str
    case: Case
    at: datetime
    marks: str
    network: str = ""
    own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """Whether a matter of a field was taken or refused (declined, guided elsewhere), and whether that was put right."""

    unit: str
    case: Case
    category: str
    refused: bool
    overturned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One thing that could show a sign, and whether it does. Compared among things of the same `kind`."""

    unit: str
    case: Case
    marked: bool
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sign of a unit. `p` is the chance of it without any cause, `q` that with all units looked at allowed for.

    `facts` are what the words need (n, k, rate, peers) and the bars of the picture; `cases` what it rests on.
    """

    sign: str
    part: str
    unit: str
    strength: Strength
    p: float
    q: float
    facts: Mapping[str, Any]
    cases: tuple[Case, ...] = field(default=())


# -- what doors show ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SignLine:
    """A sign as a list shows it; `outcome` is the last answer's, "" where nobody has looked yet."""

    id: int
    sign: str
    part: str
    unit: str
    first: date
    end: date
    strength: str
    p: float
    q: float
    facts: Mapping[str, Any]
    found_at: datetime
    stands: bool
    outcome: str


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """What was said to a sign, by whom, for which unit."""

    outcome: str
    words: str
    account: int
    unit: str
    at: datetime
