"""Rejected rows come back with their reasons, harmless to open, ready to be mended."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake_tables.cast import FILES, HEADERS, NOW, WANG
from xinqiao.intake.tables.mapping import automatic_mapping
from xinqiao.intake.tables.planning import (
    Defaults,
    PlannedContact,
    Rejected,
    Remark,
    planned_contacts,
)
from xinqiao.intake.tables.reading import read_table
from xinqiao.intake.tables.rejected import CELL_LIMIT, RejectedRows, rejected_path
from xinqiao.intake.tables.rows import Row
from xinqiao.text.clean import Problem

Write = Callable[..., Path]
DANGEROUS = ('=HYPERLINK("http://example.org")', "+1", "-2", "@SUM(A1)", "\t=1", "＝1")


def rejected(*cells: str) -> Rejected:
    row = Row(number=4, cells=dict(zip(HEADERS, cells, strict=True)))
    problem = Problem(code="date_unreadable", facts={"value": "昨天"})
    return Rejected(row=row, reasons=(Remark(column="来信时间", problem=problem),))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_row_comes_back_with_its_number_and_reasons(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"letters.rejected{suffix}"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("2549", "王秀兰", "昨天", "路灯", "第一行\n第二行"))
    assert file.written == 1
    (row,) = read_table(path).rows
    number, reason, *cells = row.cells.values()
    assert number == "4"
    assert reason.startswith("来信时间: ") and "昨天" in reason
    assert cells == ["2549", "王秀兰", "昨天", "路灯", "第一行\n第二行"]


def test_mended_rows_can_be_brought_again(tmp_path: Path) -> None:
    path = tmp_path / "letters.rejected.csv"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("2549", "王秀兰", "昨天", "路灯", "路灯坏了"))
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",昨天,", ",2024-04-25,"))
    table = read_table(path)
    mapping = automatic_mapping(table.headers)
    (answer,) = planned_contacts(table.rows, mapping, Defaults(), NOW)
    assert isinstance(answer, PlannedContact)
    assert answer.source_number == "2549"


def test_no_rejected_row_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    with RejectedRows(path, HEADERS):
        pass
    assert not path.exists()


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_spreadsheet_never_runs_what_a_stranger_wrote(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "letters.rejected.csv"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("2549", "王秀兰", "昨天", cell, "内容"))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        _, row = csv.reader(lines)
    assert row[5] == f"'{cell}"


def test_in_a_workbook_a_formula_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "letters.rejected.xlsx"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("=1+1", "王秀兰", "昨天", "http://example.org", "0556"))
    (row,) = read_table(path).rows
    assert [row.cells[name] for name in ("编号", "标题", "内容")] == [
        "=1+1",
        "http://example.org",
        "0556",
    ]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "letters.rejected.xlsx"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("2549", "王秀兰", "昨天", "路灯", "字" * (CELL_LIMIT + 1)))
    (row,) = read_table(path).rows
    assert len(row.cells["内容"]) == CELL_LIMIT
    assert "32,767" in row.cells["Why it was not taken"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_damaged_characters_do_not_stop_the_writing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"letters.rejected{suffix}"
    with RejectedRows(path, HEADERS) as file:
        file.add(rejected("2549", "王\udce7兰", "昨天", "路灯\0", "内容"))
    (row,) = read_table(path).rows
    assert row.cells["姓名"] == "王?兰"


def test_the_reader_chooses_the_language(tmp_path: Path) -> None:
    path = tmp_path / "letters.rejected.csv"
    own = ("行号", "未导入的原因")
    with RejectedRows(
        path, HEADERS, say=lambda p: f"日期“{p.facts['value']}”", own_headers=own
    ) as file:
        file.add(rejected(*WANG))
    (row,) = read_table(path).rows
    assert row.cells["未导入的原因"] == "来信时间: 日期“昨天”"


def test_the_file_stands_beside_the_table_and_never_on_another(tmp_path: Path) -> None:
    table = tmp_path / "来信.csv"
    first = rejected_path(table)
    assert first == tmp_path / "来信.rejected.csv"
    first.touch()
    assert rejected_path(table) == tmp_path / "来信.rejected-2.csv"
    assert rejected_path(FILES / "letters.xls").name == "letters.rejected.xlsx"
