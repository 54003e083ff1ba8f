"""CSV and its relatives: which characters, which separator, which rows."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xinqiao.intake.tables.rows import (
    NumberedCells,
    Table,
    first_of,
    header_names,
    header_row,
    rows_under,
)
from xinqiao.intake.tables.words import UnreadableFile
from xinqiao.text.clean import Problem

MAX_CELL = 10_000_000
"""Characters of one cell. More means a quotation mark that was never closed."""

SEPARATORS = (",", "\t", ";", "|")
_CHUNK = 1 << 20
_ESCAPED = re.compile("[\udc80-\udcff]")
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = {"utf-16", "utf-32"}


@dataclass(frozen=True, kw_only=True)
class _Format:
    path: Path
    encoding: str
    damaged: bool
    separator: str = ","

    def records(self, *, strict: bool = False) -> Iterator[NumberedCells]:
        """Every record with its number, blank ones included, as a spreadsheet counts them."""
        csv.field_size_limit(MAX_CELL)
        # A damaged byte is carried as half a surrogate to the cleaning of texts, which reports it.
        errors = "replace" if self.encoding in _WIDE else "surrogateescape"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as text:
            reader = csv.reader(text, delimiter=self.separator, strict=strict)
            yield from enumerate(reader, 1)


def read_delimited(path: Path) -> Table:
    """The table of a text file. Raises `UnreadableFile`: `unknown_encoding`, `quote_not_closed`,
    `no_rows`.
    """
    form = _with_separator(_encoded(path))
    header = header_row(first_of(_until_fault(form.records())))
    if header is None:
        raise UnreadableFile("no_rows")
    total, note = _survey(form, header[0])
    if total == 0:
        raise UnreadableFile("no_rows")
    notes = [Problem(code="characters_damaged")] if form.damaged else []
    headers = header_names(header[1])
    below = (record for record in form.records() if record[0] > header[0])
    return Table(
        headers=headers,
        rows=rows_under(headers, below),
        total=total,
        notes=tuple([*notes, *([note] if note else [])]),
    )


def _encoded(path: Path) -> _Format:
    """UTF-8 or what has a mark, else GB18030; a file with few damaged bytes is still read."""
    with path.open("rb") as handle:
        head = handle.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _Format(path=path, encoding=encoding, damaged=False)
    qualities = {encoding: _quality(path, encoding) for encoding in ("utf-8", "gb18030")}
    for encoding, (good, bad) in qualities.items():
        # Bytes of one encoding read as the other are mostly damaged, never a few in a hundred.
        if bad * 20 <= good:
            return _Format(path=path, encoding=encoding, damaged=bad > 0)
    raise UnreadableFile("unknown_encoding")


def _quality(path: Path, encoding: str) -> tuple[int, int]:
    """How many characters beyond ASCII were read, and how many could not be."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    good = bad = 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            text = decoder.decode(chunk)
            unread = len(_ESCAPED.findall(text))
            good += len(text) - len(text.encode("ascii", "ignore")) - unread
            bad += unread
    return good, bad


def _with_separator(form: _Format) -> _Format:
    """The separator that finds the row of headers first, and with the most cells.

    `csv.Sniffer` counts characters in the texts too, and long Chinese texts lead it astray.
    """

    def merit(separator: str) -> tuple[bool, int, int]:
        records = replace(form, separator=separator).records()
        row = header_row(first_of(_until_fault(records)))
        if row is None:
            return (False, 0, 0)
        cells = sum(1 for cell in row[1] if cell.strip())
        return (cells > 1, -row[0], cells)

    return replace(form, separator=max(SEPARATORS, key=merit))


def _until_fault(records: Iterator[NumberedCells]) -> Iterator[NumberedCells]:
    try:
        yield from records
    except csv.Error:
        return


def _survey(form: _Format, header_number: int) -> tuple[int | None, Problem | None]:
    """How many rows there are, by the strict rules of CSV; a note when the file bends them."""
    total = last = 0
    try:
        for number, cells in form.records(strict=True):
            last = number
            if number > header_number and any(cell.strip() for cell in cells):
                total += 1
    except csv.Error as fault:
        row = str(last + 1)
        if "expected after" not in str(fault):  # the end of the file, or a cell beyond MAX_CELL
            raise UnreadableFile("quote_not_closed", row=row) from fault
        return None, Problem(code="quotes_irregular", facts={"row": row})
    return total, None
