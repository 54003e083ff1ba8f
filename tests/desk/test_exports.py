"""Lists as Excel files: what somebody wrote is never run, dates stay dates, nothing is lost silently."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from xinqiao.desk import exports


def read(answer: Any) -> list[list[Any]]:
    """The cells of the one sheet of an export."""
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_texts_are_written_as_texts() -> None:
    said = ["=1+1", "+86", "-5", "@name", '=HYPERLINK("http://x")', "a\x00b"]
    rows = read(exports.sheet_response("requests", ["Words"], [[one] for one in said]))
    assert [row[0] for row in rows[:-1]] == ["Words", *said[:-1]]


def test_numbers_dates_and_moments_stay_what_they_are() -> None:
    moment = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    row = [7, Decimal("1234.56"), date(2026, 3, 2), moment, None, 10**17]
    rows = read(exports.sheet_response("list", list("abcdef"), [row]))
    assert rows[1][:2] == [7, 1234.56]
    assert rows[1][2:4] == [date(2026, 3, 2), datetime(2026, 3, 3, 1, 30)]  # noqa: DTZ001
    assert rows[1][4:] == ["", str(10**17)]


def test_a_text_beyond_what_a_cell_holds_says_that_it_was_cut() -> None:
    rows = read(exports.sheet_response("list", ["a"], [["字" * 40_000], ["next"]]))
    assert len(rows[1][0]) == 32_767
    assert rows[1][0].endswith("…")
    assert rows[2] == ["next"]


def test_a_list_that_does_not_fit_says_so(monkeypatch: Any) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    rows = read(exports.sheet_response("list", ["a"], ([n] for n in range(10))))
    assert [row[0] for row in rows[:4]] == ["a", 0, 1, 2]
    assert len(rows) == 5, "the last row says that there are more"
    assert "3" in rows[4][0]


def test_the_name_is_told_in_both_spellings() -> None:
    answer = exports.sheet_response("救助申请 2026", ["a"], [])
    assert answer["Content-Disposition"].startswith('attachment; filename="-----2026.xlsx"')
    assert answer["Content-Disposition"].endswith("%202026.xlsx")
    assert answer["Content-Type"] == exports.XLSX
