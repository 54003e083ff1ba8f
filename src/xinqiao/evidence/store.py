"""The bytes on disk: XINQIAO_HOME/evidence/ab/cd/<sha256>, whole or not there at all.

Small pictures of them lie apart in XINQIAO_HOME/previews: they can be drawn anew and need no backup.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from xinqiao.config.home import flush_folder
from xinqiao.rules.refusals import Refusal, Refused

_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file that has arrived whole and waits to be judged. `path` goes when it is not kept."""

    path: Path
    sha256: str
    size: int


@contextmanager
def incoming(content: BinaryIO, *, limit: int) -> Iterator[Incoming]:
    """Writes what comes to disk, counting and hashing. Raises Refused: `file_empty`,
    `file_too_large` (facts `limit`, in megabytes) as soon as the limit is passed.
    """
    path = _private_folder("incoming") / secrets.token_hex(16)
    try:
        yield _written(content, path, limit)
    finally:
        path.unlink(missing_ok=True)


def _written(content: BinaryIO, path: Path, limit: int) -> Incoming:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                facts = {"limit": str(limit // 1_000_000)}
                raise Refused(Refusal("file_too_large", None, facts))
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if size == 0:
        raise Refused(Refusal("file_empty"))
    return Incoming(path=path, sha256=digest.hexdigest(), size=size)


def put(path: Path) -> Incoming:
    """Moves a file to the place of its hash in one step; after a power cut it is there or was never there."""
    with path.open("rb+") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        os.fsync(content.fileno())
        size = content.tell()
    path.chmod(0o600)
    _private_folder(digest[:2], digest[2:4])
    place = place_of(digest)
    path.replace(place)
    for folder in (place.parent, place.parent.parent, _root()):
        flush_folder(folder)
    return Incoming(path=place, sha256=digest, size=size)


def put_preview(path: Path, sha256: str) -> None:
    """Moves the small picture of the file with this hash to its place."""
    _private_folder(sha256[:2], sha256[2:4], root=_previews())
    path.chmod(0o600)
    path.replace(preview_of(sha256))


def remove(sha256: str, *, older_than: float) -> bool:
    """Deletes bytes that nobody owns, unless they came after `older_than` (seconds since 1970): whether it did."""
    place = place_of(sha256)
    try:
        if place.stat().st_mtime >= older_than:
            return False
        place.unlink()
    except FileNotFoundError:
        return False
    preview_of(sha256).unlink(missing_ok=True)
    return True


def _private_folder(*parts: str, root: Path | None = None) -> Path:
    folder = root or _root()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in parts:  # one by one: `parents` would make them readable by others
        folder /= part
        folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def place_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return _root() / sha256[:2] / sha256[2:4] / sha256


def preview_of(sha256: str) -> Path:
    """Where the small picture of the bytes with this hash lies, if it was drawn."""
    return _previews() / sha256[:2] / sha256[2:4] / sha256


def is_whole(sha256: str) -> bool:
    """Whether the bytes are there and still have their hash."""
    try:
        with place_of(sha256).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _root() -> Path:
    home: Path = settings.XINQIAO_HOME
    return home / "evidence"


def _previews() -> Path:
    home: Path = settings.XINQIAO_HOME
    return home / "previews"
