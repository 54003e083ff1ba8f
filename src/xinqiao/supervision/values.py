"""What pages and other capabilities get to see of supervision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.matters.queries import Line
from xinqiao.rules.trace import Holding, Span


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One row of what the rules found, with its matter. `urged` is the entry of the latest urging for it."""

    id: int
    line: Line
    rule: str
    basis: tuple[int, ...]
    unit: str
    since: date
    open: bool
    closed_at: datetime | None
    closed_why: str
    urged: int | None


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """One row of what was asked of a unit; `line` None for a recommendation on no single matter."""

    id: int
    line: Line | None
    seq: int | None
    what: str
    unit: str
    by_unit: str
    decided_by: str
    made_on: date
    due: date | None
    open: bool
    ended_on: date | None
    adoption: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class MeasureSheet:
    """A recommendation opened: its row and its words, wherever they stand."""

    row: MeasureLine
    facts_found: str
    legal_basis: str
    advice: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Traced:
    """Who held a matter for how long: the spans in order, the minutes by unit and kind, and all of them."""

    spans: Sequence[Span]
    totals: Sequence[tuple[str, Holding, int]]
    whole: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class UnitTime:
    """A unit's minutes of one kind in a period, on so many matters."""

    unit: str
    holding: str
    minutes: int
    matters: int


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """A matter that a unit held in a period: its minutes by kind."""

    line: Line
    minutes: int
    holdings: Sequence[tuple[str, int]]
