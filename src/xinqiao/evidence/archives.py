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


def _megabytes(size: int) -> str:
    return str(-(-size // MEGABYTE))
