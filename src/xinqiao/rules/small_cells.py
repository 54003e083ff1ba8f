"""Which cells of a public table are withheld, so that nobody can be told from it, nor worked out from what remains.

A table has rows, columns and their sums. A cell with fewer than three persons is withheld. So are as many others as it
takes that no withheld cell can be worked out: from its row, its column, the sums, all of them together, and from
knowing the rule (what is withheld is not nothing, since nothing is always shown). Of each withheld cell at least
three values stay possible, one of them no longer small.

Such a table is a network: a cell leads from its row to its column, a sum of a row from the column of sums back, and so
on. How far a cell can move while everything that is shown stays what it is, is how much can flow around it. That is
exact for whole numbers, and quick.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: Below so many persons a cell is withheld.
FEWEST = 3
#: The name of the row that sums up the rows, and of the column that sums up the columns.
ALL = ""
#: So many values of a withheld cell stay possible at least.
POSSIBLE = 3
#: What is withheld is at least one: nothing is shown as nothing.
_LEAST = 1
_MANY = 10**9

#: Row and column.
Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many were counted, and how many different persons they are."""

    count: int
    persons: int

    @property
    def small(self) -> bool:
        return self.count > 0 and min(self.count, self.persons) < FEWEST


class NoTable(ValueError):
    """The cells are no table: a sum is not the sum of its cells, or a cell is missing."""


def withheld(cells: Mapping[Place, Cell]) -> frozenset[Place]:
    """The places that are not published. `cells` holds every row and column with their sums, named ALL.

    Raises NoTable where the sums are not those of the cells.
    """
    _check(cells)
    hidden = {place for place, cell in cells.items() if cell.small}
    while exposed := next(_exposed(cells, hidden), None):
        another = _companion(cells, hidden, exposed)
        if another is None:  # nothing is left that could cover it: of this table only zeros remain
            return frozenset(place for place, cell in cells.items() if cell.count)
        hidden.add(another)
    return frozenset(hidden)


def possible(cells: Mapping[Place, Cell], hidden: Iterable[Place], place: Place) -> tuple[int, int]:
    """The least and the largest value that a withheld cell may have for who sees all that is shown (capped)."""
    hidden = frozenset(hidden)
    own = cells[place].count
    down = _slack(cells, hidden, place, up=False, enough=_MANY)
    return own - down, min(own + _slack(cells, hidden, place, up=True, enough=_MANY), _MANY)


# -- choosing ----------------------------------------------------------------------------------------------------------


def _exposed(cells: Mapping[Place, Cell], hidden: set[Place]) -> Iterator[Place]:
    """The withheld cells of which too few values are possible, or none that is not small."""
    for place in sorted(hidden, key=lambda one: (cells[one].count, one)):
        if not _covered(cells, frozenset(hidden), place):
            yield place


def _covered(cells: Mapping[Place, Cell], hidden: frozenset[Place], place: Place) -> bool:
    up = _slack(cells, hidden, place, up=True, enough=POSSIBLE - 1)
    if up >= POSSIBLE - 1:
        return True
    down = _slack(cells, hidden, place, up=False, enough=POSSIBLE - 1)
    return up + down >= POSSIBLE - 1 and cells[place].count + up >= FEWEST


def _companion(cells: Mapping[Place, Cell], hidden: set[Place], exposed: Place) -> Place | None:
    """The cell whose withholding costs least, of those in the lines of the exposed one or of what covers it already.

    Cells are taken before sums, small ones before large ones, and those whose other line is open already.
    """
    rows, columns = _reached(hidden, exposed)

    def cost(place: Place) -> tuple[int, bool, int, Place]:
        row, column = place
        sums = (row == ALL) + (column == ALL)
        return sums, not (row in rows and column in columns), cells[place].count, place

    near = [
        place
        for place, cell in cells.items()
        if cell.count and place not in hidden and (place[0] in rows or place[1] in columns)
    ]
    return min(near, key=cost, default=None)


def _reached(hidden: set[Place], place: Place) -> tuple[set[str], set[str]]:
    """The rows and columns that hang together with a withheld cell."""
    rows, columns = {place[0]}, {place[1]}
    grown = True
    while grown:
        grown = False
        for row, column in hidden:
            if (row in rows) != (column in columns):
                rows.add(row)
                columns.add(column)
                grown = True
    return rows, columns


# -- the network -------------------------------------------------------------------------------------------------------


def _slack(
    cells: Mapping[Place, Cell], hidden: frozenset[Place], place: Place, *, up: bool, enough: int
) -> int:
    """How far the cell can rise (or fall) while all that is shown stays: no further than `enough` is looked for.

    Each line is a knot where cells and their sum balance. Raising a cell pushes one unit from its row to its column; it
    comes back over other withheld cells, forwards where they can fall, backwards where they can rise.
    """
    start, end = _ends(place)
    if not up:
        start, end = end, start
    limit = enough if up else min(enough, cells[place].count - _LEAST)
    room = _room(cells, hidden - {place})
    moved = 0
    while moved < limit:
        path = _path(room, end, start)
        if path is None:
            break
        step = min(limit - moved, *(room[one][other] for one, other in path))
        for one, other in path:
            room[one][other] -= step
            room[other][one] = room[other].get(one, 0) + step
        moved += step
    return moved


def _ends(place: Place) -> tuple[str, str]:
    """From which knot to which a cell leads. Sums lead the other way, the sum of sums back again."""
    row, column = place
    ends = f"row {row}", f"column {column}"
    return ends if (row == ALL) == (column == ALL) else ends[::-1]


def _room(cells: Mapping[Place, Cell], hidden: Iterable[Place]) -> dict[str, dict[str, int]]:
    """How much more can flow between two knots: a cell may rise without end, and fall to one."""
    room: dict[str, dict[str, int]] = {}
    for place in hidden:
        start, end = _ends(place)
        there, back = room.setdefault(start, {}), room.setdefault(end, {})
        there[end] = there.get(end, 0) + _MANY
        back[start] = back.get(start, 0) + max(cells[place].count - _LEAST, 0)
    return room


def _path(
    room: Mapping[str, Mapping[str, int]], start: str, end: str
) -> list[tuple[str, str]] | None:
    """The shortest way with room on it."""
    came: dict[str, str] = {start: start}
    ahead = deque([start])
    while ahead and end not in came:
        here = ahead.popleft()
        for there, free in room.get(here, {}).items():
            if free > 0 and there not in came:
                came[there] = here
                ahead.append(there)
    if end not in came:
        return None
    path = []
    while end != start:
        path.append((came[end], end))
        end = came[end]
    return path[::-1]


def _check(cells: Mapping[Place, Cell]) -> None:
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if ALL not in rows or ALL not in columns or len(cells) != len(rows) * len(columns):
        raise NoTable("a table holds a cell for every row and column, and the sums of both")
    for row in rows:
        if (
            sum(cells[row, column].count for column in columns if column != ALL)
            != cells[row, ALL].count
        ):
            raise NoTable(f"row {row!r} does not sum up")
    for column in columns:
        if sum(cells[row, column].count for row in rows if row != ALL) != cells[ALL, column].count:
            raise NoTable(f"column {column!r} does not sum up")
