"""`xinqiao targets export`: what is counted, as Parquet, for other machines."""

from pathlib import Path

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.targets.copying import CannotCopy, export

EXAMPLE = """\b
Example:
  xinqiao targets export /data/figures
  xinqiao targets compute --from /data/figures --engine duckdb --as-of 2026-03-31 --json

Facts with the moments between which they were known, units and regions. No personal data, no texts,
no numbers of matters. The folder must not be there yet; until it is whole it is named FOLDER.part.
"""


@click.command(epilog=EXAMPLE)
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write what is counted into FOLDER, as Parquet."""
    require_migrated()
    try:
        done = export(folder, timezone.now(), _told)
    except ModuleNotFoundError as problem:
        raise click.ClickException(
            f"{problem.name} is not installed: pip install 'xinqiao[analytics]'"
        ) from None
    except CannotCopy as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"\r{done} facts in {folder}", err=True)


def _told(rows: int) -> None:
    click.echo(f"\r{rows} facts", err=True, nl=False)
