"""A small disk of one's own that can be filled up: a file system in memory, which only root may mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Disk:
    """A mounted folder. `fills` until not one block is left; `is_cleared` gives that room back."""

    folder: Path

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fills(self) -> None:
        with self._filler.open("ab", buffering=0) as filler:
            for piece in (MEGABYTE, 4096, 1):
                _write_all(filler.fileno(), piece)

    def is_cleared(self) -> None:
        self._filler.unlink()


def _write_all(descriptor: int, piece: int) -> None:
    """Writes pieces until none fits any more."""
    try:
        while True:
            os.write(descriptor, bytes(piece))
    except OSError:
        return


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Mounts it at `folder`. Skips the test, in words, where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a disk that fills up needs the right to mount one: {done.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
