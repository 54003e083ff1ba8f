"""PDF: pages to read are taken; what would run, send, start or carry other files is not."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from xinqiao.rules.refusals import Refusal

_MOST_DEPTH = 60
# Keys whose mere presence says that something runs, is carried along, or is drawn by a program of its own.
_KEYS = {
    "/JS": "file_scripts",
    "/JavaScript": "file_scripts",
    "/XFA": "file_form_program",
    "/EF": "file_attachments",
    "/EmbeddedFiles": "file_attachments",
    "/RichMedia": "file_scripts",
    "/RichMediaContent": "file_scripts",
}
# What an action (/S) or a thing (/Type, /Subtype) may not be. Links to pages and addresses may.
_NAMES = {
    "/JavaScript": "file_scripts",
    "/Launch": "file_scripts",
    "/ImportData": "file_scripts",
    "/SubmitForm": "file_scripts",
    "/GoToE": "file_attachments",
    "/Rendition": "file_scripts",
    "/RichMediaExecute": "file_scripts",
    "/EmbeddedFile": "file_attachments",
    "/FileAttachment": "file_attachments",
    "/RichMedia": "file_scripts",
    "/3D": "file_scripts",
    "/Movie": "file_scripts",
    "/Screen": "file_scripts",
}
_NAMED = ("/S", "/Type", "/Subtype")


def refusal_of(path: Path) -> Refusal | None:
    """None for a PDF of pages.

    Refusals: `file_protected` (opens only with a password), `file_damaged`, `file_scripts`,
    `file_attachments`, `file_form_program` (XFA). Every object is looked at, used or not.
    """
    try:
        with pikepdf.open(path) as document:
            if not len(document.pages):
                return Refusal("file_damaged")
            return next(_found(document), None)
    except pikepdf.PasswordError:
        return Refusal("file_protected")
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OSError):
        return Refusal("file_damaged")


def _found(document: pikepdf.Pdf) -> Iterator[Refusal]:
    for thing in (document.trailer, *document.objects):
        yield from _within(thing, 0)


def _within(thing: object, depth: int) -> Iterator[Refusal]:
    """Looks at one object and what stands in it directly; what it refers to has its own turn."""
    if depth > _MOST_DEPTH:
        yield Refusal("file_damaged")
    elif isinstance(thing, pikepdf.Stream):
        yield from _within(thing.stream_dict, depth)
    elif isinstance(thing, pikepdf.Dictionary):
        for key, value in thing.items():
            yield from _named(key, value)
            if not getattr(value, "is_indirect", False):
                yield from _within(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                yield from _within(value, depth + 1)


def _named(key: str, value: object) -> Iterator[Refusal]:
    if key in _KEYS and not _is_resource(key, value):
        yield Refusal(_KEYS[key])
    elif key in _NAMED and isinstance(value, pikepdf.Name) and str(value) in _NAMES:
        yield Refusal(_NAMES[str(value)])


def _is_resource(key: str, value: object) -> bool:
    """Fonts and pictures of a page have short names of any letters; a script is text, and a packed file has `/F`."""
    if not isinstance(value, pikepdf.Dictionary):
        return False
    return key == "/JS" or (key == "/EF" and not {"/F", "/UF"} & set(value.keys()))
