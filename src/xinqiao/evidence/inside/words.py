"""The words of a file, as far as it has any: PDF, Word, Excel, plain text; pictures where a program reads them.

Runs in the process of `reading_process` alone, behind its limits: a file is never opened by the worker itself.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from xinqiao.evidence.contents import Kind

#: The program that reads pictures, and the data it needs for Chinese.
PROGRAM, _LANGUAGE = "tesseract", "chi_sim"
#: So many characters of a file are kept; what stands beyond is not found.
MOST = 100_000


class WithoutProgram(Exception):
    """There is no program here that reads pictures, or it knows no Chinese."""


def words_in(path: Path, kind: Kind) -> str | None:
    """The words in a file of this kind; "" where there are none, None for a kind that is not read.

    Raises WithoutProgram for a picture where nothing reads it; whatever a reader raises where a file is broken.
    """
    reader = _READERS.get(kind)
    return None if reader is None else _first(reader(path))


def _first(pieces: Iterable[str]) -> str:
    found, length = list[str](), 0
    for piece in pieces:
        found.append(piece[: MOST - length])
        length += len(found[-1]) + 1
        if length >= MOST:
            break
    return "\n".join(one for one in found if one.strip())


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  each reader is imported for its own files alone

    for page in PdfReader(path).pages:
        yield page.extract_text()


def _docx(path: Path) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for paragraph in Document(str(path)).element.body.iter(qn("w:p")):  # those in tables, too
        yield "".join(run.text or "" for run in paragraph.iter(qn("w:t")))


def _sheets(path: Path) -> Iterator[str]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    with path.open("rb") as content:
        book = CalamineWorkbook.from_filelike(content)
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                yield " ".join(str(cell) for cell in row if cell not in ("", None))


def _text(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    try:
        yield raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield raw.decode("gb18030", "replace")


def _picture(path: Path) -> Iterator[str]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise WithoutProgram
    done = subprocess.run(  # noqa: S603  a program of the machine, and a path of our own
        [program, str(path), "stdout", "-l", _LANGUAGE],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode and _LANGUAGE.encode() in done.stderr:
        raise WithoutProgram
    done.check_returncode()
    yield done.stdout.decode("utf-8", "replace")


_READERS: Mapping[Kind, Callable[[Path], Iterator[str]]] = {
    Kind.PDF: _pdf,
    Kind.DOCX: _docx,
    Kind.XLSX: _sheets,
    Kind.XLS: _sheets,
    Kind.TEXT: _text,
    Kind.JPEG: _picture,
    Kind.PNG: _picture,
    Kind.WEBP: _picture,
}
