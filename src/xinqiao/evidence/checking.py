"""A look inside a file before it is kept, in a process of its own.

A picture of a few kilobytes can ask its reader for gigabytes, and readers of PDF and pictures are
written in languages in which a crafted file may do worse. So whatever opens a file runs in a process
with limits of memory, time and size of what it writes; the worst it can do is to end.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from xinqiao.evidence.contents import Kind
from xinqiao.rules.refusals import Refusal, Refused

#: Kinds of which a new file is made; every other is kept as it came, or not at all.
REDRAWN = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
_AT_ONCE = BoundedSemaphore(
    2
)  # of one server process: many large pictures stand in line instead of filling memory
_IN_LINE_SECONDS = 60
_NOT_OPENED = frozenset({Kind.TEXT})


@dataclass(frozen=True, kw_only=True)
class CheckLimits:
    """What looking into one file may take. `seconds` are of computing; waiting may last twice as long."""

    memory_bytes: int = 1_500_000_000
    seconds: int = 40
    written_bytes: int = 200_000_000


@dataclass(frozen=True, kw_only=True)
class Harmless:
    """A file that may be kept: `file` in place of what came, and a small picture of it, if it is one."""

    file: Path
    preview: Path | None


@contextmanager
def examined(path: Path, kind: Kind, limits: CheckLimits | None = None) -> Iterator[Harmless]:
    """What may be kept of the file at `path`, which its bytes say to be of `kind`; gone after the block.

    Raises Refused: `file_damaged`, `file_protected`, `picture_too_large`, `file_scripts`,
    `file_attachments`, `file_external`, `file_form_program`, `file_macros`, `file_video`,
    `file_too_complex` when a limit was reached, `try_again` when too many are looked at just now.
    """
    if kind in _NOT_OPENED:
        yield Harmless(file=path, preview=None)
        return
    with TemporaryDirectory(dir=path.parent, prefix="check-") as folder:
        drawn, preview = Path(folder) / "drawn", Path(folder) / "preview"
        request = {"path": str(path), "kind": kind, "target": str(drawn), "preview": str(preview)}
        refusal = _in_line({**request, **asdict(limits or CheckLimits())})
        if refusal is not None:
            raise Refused(refusal)
        redrawn = kind in REDRAWN
        yield Harmless(file=drawn if redrawn else path, preview=preview if redrawn else None)


def _in_line(request: Mapping[str, object]) -> Refusal | None:
    if not _AT_ONCE.acquire(timeout=_IN_LINE_SECONDS):
        return Refusal("try_again")
    try:
        return _asked(request)
    finally:
        _AT_ONCE.release()


def _asked(request: Mapping[str, object]) -> Refusal | None:
    done = started("xinqiao.evidence.checking_process", request)
    if done is None or done.returncode < 0:  # ended by a signal: a limit was reached
        return Refusal("file_too_complex")
    if done.returncode > 0:
        return Refusal("file_damaged")
    said = json.loads(done.stdout)
    return Refusal(said["code"], None, said["facts"]) if said else None


def started(module: str, request: Mapping[str, object]) -> subprocess.CompletedProcess[str] | None:
    """What a process with the limits of this request said to it; None where it took too long."""
    try:
        return subprocess.run(  # noqa: S603 (this interpreter, our own module)
            [sys.executable, "-P", "-m", module, json.dumps(request)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * int(str(request["seconds"])),
            check=False,
            text=True,
        )
    except subprocess.TimeoutExpired:
        return None
