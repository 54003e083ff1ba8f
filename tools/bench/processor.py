"""Processor time of a process with all below it, from /proc: it counts where a clock only waits for its turn."""

import os
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds(root: int) -> float:
    """User and system time so far of a process, its children that live and those that it has seen end; 0.0 if gone."""
    below: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for pid, parent, ticks in _processes():
        below.setdefault(parent, []).append(pid)
        used[pid] = ticks / _TICKS
    found, total = [root], 0.0
    while found:
        pid = found.pop()
        total += used.get(pid, 0.0)
        found += below.get(pid, [])
    return total


def parent_of(pid: int) -> int:
    """The process that started this one."""
    return int(_stat(pid)[1])


def memory_mb(pid: int) -> float:
    """What a process has in memory for itself, with its share of what it has together with others (Pss)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"/proc/{pid}/smaps_rollup has no Pss")


def children_of(root: int) -> list[int]:
    """The processes that this one started and that still run."""
    return [pid for pid, parent, _ in _processes() if parent == root]


def _processes() -> Iterator[tuple[int, int, int]]:
    """Number, parent and ticks of every process there is."""
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                fields = _stat(int(path.name))
            except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                continue
            yield int(path.name), int(fields[1]), sum(int(one) for one in fields[11:15])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on: the second, a name, may have blanks in it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
