"""An index and its frequencies as files, mapped into memory: many processes read one copy, and nothing in it is run.

A folder holds one line of JSON that names everything else (`index.json`), and arrays of numbers. Arrays never change
under their name; the line is replaced in one go, so that who reads sees either the old state or the new one.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.index import WHOLE, SignatureIndex, Sorted

NAME, FORMAT = "index.json", 2
_AT_ONCE = 1 << 22


class Damaged(ValueError):
    """Files that are no index, or not whole: they are to be made anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of the first `index.messages` messages; `begun`: when their texts began to be read."""

    index: SignatureIndex
    past: Frequencies
    begun: datetime


def save(folder: Path, index: SignatureIndex, past: Frequencies, begun: datetime) -> None:
    """Keep an index of a multiple of `WHOLE` messages. What is there already is not written again.

    `begun`: when the texts of this index began to be read; one of another time takes the place of the whole.
    Raises ValueError for another number, and for counts that lie beside a file (`load` with `own`).
    """
    if index.messages % WHOLE or index.messages != past.messages:
        raise ValueError(f"only whole arrays are kept, and {index.messages} messages are not some")
    if past.kept is not None:
        raise ValueError("counts beside a file are no counts of the whole")
    folder.mkdir(parents=True, exist_ok=True)
    told, first, stamp = _told(folder), 0, f"{begun.astimezone(UTC):%Y%m%d%H%M%S%f}"
    arrays: list[dict[str, Any]] = []
    for one in index.arrays:
        name = f"{stamp}-{first}-{one.messages}"
        arrays.append(
            {
                "messages": one.messages,
                "postings": _written(folder, f"{name}.postings.npy", one.postings, told),
            }
        )
        first += one.messages
    frequencies = _written(folder, f"{stamp}-{index.messages}.counts.npy", past.counts, told)
    line = {
        "format": FORMAT, "begun": begun.isoformat(), "messages": index.messages, "arrays": arrays,
        "frequencies": frequencies,
    }  # fmt: skip
    _replace(folder, json.dumps(line))
    _sweep(folder, line)


def load(folder: Path, *, whole: bool = False, own: bool = False) -> Kept:
    """The index kept there. Raises Damaged.

    `whole`: every byte is looked at, not only that all of them are there. `own`: with counts that can be changed and
    kept again, in memory of one's own; else they are shared, and what is added is counted beside them.
    """
    import numpy as np  # noqa: PLC0415

    try:
        line = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if line["format"] != FORMAT:
            raise Damaged("the index is of another format")
        arrays = [
            Sorted(_read(folder, one["postings"], np.uint64, whole=whole), int(one["messages"]))
            for one in line["arrays"]
        ]
        counts = _read(folder, line["frequencies"], np.uint32, whole=whole)
        messages, begun = int(line["messages"]), datetime.fromisoformat(line["begun"])
    except Damaged:
        raise
    except (OSError, ValueError, TypeError, KeyError) as cause:
        raise Damaged(f"the index cannot be read: {cause}") from cause
    if sum(one.messages for one in arrays) != messages or messages % WHOLE:
        raise Damaged("the parts of the index do not fit together")
    past = Frequencies(messages=messages, kept=None if own else counts)
    if own:
        past.counts, past.places = np.array(counts), len(counts)
    return Kept(SignatureIndex(messages, arrays), past, begun)


def state(folder: Path) -> tuple[int, int] | None:
    """What tells one kept state from the next; None where nothing is kept."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _written(folder: Path, name: str, array: Any, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """An array as a file, brought to the disk before anything names it; what of it is told: name, length, sum."""
    import numpy as np  # noqa: PLC0415  the extra `analytics`

    if name in told and (folder / name).exists():
        return told[name]  # type: ignore[no-any-return]
    part = folder / f".{name}.part"
    with part.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / name)
    return {"file": name, "length": len(array), "sum": _sum(array)}


def _read(folder: Path, told: Mapping[str, Any], kind: type, *, whole: bool) -> Any:
    import numpy as np  # noqa: PLC0415

    name = str(told["file"])
    if Path(name).name != name:
        raise Damaged(f"{name} is no name of a part")
    array = np.load(folder / name, mmap_mode="r", allow_pickle=False)
    if array.dtype != kind or array.ndim != 1 or len(array) != told["length"]:
        raise Damaged(f"{name} is not what was kept")
    if whole and _sum(array) != told["sum"]:
        raise Damaged(f"{name} was changed since it was kept")
    return array


def _sum(array: Any) -> int:
    found = 0
    for start in range(0, len(array), _AT_ONCE):
        found = crc32(array[start : start + _AT_ONCE].tobytes(), found)
    return found


def _told(folder: Path) -> dict[str, Any]:
    """What the line names already, by file."""
    try:
        line = json.loads((folder / NAME).read_text(encoding="utf-8"))
        parts = [one["postings"] for one in line["arrays"]]
        return {one["file"]: one for one in [*parts, line["frequencies"]]}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _replace(folder: Path, line: str) -> None:
    part = folder / f".{NAME}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)


def _sweep(folder: Path, line: Mapping[str, Any]) -> None:
    """Arrays that the line names no longer. Who has them open keeps them until done."""
    named = {one["postings"]["file"] for one in line["arrays"]} | {line["frequencies"]["file"]}
    for one in folder.glob("*.npy"):
        if one.name not in named:
            one.unlink(missing_ok=True)
