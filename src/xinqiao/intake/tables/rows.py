"""A table as it was found: headers, rows, and where in the file each row stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from xinqiao.text.clean import Cleaned, Problem, clean_text

TITLE_ROWS = 10
"""How many rows may stand above the headers (titles, "reporting unit: ...")."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row with content. `number` is what a spreadsheet shows at its left edge.

    `cells` has every header; an absent cell is "". Nothing is cleaned yet.
    """

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows` can be walked once. `total` is how many there are, where that is known beforehand."""

    headers: tuple[str, ...]
    rows: Iterator[Row]
    total: int | None
    sheet: str | None = None
    notes: tuple[Problem, ...] = ()


NumberedCells = tuple[int, Sequence[str]]


def header_row(first_rows: Sequence[NumberedCells]) -> NumberedCells | None:
    """The row of headers: the first with two cells or more, else the first with any.

    A single cell above it is a title. None when there is no content at all.
    """
    filled = [row for row in first_rows if any(cell.strip() for cell in row[1])]
    for row in filled[:TITLE_ROWS]:
        if sum(1 for cell in row[1] if cell.strip()) > 1:
            return row
    return filled[0] if filled else None


def header_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers as unique names: blank ones called by their place, repeated ones numbered."""
    used: dict[str, int] = {}
    names = []
    for place, cell in enumerate(_without_blank_end(cells), 1):
        cleaned = clean_text(cell, multiline=False)
        name = cleaned.text[:100] if isinstance(cleaned, Cleaned) else ""
        name = name or f"column {place}"
        used[name] = used.get(name, 0) + 1
        names.append(name if used[name] == 1 else f"{name} ({used[name]})")
    return tuple(names)


def rows_under(headers: Sequence[str], rows: Iterator[NumberedCells]) -> Iterator[Row]:
    """Every row with content, its cells by header. Rows of blanks alone are passed over."""
    for number, cells in rows:
        filled = _without_blank_end(cells)
        if filled:
            yield _row(number, filled, headers)


def _row(number: int, cells: Sequence[str], headers: Sequence[str]) -> Row:
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    problems: tuple[Problem, ...] = ()
    if len(cells) > len(headers):
        facts = {"cells": str(len(cells)), "headers": str(len(headers))}
        problems = (Problem(code="more_cells_than_headers", facts=facts),)
    return Row(number=number, cells=dict(zip(headers, padded, strict=False)), problems=problems)


def _without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def first_of(rows: Iterator[NumberedCells]) -> list[NumberedCells]:
    """As many rows as headers are looked for in, blank ones not counted."""
    return list(islice((row for row in rows if any(c.strip() for c in row[1])), TITLE_ROWS))
