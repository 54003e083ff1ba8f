"""Which figures citizens see, of a month, and what of them is withheld (`rules.small_cells`).

Three questions: what came in, how fast it was answered, how it was rated. What came in is told by region and field
together; rates by region and by field, each beside the whole. No two tables share a number that one of them withholds,
so that nothing can be taken from one with the help of another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xinqiao.rules.conditions import When, holds
from xinqiao.rules.counting import Counted
from xinqiao.rules.indicators import Indicator, indicators, tally
from xinqiao.rules.small_cells import ALL, Cell, Place, withheld

#: The row or column of what has no region or field that is told apart.
OTHER = "other"
YES, NO = "yes", "no"
#: The middle of days is told from so many on.
FEWEST_FOR_DAYS = 10


class Table(StrEnum):
    """The tables of a month; rows and columns of each are named in `MEANT`."""

    RECEIVED = "received"
    ANSWERED_BY_REGION = "answered_by_region"
    ANSWERED_BY_FIELD = "answered_by_field"
    RATED_BY_REGION = "rated_by_region"
    RATED_BY_FIELD = "rated_by_field"
    DAYS = "days"


#: The indicator behind each table.
MEANT: Mapping[Table, str] = {
    Table.RECEIVED: "total",
    Table.ANSWERED_BY_REGION: "on_time_answer",
    Table.ANSWERED_BY_FIELD: "on_time_answer",
    Table.RATED_BY_REGION: "satisfaction",
    Table.RATED_BY_FIELD: "satisfaction",
    Table.DAYS: "answer_days_median",
}


@dataclass(frozen=True, kw_only=True)
class OpenFact:
    """A fact with the region and field that are told apart, and a key of whose it is."""

    counted: Counted
    region: str
    field: str
    person: str


#: The cells of a table; None where the cell is withheld.
Published = Mapping[Place, int | None]


def tables(
    facts: Sequence[OpenFact], regions: Sequence[str], fields: Sequence[str], when: When
) -> dict[Table, Published]:
    """The tables of a month as they are published."""
    rows, columns = [*regions, OTHER], [*fields, OTHER]
    found: dict[Table, Published] = {}
    found[Table.RECEIVED] = _received(list(_asked("total", facts, when)), rows, columns)
    for by_region, by_field in (
        (Table.ANSWERED_BY_REGION, Table.ANSWERED_BY_FIELD),
        (Table.RATED_BY_REGION, Table.RATED_BY_FIELD),
    ):
        members = list(_asked(MEANT[by_region], facts, when))
        found[by_region], found[by_field] = _rates(members, rows, columns)
    found[Table.DAYS] = {(ALL, ALL): _days(facts, when)}
    return found


def _asked(
    indicator: str, facts: Iterable[OpenFact], when: When
) -> Iterator[tuple[OpenFact, bool]]:
    """The facts that the indicator looks at in the month, and whether each counts."""
    one: Indicator = indicators()[indicator]
    for fact in facts:
        counted = fact.counted
        if not when.begins <= counted.day < when.ends:
            continue
        for part in one.parts:
            asked = part.counts if part.of is None else part.of
            if part.what == counted.what and holds(asked, counted, when):
                yield fact, holds(part.counts, counted, when)


def _received(
    members: Sequence[tuple[OpenFact, bool]], regions: Sequence[str], fields: Sequence[str]
) -> Published:
    """By region and field together; where that would hide even the whole, by each alone; else the whole alone."""
    both = _cells(((one.region, one.field, one.person) for one, _ in members), regions, fields)
    hidden = withheld(both)
    if (ALL, ALL) not in hidden:
        return _shown(both, hidden)
    pair = _pair(members, regions, fields, split=False)
    if pair is not None:
        by_region, by_field = pair
        return {
            **_sums(by_region),
            **{(ALL, row): count for (row, _), count in _sums(by_field).items()},
        }
    return {} if both[ALL, ALL].small else {(ALL, ALL): both[ALL, ALL].count}


def _rates(
    members: Sequence[tuple[OpenFact, bool]], regions: Sequence[str], fields: Sequence[str]
) -> tuple[Published, Published]:
    """A rate by region and by field, beside the whole; where that would hide the whole, the whole alone.

    Where the rate of the whole cannot be told, how many there were is told without it; else nothing is.
    """
    pair = _pair(members, regions, fields, split=True)
    if pair is not None:
        return pair
    whole = {
        place: cell for place, cell in _split(members, regions, _region, split=True).items() if place[0] == ALL
    }  # fmt: skip
    if not any(cell.small for cell in whole.values()):
        told = _shown(whole, frozenset())
        return told, told
    pair = _pair(members, regions, fields, split=False)
    return (_sums(pair[0]), _sums(pair[1])) if pair is not None else ({}, {})


def _pair(
    members: Sequence[tuple[OpenFact, bool]], regions: Sequence[str], fields: Sequence[str], *, split: bool
) -> tuple[Published, Published] | None:  # fmt: skip
    """The same by region and by field. Both have the line of the whole: it is shown in both, or this is None."""
    found: list[Published] = []
    for rows, key in ((regions, _region), (fields, _field)):
        cells = _split(members, rows, key, split=split)
        hidden = withheld(cells)
        if any(row == ALL for row, _column in hidden):
            return None
        found.append(_shown(cells, hidden))
    return found[0], found[1]


def _split(
    members: Sequence[tuple[OpenFact, bool]], rows: Sequence[str], key: Callable[[OpenFact], str], *, split: bool
) -> dict[Place, Cell]:  # fmt: skip
    """Rows with what counts and what does not, or (without `split`) with how many there are."""
    named = ((key(one), (YES if yes else NO) if split else YES, one.person) for one, yes in members)
    return _cells(named, rows, (YES, NO) if split else (YES,))


def _region(one: OpenFact) -> str:
    return one.region


def _field(one: OpenFact) -> str:
    return one.field


def _sums(shown: Published) -> Published:
    return {place: count for place, count in shown.items() if place[1] == ALL}


def _cells(
    members: Iterable[tuple[str, str, str]], rows: Sequence[str], columns: Sequence[str]
) -> dict[Place, Cell]:
    """The table of these members with its sums, each with how many different persons it has."""
    counts: defaultdict[Place, int] = defaultdict(int)
    persons: defaultdict[Place, set[str]] = defaultdict(set)
    for row, column, person in members:
        for place in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            counts[place] += 1
            persons[place].add(person)
    return {
        (row, column): Cell(count=counts[row, column], persons=len(persons[row, column]))
        for row in (*rows, ALL)
        for column in (*columns, ALL)
    }


def _shown(cells: Mapping[Place, Cell], hidden: frozenset[Place]) -> Published:
    return {place: None if place in hidden else cell.count for place, cell in cells.items()}


def _days(facts: Sequence[OpenFact], when: When) -> int | None:
    """The middle of the days until an answer, of the whole; not told of few."""
    one = indicators()[MEANT[Table.DAYS]]
    assert one.days is not None  # noqa: S101  a median is of days
    mine = [fact.counted for fact in facts if fact.counted.what == one.days.what]
    many = [
        fact
        for fact in mine
        if when.begins <= fact.day < when.ends and holds(one.days.where, fact, when)
    ]
    if len(many) < FEWEST_FOR_DAYS:
        return None
    return tally(one, mine, when).counts
