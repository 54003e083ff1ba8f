"""The process that opens a workbook. Talks JSON: one line about the sheet, then one line a row.

Started by `workbook` with one argument: path, sheet, and the limits it sets itself first.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

Cell = int | float | str | bool | time | date | datetime | timedelta


def main(argument: str) -> int:
    request = json.loads(argument)
    _limit(resource.RLIMIT_AS, request["memory_bytes"])
    _limit(resource.RLIMIT_CPU, request["seconds"])
    _limit(resource.RLIMIT_CORE, 0)
    try:
        for line in answer(request["path"], request["sheet"]):
            sys.stdout.write(json.dumps(line) + "\n")
    except PasswordError:
        sys.stdout.write(json.dumps({"problem": "file_protected"}) + "\n")
    except CalamineError:
        sys.stdout.write(json.dumps({"problem": "file_damaged"}) + "\n")
    except MemoryError:
        os.abort()  # as the reader itself does when it is refused memory
    return 0


def _limit(what: int, value: int) -> None:
    _, ceiling = resource.getrlimit(what)
    allowed = value if ceiling == resource.RLIM_INFINITY else min(value, ceiling)
    resource.setrlimit(what, (allowed, allowed))


def answer(path: str, wanted: str | None) -> Iterator[Any]:
    """First which sheet is read and which are not, then `[number, [cell, ...]]` a row."""
    with CalamineWorkbook.from_path(path) as book:
        chosen: CalamineSheet | None = None
        filled = []
        for meta in book.sheets_metadata:
            sheet = _filled(book, meta)
            if sheet is None:
                continue
            filled.append(meta.name)
            fits = meta.name == wanted if wanted else meta.visible == SheetVisibleEnum.Visible
            if fits and chosen is None:
                chosen = sheet
        if chosen is not None:
            yield {"sheet": chosen.name, "others": [n for n in filled if n != chosen.name]}
            yield from rows(chosen)
        elif wanted:
            facts = {"sheet": wanted, "sheets": ", ".join(filled)}
            yield {"problem": "sheet_missing", "facts": facts}
        else:
            yield {"problem": "no_rows"}


def _filled(book: CalamineWorkbook, meta: SheetMetadata) -> CalamineSheet | None:
    """The sheet if it holds cells: not a chart, not a sheet that was never used."""
    if meta.typ != SheetTypeEnum.WorkSheet:
        return None
    sheet = book.get_sheet_by_name(meta.name)
    return None if sheet.start is None else sheet


def rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [cell_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def cell_text(cell: Cell) -> str:
    """The cell as it would be typed: 2549.0 is 2549, a date and time is 2019-04-25 09:32:09."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
        case _:
            return str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
