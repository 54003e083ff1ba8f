"""Rule files in the home of the platform: written whole or not at all, the earlier ones kept."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from xinqiao.config.home import flush_folder
from xinqiao.rules.refusals import Refusal, Refused

CALENDAR, PROVISIONS = "calendar", "provisions"
_EARLIER = "earlier"


def folder(name: str) -> Path:
    """The folder of the home in which rule files of a sort lie; it need not be there."""
    home: Path = settings.XINQIAO_HOME
    return home / name


def files(name: str) -> list[Path]:
    """The files that the platform reads, in the order in which it does."""
    return sorted(folder(name).glob("*.toml"))


def fingerprint(path: Path) -> str:
    """Names the content of a file; empty while there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


def fingerprints(name: str) -> str:
    """Names all rule files of a sort as they are; empty while there are none."""
    listed = "".join(f"{path.name}:{fingerprint(path)};" for path in files(name))
    return hashlib.sha256(listed.encode()).hexdigest()[:16] if listed else ""


def put(path: Path, text: str, now: datetime) -> None:
    """The file holds this text from now on, for every process; one that it replaces is kept in `earlier/`.

    Raises Refused when the folder cannot be written: then everything is as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(temporary, text)
        _keep_earlier(path, now)
        temporary.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        why = error.strerror or type(error).__name__
        raise Refused(Refusal("rules_not_written", None, {"why": why})) from error


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _keep_earlier(path: Path, now: datetime) -> None:
    if not path.exists():
        return
    kept = path.parent / _EARLIER / f"{path.stem}.{now:%Y%m%dT%H%M%S%f}.toml"
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    _write(kept, path.read_text(encoding="utf-8"))


def quoted(text: str) -> str:
    """A text as TOML writes it: what JSON writes, which is the same for cleaned text."""
    return json.dumps(text, ensure_ascii=False)


def dated(days: Iterable[date]) -> str:
    """A list of days as TOML writes it."""
    return f"[{', '.join(day.isoformat() for day in sorted(days))}]"
