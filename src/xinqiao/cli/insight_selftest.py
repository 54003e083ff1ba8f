"""`xinqiao insight selftest`: how good the platform is at reading, on the tables of a folder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import click

from xinqiao.insight.messages import Unusable
from xinqiao.intake.tables.words import TableError

#: What is measured, by name: a function of the folder whose answer has `as_dict`. It is imported only to be run.
MEASUREMENTS: Mapping[str, str] = {
    "classifying": "xinqiao.insight.measuring.classifying:measure",
    "linking": "xinqiao.insight.measuring.linking:measure",
}

EPILOG = """\b
Example:
  xinqiao insight selftest /data/messages
  xinqiao insight selftest /data/messages --only classifying

\b
Prints JSON: each figure with the range that holds it in 95 of 100 draws. Honest splits only: copies never
stand on both sides, thresholds come from what was learned from.
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(list(MEASUREMENTS)),
    help="Only this; may be repeated.",
)
def command(folder: Path, only: tuple[str, ...]) -> None:
    """Measure on the tables in FOLDER: messages_labelled.csv and what else lies beside it."""
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    told: dict[str, Any] = {}
    for name in only or MEASUREMENTS:
        measure: Callable[[Path], Any] = resolve_name(MEASUREMENTS[name])
        click.echo(f"{name} ...", err=True)
        try:
            told[name] = measure(folder).as_dict()
        except (Unusable, TableError) as error:
            raise click.ClickException(f"{name}: {error}") from error
        except ImportError as error:
            raise click.ClickException(
                "This needs the extra: pip install 'xinqiao[analytics]'."
            ) from error
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))
