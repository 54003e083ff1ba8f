"""XINQIAO_HOME: the one folder of a platform, and the secrets that are made in it on first use."""

import base64
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path


def _read_or_make(path: Path, make: bytes) -> bytes:
    """The content of a secret file; made once, readable by its owner only, safe when two processes start at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(make)
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(temporary, path)  # fails if another process was first: then theirs is the key
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_bytes()


def flush_folder(folder: Path) -> None:
    """Brings to the disk which files a folder holds; without it a power cut may undo a file's move."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def secret_key(home: Path) -> str:
    """Django's signing key of this platform (sessions, CSRF)."""
    return _read_or_make(
        home / "keys" / "django", base64.b64encode(secrets.token_bytes(48))
    ).decode()


def master_key(home: Path) -> bytes:
    """The 32-byte key under which personal data and the ledger's seal are kept. Back it up apart from the database."""
    key = base64.b64decode(
        _read_or_make(home / "keys" / "master", base64.b64encode(secrets.token_bytes(32)))
    )
    if len(key) != 32:
        raise ValueError(
            f"{home / 'keys' / 'master'} is damaged: restore it from the backup of the keys"
        )
    return key


@lru_cache
def derived_key(home: Path, purpose: str) -> bytes:
    """A 32-byte key of this platform for one purpose; the master key itself seals and signs nothing."""
    return hmac.digest(master_key(home), f"xinqiao {purpose}".encode(), "sha256")
