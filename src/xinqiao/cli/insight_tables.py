"""What the commands share: tables read and written, what it cost."""

import csv
import json
import os
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from typing import Any, TextIO

import click

from xinqiao.insight.messages import Message, Unusable, read_messages
from xinqiao.intake.tables.words import TableError

of_messages = click.option(
    "--input",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="Table of messages (CSV, Excel, ODS).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print counts, seconds and memory as JSON."
)


def messages_in(path: Path) -> list[Message]:
    """The messages of a table, or a sentence that says why not. What could not be read in it goes to stderr."""
    if not path.is_file():
        raise click.BadParameter(f"there is no file {path}")
    try:
        return read_messages(path, lambda said: click.echo(f"{path.name}: {said}", err=True))
    except (Unusable, TableError) as error:
        raise click.ClickException(f"{path.name} cannot be used: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error


def untimed(messages: Sequence[Message]) -> int:
    """How many messages have no time, which is said, for they stand where nobody knows whether they belong."""
    number = sum(one.at is None for one in messages)
    if number:
        click.echo(f"{number} messages have no time: they were taken after all others.", err=True)
    return number


def can_write(outputs: Sequence[Path], sources: Sequence[Path]) -> None:
    """Says before any work is done that an output cannot be written, or would be written over what is read."""
    for place, path in enumerate(outputs):
        if path.resolve() in {one.resolve() for one in sources}:
            raise click.UsageError(f"{path} is read: write to another file.")
        if _is_plain(path) and path.resolve() in {one.resolve() for one in outputs[:place]}:
            raise click.UsageError(
                f"{path} is named for two outputs: each needs a file of its own."
            )
        with _told(path):
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            if _is_plain(path):
                beside = _beside(path)
                beside.touch()
                beside.unlink()


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8 that takes the place of what was there when it is whole; one that is left by half is none.

    What is no plain file (a terminal, a pipe) is written to as it is.
    """
    with _told(path):
        if not _is_plain(path):
            with path.open("w", encoding="utf-8", newline="") as target:
                yield target
            return
        beside = _beside(path)
        try:
            with beside.open("w", encoding="utf-8", newline="") as target:
                yield target
            beside.replace(path.resolve())
        finally:
            beside.unlink(missing_ok=True)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in UTF-8, without the mark that programs would take for a part of the first heading."""
    with writing(path) as target:
        writer = csv.writer(target)
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error


def _is_plain(path: Path) -> bool:
    return path.is_file() or not path.exists()


def _beside(path: Path) -> Path:
    """A name of this process alone in the same folder, also where `path` is a link to elsewhere."""
    real = path.resolve()
    return real.with_name(f".{real.name}.{os.getpid()}")


class Cost:
    """Seconds by step and memory, for `--json`."""

    def __init__(self) -> None:
        self._since = time.perf_counter()
        self.told: dict[str, Any] = {}

    def took(self, step: str) -> float:
        """The seconds since the step before, noted under this step's name."""
        now = time.perf_counter()
        seconds, self._since = now - self._since, now
        self.told[f"{step}_seconds"] = round(seconds, 3)
        return seconds

    def say(self, **facts: object) -> None:
        """Print all of it as JSON; memory is the most that was held at once."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        click.echo(
            json.dumps(facts | self.told | {"memory_mb": round(most, 1)}, ensure_ascii=False)
        )
