"""A file is what its bytes are; names and promises do not count."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence import samples
from xinqiao.evidence.contents import Kind, detect
from xinqiao.evidence.names import MAX_NAME, safe_name
from xinqiao.evidence.values import ACCEPTED


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "photo.jpg"


def test_there_is_a_sample_of_every_accepted_kind() -> None:
    assert set(samples.ACCEPTED) == {kind.value for kind in ACCEPTED}


@pytest.mark.parametrize("kind", sorted(samples.ACCEPTED))
def test_every_accepted_kind_is_recognised(file: Path, kind: str) -> None:
    file.write_bytes(samples.ACCEPTED[kind])
    assert detect(file) == Kind(kind)


@pytest.mark.parametrize(
    "text",
    [
        "尊敬的领导：您好".encode("gb18030"),
        "尊敬的领导：您好".encode("utf-16"),
        b"BM,XM,DH\n1,2,3\n",  # the initials of Chinese headers are no bitmap
        b"MZ,XM\n1,2\n",
        b"<3 the park, but the lamps are broken",
        "编号,内容\n1,路\0灯\n".encode(),
    ],
)
def test_text_is_text_in_every_encoding(file: Path, text: bytes) -> None:
    file.write_bytes(text)
    assert detect(file) == Kind.TEXT


def test_a_very_long_head_before_the_markup_is_still_read_quickly(file: Path) -> None:
    file.write_bytes(b"<" * 8192)
    assert detect(file) == Kind.TEXT


def test_an_archive_with_an_endless_table_of_contents_is_not_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("its table of contents was read")

    whole = samples.docx()
    size_at = whole.rfind(b"PK\5\6") + 12
    huge = whole[:size_at] + (50_000_000).to_bytes(4, "little") + whole[size_at + 4 :]
    end = whole.rfind(b"PK\5\6")
    large_format = whole[:end] + b"PK\6\7" + bytes(16) + whole[end:]
    monkeypatch.setattr(zipfile, "ZipFile", opened)
    for content in (huge, large_format, whole[:end]):
        file.write_bytes(content)
        assert detect(file) == Kind.ARCHIVE


@given(content=st.binary(max_size=600))
def test_no_content_breaks_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("files") / "file"
    for start in (b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\0\0\x1cftyp"):
        file.write_bytes(start + content)
        assert detect(file) in Kind


@pytest.mark.parametrize(
    ("given_name", "kind", "kept"),
    [
        ("路灯.jpg", Kind.JPEG, "路灯.jpg"),
        ("路灯.JPEG", Kind.JPEG, "路灯.jpeg"),
        ("C:\\照片\\路灯.png", Kind.PNG, "路灯.png"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("账本.exe", Kind.PDF, "账本.exe.pdf"),
        ("名单.csv", Kind.TEXT, "名单.csv.txt"),  # a spreadsheet would run its formulas
        ("fdp.\u202egpj.exe", Kind.JPEG, "fdp.gpj.exe.jpg"),
        ("表\0格<1>?.xlsx", Kind.XLSX, "表格_1__.xlsx"),
        (".htaccess", Kind.TEXT, "htaccess.txt"),
        ("", Kind.WAV, "file.wav"),
        ("...", Kind.WAV, "file.wav"),
        ("长" * 500 + ".pdf", Kind.PDF, "长" * MAX_NAME + ".pdf"),
    ],
)
def test_a_name_keeps_its_sense_and_loses_its_tricks(
    given_name: str, kind: Kind, kept: str
) -> None:
    assert safe_name(given_name, kind) == kept


@given(raw=st.text(max_size=300), kind=st.sampled_from(sorted(ACCEPTED)))
def test_every_name_is_harmless(raw: str, kind: Kind) -> None:
    name = safe_name(raw, kind)
    assert not set(name) & set('/\\<>:"|?*\0\n\r')
    assert 0 < len(name) <= 200
    assert not name.startswith(".")
    assert safe_name(name, kind) == name
