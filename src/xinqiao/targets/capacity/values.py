"""Values of the simulation: the cases of units, what is asked, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Case:
    """An opinion that a unit owes: from `start`, by `due`, given on `done` (None: not yet)."""

    unit: str
    category: str
    start: date
    due: date
    done: date | None

    @property
    def in_time(self) -> bool:
        return self.done is not None and self.done <= self.due


@dataclass(frozen=True, kw_only=True)
class Year:
    """The cases of units around a span: those due from `first` until before `end` are counted, others only worked on.

    `officers` is how many work in each unit.
    """

    first: date
    end: date
    cases: Sequence[Case]
    officers: Mapping[str, int]

    def counts(self, due: date) -> bool:
        return self.first <= due < self.end


@dataclass(frozen=True, kw_only=True)
class Move:
    """Officers who go from one unit to another."""

    giver: str
    taker: str
    officers: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """What if petitions rose by `growth` (0.3: by 30 %; not below -1), and officers moved."""

    growth: float = 0.0
    moves: Sequence[Move] = ()


class Impossible(ValueError):
    """A question that cannot be asked: `code` is a word of the glossary, `unit` whom it is about."""

    def __init__(self, code: str, unit: str = "") -> None:
        super().__init__(code)
        self.code, self.unit = code, unit


@dataclass(frozen=True, kw_only=True)
class Span:
    """A mean over runs, and between what nine in ten runs lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """On-time answers of a unit, or of all (`unit` ""): as they were, played again, and as asked.

    `at_once` is how many cases the unit is taken to work on at a time, `officers` who work there: before and after;
    `waited` says whether answers were seen to take longer when much was in hand: where they were not, the queue begins
    only beyond the most that was ever in hand. `wait` are working days in which a case lies before somebody begins.
    """

    unit: str
    cases: int
    seen: float
    replayed: Span
    asked: Span
    wait: float
    wait_asked: float
    officers: tuple[int, int]
    at_once: tuple[int, int]
    waited: bool


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a question came to, for all units together and one by one, those that change most first."""

    question: Question
    whole: Outcome
    units: Sequence[Outcome]
    runs: int
