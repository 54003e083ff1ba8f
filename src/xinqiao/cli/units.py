"""`xinqiao units`: which units there are, by code."""

import json

import click

from xinqiao.cli.django import require_migrated
from xinqiao.directory.queries import units

EXAMPLE = """\b
Example:
  xinqiao units
  xinqiao units --json
"""


@click.command(epilog=EXAMPLE)
@click.option(
    "--json", "as_json", is_flag=True, help="As JSON: code, name, kind, level, region, parent."
)
def command(as_json: bool) -> None:
    """List the units of the platform."""
    require_migrated()
    listed = list(units().by_code.values())
    if as_json:
        fields = ("code", "name", "kind", "level", "region", "parent")
        rows = [{name: getattr(unit, name) for name in fields} for unit in listed]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for unit in listed:
        click.echo(f"{unit.code}\t{unit.name}\t{unit.kind}\t{unit.level}")
