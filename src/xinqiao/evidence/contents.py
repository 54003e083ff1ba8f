"""What a file is, told from its bytes. Its name and what the browser claims are never asked."""

import mmap
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import filetype  # type: ignore[import-untyped]

from xinqiao.evidence.archives import directory_is_sane


class Kind(StrEnum):
    """The kinds of content told apart. Codes are stored with evidence."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOC = "doc"
    DOCX = "docx"
    XLS = "xls"
    XLSX = "xlsx"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    TEXT = "text"
    ODS = "ods"
    XLSB = "xlsb"
    EMPTY = "empty"
    MACROS = "macros"
    PROTECTED = "protected"
    MARKUP = "markup"
    PROGRAM = "program"
    ARCHIVE = "archive"
    HEIC = "heic"
    VIDEO = "video"
    OTHER = "other"


HEAD_BYTES = 8192  # as much as the signatures of `filetype` look at

_BY_MIME = {
    "image/jpeg": Kind.JPEG,
    "image/png": Kind.PNG,
    "image/webp": Kind.WEBP,
    "application/pdf": Kind.PDF,
    "audio/mpeg": Kind.MP3,
    "audio/mp4": Kind.M4A,
    "video/mp4": Kind.M4A,  # telephones record sound into it, too: what it holds is asked where it is kept
    "video/x-m4v": Kind.M4A,
    "video/3gpp": Kind.VIDEO,
    "video/quicktime": Kind.VIDEO,
    "video/x-matroska": Kind.VIDEO,
    "video/webm": Kind.VIDEO,
    "video/x-msvideo": Kind.VIDEO,
    "video/x-ms-wmv": Kind.VIDEO,
    "video/x-flv": Kind.VIDEO,
    "video/mpeg": Kind.VIDEO,
    "image/heic": Kind.HEIC,
    "image/heif": Kind.HEIC,
    "image/avif": Kind.HEIC,
    "audio/x-wav": Kind.WAV,
    "application/x-msdownload": Kind.PROGRAM,
    "application/x-executable": Kind.PROGRAM,
    "application/x-7z-compressed": Kind.ARCHIVE,
    "application/x-rar-compressed": Kind.ARCHIVE,
    "application/x-tar": Kind.ARCHIVE,
    "application/gzip": Kind.ARCHIVE,
    "application/x-bzip2": Kind.ARCHIVE,
    "application/x-xz": Kind.ARCHIVE,
    "application/x-lzip": Kind.ARCHIVE,
    "application/x-compress": Kind.ARCHIVE,
    "application/zstd": Kind.ARCHIVE,
}
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM = re.compile(
    rb"#!(?!AMR)|MZ.{0,62}\0|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe", re.DOTALL
)
_MARKUP = re.compile(
    rb"<.{0,1000}?<?(?:!doctype|html|head|body|svg|script|\?xml|table|iframe|meta)\b|mime-version:",
    re.IGNORECASE | re.DOTALL,
)
# Documents that are written in plain characters and yet are not for reading as text.
_WRITTEN_IN_TEXT = {"application/pdf", "application/rtf"}
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def detect(path: Path) -> Kind:
    """The kind of the file at `path`. `OTHER` when nothing known fits; never raises for content."""
    with path.open("rb") as handle:
        head = handle.read(HEAD_BYTES)
        if not head:
            return Kind.EMPTY
        if head.startswith(_ZIP):
            return _zip_kind(path)
        if head.startswith(_OLE):
            return _ole_kind(handle)
    if _PROGRAM.match(head):
        return Kind.PROGRAM
    mime = filetype.guess_mime(head)
    plain = _NOT_IN_TEXT.search(head) is None  # a table whose first heading is "BM" is no bitmap
    if mime is not None and (mime in _WRITTEN_IN_TEXT or not plain):
        return _BY_MIME.get(mime, Kind.OTHER)
    return _text_kind(head)


def _zip_kind(path: Path) -> Kind:
    if not directory_is_sane(path):
        return Kind.ARCHIVE
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            label = _label(container) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return Kind.ARCHIVE
    if "[Content_Types].xml" in names and any(name.endswith("vbaProject.bin") for name in names):
        return Kind.MACROS
    for kind in _office_kinds(names, label):
        return kind
    return Kind.ARCHIVE


def _label(container: zipfile.ZipFile) -> bytes:
    with container.open("mimetype") as entry:
        return entry.read(100)


def _office_kinds(names: set[str], label: bytes) -> Iterator[Kind]:
    if "[Content_Types].xml" in names:
        marks = {
            "word/document.xml": Kind.DOCX,
            "xl/workbook.xml": Kind.XLSX,
            "xl/workbook.bin": Kind.XLSB,
        }
        yield from (kind for mark, kind in marks.items() if mark in names)
    if label.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        yield Kind.ODS


# Names in the directory of an old Office file, which is written in UTF-16.
_OLE_NAMES = {
    "EncryptedPackage": Kind.PROTECTED,
    "_VBA_PROJECT": Kind.MACROS,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
}


def _ole_kind(handle: BinaryIO) -> Kind:
    with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, kind in _OLE_NAMES.items():
            if content.find(f"{name}\0".encode("utf-16-le")) != -1:
                return kind
    return Kind.OTHER


def _text_kind(head: bytes) -> Kind:
    """Text has hardly any control bytes; UTF-16 is text when it says so in its first bytes."""
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")):
        return Kind.MARKUP
    if head.startswith(_UNICODE_MARKS):
        return Kind.TEXT
    return Kind.TEXT if len(_NOT_IN_TEXT.findall(head)) * 20 <= len(head) else Kind.OTHER
