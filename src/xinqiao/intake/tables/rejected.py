"""The file of rejected rows: each as it came with its reasons in front, to be mended and brought
again.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import xlsxwriter  # type: ignore[import-untyped]

from xinqiao.intake.tables.planning import Rejected, Remark
from xinqiao.intake.tables.words import sentence
from xinqiao.text.clean import Problem, gettext_noop

ROW_HEADER = gettext_noop("Row in the file")
REASONS_HEADER = gettext_noop("Why it was not taken")
CELL_LIMIT = 32_767
"""Characters that a spreadsheet cell holds."""

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def rejected_path(source: Path) -> Path:
    """A free name beside `source`, of the same kind: CSV for CSV, else .xlsx.

    Never the name of an earlier file: somebody may be mending it.
    """
    suffix = ".csv" if source.suffix.lower() in {".csv", ".txt", ".tsv"} else ".xlsx"
    names = chain([""], (f"-{number}" for number in count(2)))
    paths = (source.with_name(f"{source.stem}.rejected{name}{suffix}") for name in names)
    return next(path for path in paths if not path.exists())


class _Writer(Protocol):
    def write(self, cells: Sequence[str]) -> None: ...
    def close(self) -> None: ...


class RejectedRows:
    """Writes rejected rows to `path` (.xlsx or .csv). No row, no file.

    Used as a context manager; `written` counts. `say` gives the sentence of a problem in the
    reader's language, `own_headers` the two headers in front.
    """

    def __init__(
        self,
        path: Path,
        headers: Sequence[str],
        *,
        say: Callable[[Problem], str] = sentence,
        own_headers: tuple[str, str] = (ROW_HEADER, REASONS_HEADER),
    ) -> None:
        self.path = path
        self.written = 0
        self._headers = headers
        self._own_headers = own_headers
        self._say = say
        self._writer: _Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is not None:
            self._writer.close()

    def add(self, rejected: Rejected) -> None:
        """Appends one row. The first makes the file."""
        if self._writer is None:
            spreadsheet = self.path.suffix.lower() == ".xlsx"
            self._writer = _Spreadsheet(self.path) if spreadsheet else _Csv(self.path)
            self._writer.write([*self._own_headers, *self._headers])
        row = rejected.row
        cells = [row.cells.get(header, "") for header in self._headers]
        reasons = [self._sentence(reason) for reason in rejected.reasons]
        if isinstance(self._writer, _Spreadsheet):
            reasons += [self._sentence(cut) for cut in _cuts(self._headers, cells)]
        self._writer.write([str(row.number), "\n".join(reasons), *cells])
        self.written += 1

    def _sentence(self, remark: Remark) -> str:
        words = self._say(remark.problem)
        return f"{remark.column}: {words}" if remark.column else words


def _cuts(headers: Sequence[str], cells: Sequence[str]) -> Iterator[Remark]:
    for header, cell in zip(headers, cells, strict=True):
        if len(cell) > CELL_LIMIT:
            problem = Problem(code="cell_cut", facts={"header": header})
            yield Remark(column=header, problem=problem)


class _Csv:
    def __init__(self, path: Path) -> None:
        # The mark makes Excel read UTF-8; a damaged character becomes a question mark.
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._csv = csv.writer(self._file)

    def write(self, cells: Sequence[str]) -> None:
        # Opened in a spreadsheet, "=HYPERLINK(...)" from a stranger would be run.
        self._csv.writerow([f"'{c}" if c.startswith(_FORMULA_STARTS) else c for c in cells])

    def close(self) -> None:
        self._file.close()


class _Spreadsheet:
    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._sheet = self._book.add_worksheet()
        self._next = 0

    def write(self, cells: Sequence[str]) -> None:
        for column, cell in enumerate(cells):
            text = cell.encode("utf-8", "replace").decode("utf-8")
            self._sheet.write_string(self._next, column, text[:CELL_LIMIT])  # never a formula
        self._next += 1

    def close(self) -> None:
        self._book.close()
