"""How much a zip container (docx, xlsx, ods) would unpack to, judged before anything unpacks it."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from xinqiao.rules.refusals import Refusal

MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class ArchiveLimits:
    """What an office file may unpack to.

    A sheet of a hundred thousand rows packs about 30 to 1; the ratio only counts above
    `free_bytes`, because small files of repeated text pack well and harm nobody.
    """

    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 100
    free_bytes: int = 20 * MEGABYTE
    entries: int = 10_000


def archive_refusal(path: Path, limits: ArchiveLimits | None = None) -> Refusal | None:
    """None when the container may be opened.

    Refusals: `file_damaged`, `file_protected` (a password), `file_unpacks_too_large` (facts: `size`
    and `limit`, in megabytes). The sizes are those the container declares: a reader must still
    stop where they end, as `zipfile` does.
    """
    limits = limits or ArchiveLimits()
    try:
        with zipfile.ZipFile(path) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return Refusal("file_damaged")
    if any(entry.flag_bits & 0x1 for entry in entries):
        return Refusal("file_protected")
    unpacked = sum(entry.file_size for entry in entries)
    inflated = unpacked > limits.free_bytes and unpacked > limits.ratio * path.stat().st_size
    if unpacked > limits.unpacked_bytes or inflated or len(entries) > limits.entries:
        return Refusal(
            "file_unpacks_too_large",
            None,
            {"size": _megabytes(unpacked), "limit": _megabytes(limits.unpacked_bytes)},
        )
    return None


_END, _END_BYTES, _COMMENT_BYTES = b"PK\5\6", 22, 65_535
_LARGE_FORMAT, _LARGE_FORMAT_BYTES = b"PK\6\7", 20
MOST_DIRECTORY_BYTES = 5 * MEGABYTE


def directory_is_sane(path: Path) -> bool:
    """Whether the table of contents of a zip is small enough to be read at all.

    Reading it takes some ten times its size of memory, before anything is known of what it lists. The format for
    archives beyond four gigabytes, whose table may be of any size, is never needed by a document.
    """
    with path.open("rb") as content:
        size = content.seek(0, 2)
        content.seek(max(0, size - _END_BYTES - _COMMENT_BYTES - _LARGE_FORMAT_BYTES))
        tail = content.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        return False
    if tail[max(0, at - _LARGE_FORMAT_BYTES) : at].startswith(_LARGE_FORMAT):
        return False
    return int.from_bytes(tail[at + 12 : at + 16], "little") <= MOST_DIRECTORY_BYTES


def _megabytes(size: int) -> str:
    return str(-(-size // MEGABYTE))
