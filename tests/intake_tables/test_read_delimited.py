"""CSV files come in every encoding and with every slip; no row of them is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_tables.cast import HEADERS, LI, WANG, csv_text
from xinqiao.intake.tables.reading import read_table
from xinqiao.intake.tables.rows import Table
from xinqiao.intake.tables.words import UnreadableFile

Write = Callable[..., Path]


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in table.rows]


def notes(table: Table) -> list[str]:
    return [note.code for note in table.notes]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_any_encoding_and_separator(write_csv: Write, encoding: str, separator: str) -> None:
    table = read_table(write_csv([HEADERS, WANG, LI], encoding=encoding, separator=separator))
    assert table.headers == HEADERS
    assert table.total == 2
    assert cells(table) == [WANG, LI]
    assert table.notes == ()


def test_the_name_of_the_file_does_not_matter(write_csv: Write) -> None:
    assert cells(read_table(write_csv([HEADERS, WANG], name="letters.xls"))) == [WANG]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(write_csv: Write) -> None:
    blank = ("", " ", "\t", "", "")
    table = read_table(write_csv([HEADERS, WANG, blank, LI, blank]))
    assert [row.number for row in table.rows] == [2, 4]
    assert table.total == 2


def test_titles_above_the_headers_are_passed_over(write_csv: Write) -> None:
    table = read_table(write_csv([("二〇二四年来信登记簿",), (), HEADERS, WANG]))
    assert table.headers == HEADERS
    assert [row.number for row in table.rows] == [4]


def test_commas_in_the_texts_do_not_hide_the_tabs_between_them(write_csv: Write) -> None:
    wordy = ("2551", "张,强", "2024-04-27", "一,二,三", "四,五,六,七,八,九,十")
    assert cells(read_table(write_csv([HEADERS, wordy], separator="\t"))) == [wordy]


def test_a_short_row_has_empty_cells_and_a_long_one_is_suspicious(write_csv: Write) -> None:
    table = read_table(write_csv([HEADERS, WANG[:4], (*LI, "", " "), (*LI, "多出来的")]))
    short, padded, long = table.rows
    assert short.cells["内容"] == "" and short.problems == ()
    assert padded.problems == ()
    assert [problem.code for problem in long.problems] == ["more_cells_than_headers"]
    assert long.problems[0].facts == {"cells": "6", "headers": "5"}


def test_headers_without_a_name_or_with_the_same_name(write_csv: Write) -> None:
    table = read_table(write_csv([("编号", "", "内容", " 内容 ", ""), ("1", "a", "b", "c")]))
    assert table.headers == ("编号", "column 2", "内容", "内容 (2)")
    assert cells(table) == [("1", "a", "b", "c")]


def test_bytes_that_are_zero_do_not_end_the_reading(write_csv: Write) -> None:
    table = read_table(write_csv(csv_text([HEADERS, WANG, LI]).replace("路灯", "路\0灯")))
    assert [row["标题"] for row in (r.cells for r in table.rows)] == ["路\0灯不亮", "停水"]


def test_one_damaged_byte_costs_one_character(write_csv: Write) -> None:
    damaged = csv_text([HEADERS, WANG, LI]).encode().replace("灯不亮".encode(), b"\xe7\x81 ok", 1)
    table = read_table(write_csv(damaged))
    assert notes(table) == ["characters_damaged"]
    first, second = cells(table)
    assert first[3].startswith("路") and first[3].endswith(" ok")
    assert second == LI


def test_a_quotation_mark_never_closed_names_its_row(write_csv: Write) -> None:
    broken = csv_text([HEADERS, WANG]) + '2550,李建国,2024-04-26,"停水,三天没有水了\n2551,a,b,c,d\n'
    with pytest.raises(UnreadableFile, match="row 3") as raised:
        read_table(write_csv(broken))
    assert raised.value.problem.code == "quote_not_closed"


def test_quotation_marks_inside_a_text_are_read_and_noted(write_csv: Write) -> None:
    table = read_table(write_csv('编号,内容\n1,"他说"等等"再办"\n2,好\n'))
    assert notes(table) == ["quotes_irregular"]
    assert table.total is None
    assert [row.cells["编号"] for row in table.rows] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "no_rows"),
        (b"\n\n,,,\n", "no_rows"),
        ("编号,内容\n".encode(), "no_rows"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page_not_table"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "web_page_not_table"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "not_a_table"),
        (b"MZ\x90\0\3\0\0\0\4\0\0\0", "not_a_table"),
        (b"nr,t\xfc \xe9 \xfc\n1,\xe9 \xfc \n", "unknown_encoding"),
    ],
)
def test_what_is_no_table_says_what_to_do(write_csv: Write, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_table(write_csv(content))
    assert raised.value.problem.code == code
    assert "%" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"letters\.csv"):
        read_table(tmp_path / "letters.csv")


WRITTEN = st.characters(codec="utf-8", exclude_categories=("Cc",), include_characters="\t\n\r")
CELL = st.text(WRITTEN, max_size=12).map(lambda cell: cell if cell.strip() else "")


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    separator=st.sampled_from([",", "\t", ";"]),
)
def test_what_was_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    encoding: str,
    separator: str,
) -> None:
    path = tmp_path_factory.mktemp("tables") / "letters.csv"
    headers = ("信访编号和来源", "来信人的完整姓名", "反映的主要内容以及诉求")
    path.write_bytes(csv_text([headers, *rows], separator).encode(encoding))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if filled:
        assert cells(read_table(path)) == filled
    else:
        with pytest.raises(UnreadableFile):
            read_table(path)
