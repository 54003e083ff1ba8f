"""The process that opens one file. Prints `null` when it may be kept, else the refusal, as JSON.

Started by `checking` with one argument: the file, its kind, where to draw, and the limits it sets
itself before anything is opened.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from xinqiao.evidence.contents import Kind
from xinqiao.rules.refusals import Refusal


def main(argument: str) -> int:
    request = json.loads(argument)
    limit_itself(request)
    try:
        refusal = _refusal(request)
    except (MemoryError, RecursionError):
        os.abort()  # said to whom waits by the signal, as when a library ends the process itself
    said = None if refusal is None else {"code": refusal.code, "facts": dict(refusal.facts)}
    sys.stdout.write(json.dumps(said))
    return 0


def limit_itself(request: dict[str, Any]) -> None:
    """No more memory, time and written bytes than this, for this process and what it starts."""
    _limit(resource.RLIMIT_AS, request["memory_bytes"])
    _limit(resource.RLIMIT_CPU, request["seconds"])
    _limit(resource.RLIMIT_FSIZE, request["written_bytes"])
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, value: int) -> None:
    _, ceiling = resource.getrlimit(what)
    allowed = value if ceiling == resource.RLIM_INFINITY else min(value, ceiling)
    resource.setrlimit(what, (allowed, allowed))


def _refusal(request: dict[str, Any]) -> Refusal | None:
    """Each reader is imported only for its own files: most of the time of a check is starting."""
    path, kind = Path(request["path"]), Kind(request["kind"])
    match kind:
        case Kind.JPEG | Kind.PNG | Kind.WEBP:
            from xinqiao.evidence.inside import pictures  # noqa: PLC0415

            return pictures.redraw(
                path, kind, target=Path(request["target"]), preview=Path(request["preview"])
            )
        case Kind.PDF:
            from xinqiao.evidence.inside import pdf  # noqa: PLC0415

            return pdf.refusal_of(path)
        case Kind.DOCX | Kind.XLSX:
            from xinqiao.evidence.inside import office  # noqa: PLC0415

            return office.refusal_of(path)
        case Kind.DOC | Kind.XLS:
            from xinqiao.evidence.inside import office  # noqa: PLC0415

            return office.old_refusal_of(path)
        case _:
            from xinqiao.evidence.inside import sound  # noqa: PLC0415

            return sound.refusal_of(path, kind)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
