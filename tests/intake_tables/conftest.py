"""Fixtures that write tables as Clerk Zhao's programs do."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.intake_tables.cast import csv_text

Write = Callable[..., Path]


@pytest.fixture
def write_csv(tmp_path: Path) -> Write:
    """Writes rows, a text or bytes to a CSV file."""

    def write(
        content: Sequence[Sequence[str]] | str | bytes,
        *,
        encoding: str = "utf-8",
        separator: str = ",",
        name: str = "letters.csv",
    ) -> Path:
        if not isinstance(content, str | bytes):
            content = csv_text(content, separator)
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Write:
    """Writes sheets by name, each a list of rows, as Excel would."""

    def write(name: str = "letters.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
        path = tmp_path / name
        options = {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write
