"""What the commands share: tables read and written, what it cost."""

import csv
import json
import resource
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

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


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in UTF-8, without the mark that programs would take for a part of the first heading.

    Written beside and moved, so that none is left by half.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(header)
            writer.writerows(rows)
        beside.replace(path)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


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
