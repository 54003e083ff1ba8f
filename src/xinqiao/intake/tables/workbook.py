"""Workbooks (xlsx, xlsb, xls, ods), opened in a process of their own.

A crafted workbook of a few kilobytes can ask its reader for gigabytes, and a reader that runs out
of memory takes its process along. So the reader gets a process with limits; what it prints goes
to a temporary file, from which the rows are then read one by one.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

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


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits:
    """What reading one workbook may take."""

    memory_bytes: int = 2 << 30
    seconds: int = 300


def read_workbook(path: Path, *, sheet: str | None, limits: WorkbookLimits | None = None) -> Table:
    """The table of one sheet: the one named, else the first that is shown and has content.

    Formulas give the value that was saved with them; nothing is ever computed.
    Raises `UnreadableFile`: `file_protected`, `file_damaged`, `file_too_heavy`, `sheet_missing`,
    `no_rows`.
    """
    spool = _spooled(path, sheet, limits or WorkbookLimits())
    about = json.loads(spool.readline() or "{}")
    if "sheet" not in about:
        raise UnreadableFile(about.get("problem", "file_damaged"), **about.get("facts", {}))
    start = spool.tell()
    first = first_of(_records(spool))
    header = header_row(first)
    spool.seek(start)
    total = sum(1 for _ in spool) - 1 - first.index(header) if header else 0
    if header is None or total == 0:
        raise UnreadableFile("no_rows")
    spool.seek(start)
    headers = header_names(header[1])
    below = (record for record in _records(spool) if record[0] > header[0])
    return Table(
        headers=headers,
        rows=rows_under(headers, below),
        total=total,
        sheet=about["sheet"],
        notes=_other_sheets(about["sheet"], about["others"]),
    )


def _spooled(path: Path, sheet: str | None, limits: WorkbookLimits) -> IO[str]:
    spool = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (lives as long as the rows)
    request = json.dumps(
        {
            "path": str(path.absolute()),
            "sheet": sheet,
            "memory_bytes": limits.memory_bytes,
            "seconds": limits.seconds,
        }
    )
    try:
        done = subprocess.run(  # noqa: S603 (this interpreter, our own module)
            [sys.executable, "-P", "-m", "xinqiao.intake.tables.workbook_process", request],
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise UnreadableFile("file_too_heavy") from fault
    if done.returncode < 0:  # ended by a signal: a limit was reached
        raise UnreadableFile("file_too_heavy")
    if done.returncode > 0:
        raise UnreadableFile("file_damaged")
    spool.seek(0)
    return spool


def _records(spool: IO[str]) -> Iterator[NumberedCells]:
    while line := spool.readline():  # not iteration, which would forbid tell()
        number, cells = json.loads(line)
        yield number, cells


def _other_sheets(sheet: str, others: list[str]) -> tuple[Problem, ...]:
    if not others:
        return ()
    facts = {"sheet": sheet, "sheets": ", ".join(others)}
    return (Problem(code="other_sheets_not_read", facts=facts),)
