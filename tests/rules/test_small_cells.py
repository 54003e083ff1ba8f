"""What is withheld from a public table cannot be worked out again: somebody tries, with a solver."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xinqiao.rules.small_cells import ALL, FEWEST, POSSIBLE, Cell, NoTable, possible, withheld

scipy = pytest.importorskip("scipy.optimize")
Table = dict[tuple[str, str], Cell]


def table(rows: list[list[int]], persons: Mapping[tuple[int, int], int] | None = None) -> Table:
    """A table with its sums; as many persons as contacts, unless said otherwise."""
    cells = {
        (f"r{y}", f"c{x}"): Cell(count=count, persons=(persons or {}).get((y, x), count))
        for y, row in enumerate(rows)
        for x, count in enumerate(row)
    }
    return cells | _sums(cells)


def _sums(cells: Table) -> Table:
    def of(row: str, column: str) -> Cell:
        inside = [cell for (y, x), cell in cells.items() if row in (ALL, y) and column in (ALL, x)]
        return Cell(
            count=sum(one.count for one in inside), persons=sum(one.persons for one in inside)
        )

    rows, columns = {y for y, _ in cells}, {x for _, x in cells}
    places = [*((row, ALL) for row in rows), *((ALL, column) for column in columns), (ALL, ALL)]
    return {place: of(*place) for place in places}


def attacked(
    cells: Table, hidden: frozenset[tuple[str, str]], untold: frozenset[tuple[str, str]] = frozenset()
) -> dict[tuple[str, str], tuple[int, int]]:  # fmt: skip
    """The least and largest value of each withheld cell: a linear program over all that is shown.

    What is withheld is not nothing; cells of a table that is not told at all (`untold`) may be.
    """
    rows, columns = sorted({y for y, _ in cells}), sorted({x for _, x in cells})
    unknown = sorted(hidden)
    at = {place: number for number, place in enumerate(unknown)}
    left: list[list[float]] = []
    right: list[float] = []
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    for number, line in enumerate(lines):
        total = (rows[number], ALL) if number < len(rows) else (ALL, columns[number - len(rows)])
        sign = {place: (-1 if place == total else 1) for place in line}
        left.append([0.0] * len(unknown))
        right.append(0.0)
        for place in line:
            if place in at:
                left[-1][at[place]] += sign[place]
            else:
                right[-1] -= sign[place] * cells[place].count
    found = {}
    bounds = [(0 if place in untold else 1, 1000) for place in unknown]
    for place, number in at.items():
        ends = []
        for direction in (1.0, -1.0):
            aim = [0.0] * len(unknown)
            aim[number] = direction
            solved = scipy.linprog(aim, A_eq=left, b_eq=right, bounds=bounds)
            assert solved.status == 0, solved.message
            ends.append(round(solved.x[number]))
        found[place] = (ends[0], ends[1])
    return found


def safe(cells: Table) -> frozenset[tuple[str, str]]:
    """Nothing small is shown, and nothing that is withheld can be worked out; gives what is withheld."""
    hidden = withheld(cells)
    assert {place for place, cell in cells.items() if cell.small} <= hidden
    for place, (least, most) in attacked(cells, hidden).items():
        assert least <= cells[place].count <= most
        assert most - least >= POSSIBLE - 1 and most >= FEWEST, (place, least, most)
    return hidden


def test_what_is_large_is_shown_whole() -> None:
    assert withheld(table([[12, 40], [33, 9]])) == frozenset()


def test_nothing_is_shown_as_nothing() -> None:
    assert withheld(table([[12, 0], [33, 0]])) == frozenset()


def test_one_small_cell_takes_three_others_with_it() -> None:
    """Alone in its row or its column it would be the sum less the others."""
    cells = table([[2, 40, 11], [33, 9, 12], [20, 30, 40]])
    hidden = safe(cells)
    assert ("r0", "c0") in hidden and len(hidden) == 4
    assert not any(ALL in place for place in hidden), "the sums can stay"


def test_two_withheld_cells_whose_sum_gives_them_away_are_not_enough() -> None:
    """2 + 1 = 3: each would be one or two, and everybody would know that both are small."""
    cells = table([[2, 1, 40], [20, 30, 40], [25, 35, 45]])
    assert ("r0", "c2") in safe(cells)


def test_five_contacts_of_one_person_are_withheld() -> None:
    cells = table([[5, 40], [33, 9]], {(0, 0): 1})
    assert ("r0", "c0") in withheld(cells)


def test_a_sum_of_few_persons_is_withheld_too() -> None:
    cells = table([[1, 1], [40, 50], [44, 55]])
    assert ("r0", ALL) in safe(cells)


def test_a_table_with_next_to_nothing_in_it_is_withheld_whole() -> None:
    cells = table([[2, 0], [0, 0]])
    assert withheld(cells) == {place for place, cell in cells.items() if cell.count}


@pytest.mark.parametrize(
    "spoil", [{("r0", "c0"): Cell(count=9, persons=9)}, {("r9", "c0"): Cell(count=1, persons=1)}]
)
def test_a_table_that_does_not_sum_up_is_refused(spoil: Table) -> None:  # fmt: skip
    with pytest.raises(NoTable):
        withheld(table([[2, 40], [33, 9]]) | spoil)


SIZES = st.one_of(st.integers(0, 4), st.integers(0, 60))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    rows = [[draw(SIZES) for _ in range(width)] for _ in range(height)]
    persons = {
        (y, x): draw(st.integers(1, count))
        for y, row in enumerate(rows)
        for x, count in enumerate(row)
        if count and draw(st.booleans())
    }
    return table(rows, persons)


@settings(max_examples=150, deadline=None)
@given(tables())
@example(table([[1, 1, 1], [1, 1, 1], [1, 1, 1]]))
@example(table([[1, 90], [90, 1]]))
@example(table([[2, 0, 0], [0, 40, 50], [0, 60, 70]]))
def test_no_withheld_cell_can_be_worked_out_from_any_table(cells: Table) -> None:
    hidden = withheld(cells)
    if hidden == {place for place, cell in cells.items() if cell.count}:
        return  # nothing but zeros is shown
    safe(cells)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_network_says_what_the_solver_says(cells: Table) -> None:
    """Of any set of withheld cells, not of the one that is chosen alone."""
    hidden = frozenset(place for place, cell in cells.items() if 0 < cell.count <= 6)
    for place, (least, most) in attacked(cells, hidden).items():
        low, high = possible(cells, hidden, place)
        assert (low, min(high, 1000)) == (least, most) or (high > 1000 and low == least)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_every_value_within_is_that_of_some_table(rows: list[list[int]]) -> None:
    """Counted through: all small tables that show the same."""
    cells = table(rows)
    hidden = withheld(cells)
    if hidden == {place for place, cell in cells.items() if cell.count}:
        return

    def looks_the_same(other: Table) -> bool:
        return all(
            other[place].count > 0 if place in hidden else other[place].count == cell.count
            for place, cell in cells.items()
        )

    tried = (table([list(one[:2]), list(one[2:])]) for one in product(range(9), repeat=4))
    same = [other for other in tried if looks_the_same(other)]
    for place in hidden:
        assert len({other[place].count for other in same}) >= POSSIBLE
