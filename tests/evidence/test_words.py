"""The words of files: each kind in its way, behind limits, without the numbers of people; what is not read is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence import samples
from xinqiao.evidence.checking import CheckLimits
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.inside.words import MOST
from xinqiao.evidence.reading import words_at
from xinqiao.evidence.values import WordsState
from xinqiao.text.personal_numbers import without_numbers

READ, NONE = WordsState.READ, WordsState.NO_WORDS


def words(tmp_path: Path, content: bytes, kind: Kind) -> tuple[WordsState, str]:
    place = tmp_path / "file"
    place.write_bytes(content)
    return words_at(place, kind)


@pytest.mark.parametrize(
    ("content", "kind", "state", "said"),
    [
        (samples.printed("维修资金使用公示"), Kind.PDF, READ, "维修资金使用公示"),
        (samples.letter("第一段。", "电梯检验报告", "不合格"), Kind.DOCX, READ, "第一段。\n电梯检验报告\n不合格"),
        (samples.xlsx(), Kind.XLSX, READ, "材料清单"),
        ("会议纪要\r\n停车费".encode(), Kind.TEXT, READ, "会议纪要\r\n停车费"),
        ("会议纪要".encode("gb18030"), Kind.TEXT, READ, "会议纪要"),
        (samples.pdf(), Kind.PDF, NONE, ""),
        (b" \n\t", Kind.TEXT, NONE, ""),
        (samples.wav(), Kind.WAV, WordsState.NOT_READ, ""),
        (samples.OLE, Kind.DOC, WordsState.NOT_READ, ""),
        (samples.docx(), Kind.DOCX, WordsState.FAILED, ""),
        (b"%PDF-1.7 and nothing", Kind.PDF, WordsState.FAILED, ""),
        (b"PK", Kind.XLSX, WordsState.FAILED, ""),
    ],
)  # fmt: skip
def test_what_is_read(
    tmp_path: Path, content: bytes, kind: Kind, state: WordsState, said: str
) -> None:
    assert words(tmp_path, content, kind) == (state, said)


def test_a_very_long_text_is_cut_and_numbers_of_people_are_left_out(tmp_path: Path) -> None:
    long = "合同" * MOST
    state, said = words(tmp_path, long.encode(), Kind.TEXT)
    assert state is READ and said == long[:MOST]
    told = "张三，身份证340811199001011234，电话138 0000 1234，合同编号20260101。"
    assert (
        words(tmp_path, told.encode(), Kind.TEXT)[1] == "张三，身份证…，电话…，合同编号20260101。"
    )


def test_a_file_that_asks_for_too_much_is_told_to_have_failed(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"a" * 80_000_000)
    limits = CheckLimits(memory_bytes=100_000_000, seconds=20)
    assert words_at(place, Kind.TEXT, limits) == (WordsState.FAILED, "")


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of the machine that reads pictures, or says that it cannot."""
    place = folder / "tesseract"
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_pictures_are_read_where_a_program_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert words(tmp_path, samples.picture(), Kind.JPEG) == (WordsState.WITHOUT_PROGRAM, "")
    program(tmp_path, '[ "$3 $4" = "-l chi_sim" ] && echo 拆迁公告', monkeypatch)
    assert words(tmp_path, samples.picture(), Kind.JPEG) == (READ, "拆迁公告\n")
    program(tmp_path, "echo 'Failed loading language chi_sim' >&2; exit 1", monkeypatch)
    assert words(tmp_path, samples.picture(), Kind.JPEG) == (WordsState.WITHOUT_PROGRAM, "")
    program(tmp_path, "echo broken >&2; exit 1", monkeypatch)
    assert words(tmp_path, samples.picture(), Kind.JPEG) == (WordsState.FAILED, "")


@given(st.text(alphabet="0123456789X张三,， １２３", max_size=60))
def test_only_numbers_of_people_are_left_out(text: str) -> None:
    left = without_numbers(text)
    assert without_numbers(left) == left
    if "…" not in left:
        assert left == text
