"""The lists of the desk: counts, rows, and what to say where a list is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xinqiao.desk.words import day_of
from xinqiao.desk.work.filters import EVERYTHING, MINE, OVERDUE, WAITING
from xinqiao.desk.work.queues import ACROSS, across, across_counts
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import QUEUES, Filters, Line
from xinqiao.rules.persons import Person
from xinqiao.rules.states import CLOSED

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
    """How many matters stand in each list, but for "all", which is too long to count on every page."""
    found = matters.queue_counts(person, now)
    mine = matters.worklist(person, Filters(queue=MINE), now).exclude(state__in=CLOSED)
    waiting = sum(found[name] for name in QUEUES)
    return {**found, **across_counts(person, now), WAITING: waiting, MINE: mine.count()}


def page(person: Person, filters: Filters, number: int, now: datetime) -> Page:
    """One page of a list, nearest date first; a page beyond the end is empty."""
    if filters.queue in ACROSS:
        return _page_of(matters.lines(across(person, filters, now)[_slice(number)]), number)
    found = matters.worklist(person, filters, now)
    if filters.queue in (WAITING, OVERDUE):
        found = found.filter(holder__in=person.units())
    if filters.queue == OVERDUE:
        found = found.filter(next_due__lte=now)
    if filters.queue in (WAITING, OVERDUE, MINE):
        found = found.exclude(state__in=CLOSED)
    return _page_of(matters.lines(found[_slice(number)]), number)


def _slice(number: int) -> slice:
    """The rows of a page, and one more that tells whether another follows."""
    start = (number - 1) * PAGE
    return slice(start, start + PAGE + 1)


def _page_of(lines: list[Line], number: int) -> Page:
    rows = [Row(line=line, due=due_of(line)) for line in lines[:PAGE]]
    return Page(rows=rows, number=number, following=len(lines) > PAGE)


def next_due(person: Person, now: datetime) -> Row | None:
    """The matter of the person's units whose date comes next."""
    found = matters.worklist(person, Filters(), now)
    ahead = found.filter(holder__in=person.units(), next_due__gt=now).exclude(state__in=CLOSED)
    lines = matters.lines(ahead[:1])
    return Row(line=lines[0], due=due_of(lines[0])) if lines else None


def due_of(line: Line) -> date | datetime | None:
    """The last day on which it can be done, or the moment for a duty in hours.

    The stored moment of a day is the midnight after it.
    """
    if line.next_due is None or line.next_clock == _IN_HOURS:
        return line.next_due
    return day_of(line.next_due - timedelta(microseconds=1))


def known(name: str) -> str:
    """The list of this name; what waits when there is none."""
    names = {WAITING, EVERYTHING, MINE, OVERDUE, *QUEUES, *ACROSS}
    return name if name in names else WAITING
