"""Word and Excel files: words and figures are taken; macros, carried objects and what is fetched from elsewhere not."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import (
    ElementTree,
)  # the process has limits, and names outside the file are never fetched

from xinqiao.rules.refusals import Refusal

_OBJECTS = ("/oleObject", "/control", "/activeXControlBinary")
_MOST_PART = 200_000_000  # bytes of one part, unpacked; the sum was judged before
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_INCLUDED = re.compile(
    r"\bINCLUDE(?:TEXT|PICTURE)\b.{0,40}?(?:https?:|ftp:|file:|\\\\)", re.IGNORECASE | re.DOTALL
)
# In old Office files: a packed file inside (both encodings of its name), a field that starts a program.
_OLD = {
    "file_attachments": ["\x01Ole10Native\0".encode("utf-16-le")],
    "file_scripts": [
        mark.encode(encoding)
        for mark in ("\x13 DDE", "\x13DDE")
        for encoding in ("ascii", "utf-16-le")
    ],
}


def refusal_of(path: Path) -> Refusal | None:
    """None for a docx or xlsx of words and figures.

    Refusals: `file_macros`, `file_attachments` (OLE objects, controls, packed files), `file_external`
    (templates, pictures, sheets that would be fetched when it is opened), `file_scripts` (DDE), `file_damaged`.
    """
    try:
        with path.open("rb") as content:
            return next(_found(content, 0), None)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        NotImplementedError,
        ValueError,
        OSError,
        EOFError,
    ):
        return Refusal("file_damaged")


def old_refusal_of(path: Path) -> Refusal | None:
    """The same for doc and xls, as far as the names in them tell."""
    content = path.read_bytes()
    for code, marks in _OLD.items():
        if any(mark in content for mark in marks):
            return Refusal(code)
    return None


def _found(content: IO[bytes], depth: int) -> Iterator[Refusal]:
    with zipfile.ZipFile(content) as container:
        for name in container.namelist():
            yield from _by_name(name)
            if name.endswith(".rels"):
                yield from _relations(_part(container, name))
            elif name.startswith("xl/externalLinks/") and b"ddeLink" in _part(container, name):
                yield Refusal("file_scripts")
            elif name.startswith("word/") and name.endswith(".xml"):
                yield from _fields(_part(container, name))
            elif "/embeddings/" in name:
                yield from _carried(_part(container, name), depth)


def _part(container: zipfile.ZipFile, name: str) -> bytes:
    with container.open(name) as part:
        content = part.read(_MOST_PART + 1)
    if len(content) > _MOST_PART:
        raise ValueError(name)
    return content


def _by_name(name: str) -> Iterator[Refusal]:
    if name.endswith("vbaProject.bin") or "/macrosheets/" in name:
        yield Refusal("file_macros")
    elif "/activeX/" in name:
        yield Refusal("file_attachments")


def _relations(part: bytes) -> Iterator[Refusal]:
    for relation in ElementTree.fromstring(part):  # noqa: S314
        kind, outside = relation.get("Type", ""), relation.get("TargetMode") == "External"
        if kind.endswith(_OBJECTS):
            yield Refusal("file_attachments")
        elif outside and not kind.endswith("/hyperlink"):
            yield Refusal("file_external")


def _fields(part: bytes) -> Iterator[Refusal]:
    """Fields of Word; an instruction may be cut into many pieces, so the pieces are read as one."""
    whole = "".join(_instructions(ElementTree.fromstring(part)))  # noqa: S314
    if _DDE.search(whole):
        yield Refusal("file_scripts")
    if _INCLUDED.search(whole):
        yield Refusal("file_external")


def _instructions(tree: ElementTree.Element) -> Iterator[str]:
    for element in tree.iter():
        match element.tag.rpartition("}")[2]:
            case "instrText":
                yield element.text or ""
            case "fldSimple":
                yield from (f" {value} " for key, value in element.items() if key.endswith("instr"))


def _carried(content: bytes, depth: int) -> Iterator[Refusal]:
    """A chart carries the sheet it was drawn from; that may be, anything else not."""
    if depth or not zipfile.is_zipfile(io.BytesIO(content)):
        yield Refusal("file_attachments")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        office = "xl/workbook.xml" in inner.namelist()
    if not office:
        yield Refusal("file_attachments")
    else:
        yield from _found(io.BytesIO(content), depth + 1)
