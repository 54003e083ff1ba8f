"""The lists of the desk: counts, rows, and what to say where a list is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xinqiao.desk.words import day_of
from xinqiao.desk.work.queues import EVERY
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import (
    EVERYTHING,
    MINE,
    MOST_COUNTED,
    OVERDUE,
    QUEUES,
    WAITING,
    Filters,
    Line,
)
from xinqiao.rules.persons import Person

PAGE = 50
#: The one duty counted in hours; every other ends with a day.
_IN_HOURS = "urgent_report"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line and its date as the badge wants it: a day, or the moment for a duty in hours."""

    line: Line
    due: date | datetime | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; `following` says whether there is another."""

    rows: list[Row]
    number: int
    following: bool


def counts(person: Person, now: datetime) -> Mapping[str, int]:
    """How many matters stand in each list, but for "all", which is too long to count on every page.

    None beyond `MOST_COUNTED`, which stands for that many and more.
    """
    found = matters.queue_counts(person, now)
    waiting = sum(found[name] for name in QUEUES)
    return found | {WAITING: min(waiting, MOST_COUNTED)}


def page(person: Person, filters: Filters, number: int, now: datetime) -> Page:
    """One page of a list, nearest date first; a page beyond the end is empty."""
    lines = matters.page(person, filters, number, PAGE, now)
    rows = [Row(line=line, due=due_of(line)) for line in lines[:PAGE]]
    return Page(rows=rows, number=number, following=len(lines) > PAGE)


def searched(person: Person, filters: Filters, now: datetime) -> int:
    """Among how many matters of the list words were looked for, where it goes on beyond them; else 0."""
    return 0 if matters.words_reach_its_end(person, filters, now) else matters.MOST_READ


def next_due(person: Person, now: datetime) -> Row | None:
    """The matter of the person's units whose date comes next."""
    line = matters.next_waiting(person, now)
    return Row(line=line, due=due_of(line)) if line else None


def due_of(line: Line) -> date | datetime | None:
    """The last day on which it can be done, or the moment for a duty in hours.

    The stored moment of a day is the midnight after it.
    """
    if line.next_due is None or line.next_clock == _IN_HOURS:
        return line.next_due
    return day_of(line.next_due - timedelta(microseconds=1))


def known(name: str) -> str:
    """The list of this name; what waits when there is none."""
    names = {WAITING, EVERYTHING, MINE, OVERDUE, *EVERY}
    return name if name in names else WAITING
