"""Workbooks: the values that were saved, nothing computed, and no file can take the machine."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.intake_tables.cast import FILES, HEADERS, LI, WANG
from xinqiao.evidence.archives import ArchiveLimits
from xinqiao.intake.tables.reading import read_table
from xinqiao.intake.tables.words import UnreadableFile
from xinqiao.intake.tables.workbook import WorkbookLimits

Write = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"


def refused(path: Path, **limits: object) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_table(path, **limits)  # type: ignore[arg-type]
    assert "%" not in str(raised.value)
    return raised.value.problem.code


def test_cells_read_as_they_would_be_typed(write_xlsx: Write) -> None:
    arrived = datetime(2024, 4, 25, 9, 32, 9)  # noqa: DTZ001 (a cell has no zone)
    row = (2549, "0556", arrived, date(2024, 4, 26), 0.5, True, 13800138000, "=1+1 等于几")
    table = read_table(write_xlsx(来信=[tuple("ABCDEFGH"), row]))
    assert table.sheet == "来信" and table.total == 1
    (read,) = table.rows
    assert tuple(read.cells.values()) == (
        "2549",
        "0556",
        "2024-04-25 09:32:09",
        "2024-04-26",
        "0.5",
        "TRUE",
        "13800138000",
        "=1+1 等于几",
    )


def test_a_formula_gives_the_value_saved_with_it(tmp_path: Path) -> None:
    path = tmp_path / "letters.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("编号", "内容"))
        sheet.write_formula(1, 0, "=1+1", None, 7)
        sheet.write_formula(1, 1, '=HYPERLINK("http://example.org")', None, "看这里")
    (row,) = read_table(path).rows
    assert row.cells == {"编号": "7", "内容": "看这里"}


@pytest.mark.parametrize("name", ["letters.xls", "letters.ods"])
def test_old_excel_and_open_document(name: str) -> None:
    table = read_table(FILES / name)
    first = next(table.rows)
    assert table.headers == HEADERS
    assert tuple(first.cells.values()) == (*WANG[:2], "2024-04-25 09:32:09", WANG[3], WANG[4][:12])


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    table = read_table(FILES / "letters.xls")  # row 1 is a title, row 4 is blank
    assert [row.number for row in table.rows] == [3, 5]
    assert table.total == 2


def test_the_first_sheet_with_content_is_read_and_the_others_are_named(write_xlsx: Write) -> None:
    path = write_xlsx(空的=[], 一月=[HEADERS, WANG], 二月=[HEADERS, LI])
    table = read_table(path)
    assert table.sheet == "一月"
    assert [(note.code, note.facts["sheets"]) for note in table.notes] == [
        ("other_sheets_not_read", "二月")
    ]
    february = read_table(path, sheet="二月")
    assert [row.cells["姓名"] for row in february.rows] == ["李建国"]


def test_a_sheet_that_is_not_there_tells_which_are(write_xlsx: Write) -> None:
    with pytest.raises(UnreadableFile, match="一月") as raised:
        read_table(write_xlsx(一月=[HEADERS, WANG]), sheet="三月")
    assert raised.value.problem.code == "sheet_missing"


def test_a_workbook_under_the_name_of_a_csv_file(write_xlsx: Write) -> None:
    assert read_table(write_xlsx("letters.csv", 来信=[HEADERS, WANG])).total == 1


def test_empty_workbooks(write_xlsx: Write) -> None:
    assert refused(write_xlsx(来信=[])) == "no_rows"
    assert refused(write_xlsx(来信=[HEADERS])) == "no_rows"


def test_a_password_is_told_apart_from_damage(write_xlsx: Write) -> None:
    assert refused(FILES / "protected.xlsx") == "file_protected"
    whole = write_xlsx(来信=[HEADERS, WANG])
    cut = whole.with_name("cut.xlsx")
    cut.write_bytes(whole.read_bytes()[:-200])
    assert refused(cut) == "not_a_table"


def test_a_workbook_whose_sheet_is_cut_off(write_xlsx: Write) -> None:
    path = with_sheet(write_xlsx(来信=[HEADERS, WANG]), lambda xml: iter([xml[: len(xml) // 2]]))
    assert refused(path) == "file_damaged"


def test_an_old_workbook_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "cut.xls"
    path.write_bytes((FILES / "letters.xls").read_bytes()[:3000])
    assert refused(path) in {"file_damaged", "not_a_table"}


def with_sheet(path: Path, change: Callable[[bytes], Iterator[bytes]]) -> Path:
    """The workbook at `path` with its sheet written anew, part by part."""
    changed = path.with_name("changed.xlsx")
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w") as entry:
                parts = change(source.read(name)) if name == SHEET else iter([source.read(name)])
                entry.writelines(parts)
    return changed


def test_a_million_empty_rows_are_nothing(write_xlsx: Write) -> None:
    def empty_rows(xml: bytes) -> Iterator[bytes]:
        start, end = xml.split(b"</sheetData>")
        yield start
        for number in range(3, 1_000_003):
            yield b'<row r="%d"><c r="A%d" s="0"/></row>' % (number, number)
        yield b"</sheetData>" + end

    path = with_sheet(write_xlsx(来信=[HEADERS, WANG]), empty_rows)
    table = read_table(path, workbook_limits=WorkbookLimits(memory_bytes=400 << 20))
    assert table.total == 1
    assert [row.number for row in table.rows] == [2]


def test_a_cell_at_the_far_corner_does_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write(1_048_575, 16_383, "x")
    limits = WorkbookLimits(memory_bytes=1 << 30)
    assert refused(path, workbook_limits=limits) == "file_too_heavy"


def test_a_workbook_that_unpacks_beyond_the_limit_is_not_opened(write_xlsx: Write) -> None:
    def blanks(xml: bytes) -> Iterator[bytes]:
        yield xml
        yield from (b" " * 1_000_000 for _ in range(30))

    path = with_sheet(write_xlsx(来信=[HEADERS, WANG]), blanks)
    assert refused(path) == "file_unpacks_too_large"  # 30 MB from 30 kB
    tight = ArchiveLimits(unpacked_bytes=5_000_000, ratio=1_000_000)
    assert refused(path, archive_limits=tight) == "file_unpacks_too_large"
    wide = ArchiveLimits(ratio=1_000_000)
    assert read_table(path, archive_limits=wide).total == 1


def test_references_to_other_files_in_the_xml_are_not_followed(
    write_xlsx: Write, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    entity = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()

    def stolen(xml: bytes) -> Iterator[bytes]:
        head, body = xml.split(b"?>", 1)
        inline = rb'<c r="A2" t="inlineStr"><is><t>&secret;</t></is></c>'
        yield head + b"?>" + entity + re.sub(rb'<c r="A2".*?</c>', inline, body)

    path = with_sheet(write_xlsx(来信=[HEADERS, WANG]), stolen)
    try:
        texts = [text for row in read_table(path).rows for text in row.cells.values()]
    except UnreadableFile as unreadable:
        texts = [str(unreadable)]
    assert not any("机密" in text for text in texts)
