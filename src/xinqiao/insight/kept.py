"""What was learned lies in files in the home of the platform: read once, then kept until the file is another one."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings

Learned = TypeVar("Learned")


def folder() -> Path:
    """The folder of what was learned."""
    home: Path = settings.XINQIAO_HOME
    return home / "insight"


class Kept(Generic[Learned]):
    """What files hold. `read` takes a path and what is to be its sum; where it raises one of `unusable`, it is none."""

    def __init__(
        self, read: Callable[[Path, str], Learned], unusable: tuple[type[Exception], ...]
    ) -> None:
        def found(path: Path, must_be: str, changed: int, size: int) -> Learned | None:
            del changed, size  # only name what is kept
            try:
                return read(path, must_be)
            except unusable:
                return None

        self._found = lru_cache(maxsize=2)(found)

    def at(self, path: Path, must_be: str = "") -> Learned | None:
        """What the file there holds; None for one that is missing or cannot be used."""
        try:
            about = path.stat()
        except OSError:
            return None
        # Not when it was written: what a backup restores has the time of before, and so has what may be read again.
        return self._found(path, must_be, about.st_ctime_ns, about.st_size)
