"""`xinqiao import`: contacts from a spreadsheet."""

import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from xinqiao.cli.django import require_migrated
from xinqiao.directory.queries import category_exists, region_exists, units
from xinqiao.intake.imports import ImportCounts, ImportDefaults, dry_run, import_contacts
from xinqiao.intake.tables.mapping import ColumnMapping, automatic_mapping, mapping_from_file
from xinqiao.intake.tables.planning import Defaults, PlannedContact, Rejected, planned_contacts
from xinqiao.intake.tables.reading import read_table
from xinqiao.intake.tables.rejected import REASONS_HEADER, ROW_HEADER, RejectedRows, rejected_path
from xinqiao.intake.tables.rows import Table
from xinqiao.intake.tables.words import WORDS, TableError, sentence
from xinqiao.rules import glossary
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import Kind
from xinqiao.text.clean import Problem

EXAMPLE = """\b
Example:
  xinqiao import letters.xlsx --unit petition-office --kind claim --dry-run
  xinqiao import letters.xlsx --unit petition-office --kind claim --json
  xinqiao units                # the codes of the units

\b
Columns are recognised by their headings (留言编号, 姓名, 标题, 时间, 内容, 答复意见, 答复时间 ...);
other headings are named in a file given with --mapping:
  [columns]
  subject = "事项"
  received_at = "收件日期"

\b
A contact is known by --source and its number there: run twice, nothing doubles.
Exit status: 0 every row is in or was before, 1 some rows were refused (see the file beside the
table), 2 the table or the request cannot be used; nothing was brought in.
"""


class Unusable(click.ClickException):
    """Nothing was brought in; one line says why and what to do."""

    exit_code = 2


@click.command(epilog=EXAMPLE)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", required=True, help="Code of the unit that received the contacts.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), required=True, help="What they are."
)
@click.option("--region", help="Code of the region they come from; else that of the unit.")
@click.option("--category", default="", help="Code of the category where the table names none.")
@click.option(
    "--channel", default="online", show_default=True, help="Channel where the table names none."
)
@click.option(
    "--source", default="import", show_default=True, help="Name of the source of the numbers."
)
@click.option("--mapping", type=click.Path(path_type=Path), help="A TOML file that names columns.")
@click.option("--sheet", help="The sheet of a workbook; else the first with content.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would happen; write nothing.")
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Where refused rows go; else beside the table.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--lang", type=click.Choice(["zh-hans", "en"]), default="zh-hans", show_default=True)
def command(
    file: Path, unit: str, kind: str, region: str | None, category: str, channel: str, source: str,
    mapping: Path | None, sheet: str | None, dry: bool, rejected: Path | None, as_json: bool, lang: str,
) -> None:  # fmt: skip
    """Bring the contacts of FILE (.xlsx, .xls, .ods or CSV) in, with their answers if it has them."""
    require_migrated()
    started = time.monotonic()
    with override(lang):
        defaults = _defaults(unit, kind, region, category, source)
        table, columns = _opened(file, sheet, mapping)
        now = timezone.now()
        planned = planned_contacts(table.rows, columns, Defaults(channel=channel), now)
        target = rejected or rejected_path(_writable(file))
        own = (gettext(ROW_HEADER), gettext(REASONS_HEADER))
        with RejectedRows(target, table.headers, say=_say, own_headers=own) as refused:
            counts = (
                dry_run(planned, defaults, reject=refused.add)
                if dry
                else _run(planned, table, defaults, refused)
            )
    _report(counts, refused, dry=dry, as_json=as_json, seconds=time.monotonic() - started)


def _writable(file: Path) -> Path:
    """The table itself, or its name in the present folder when nothing can be written beside it."""
    return file if os.access(file.parent, os.W_OK) else Path(file.name)


def _say(problem: Problem) -> str:
    """The sentence of a problem of the table, or of a refusal of the rules, in the language in force."""
    if problem.code in WORDS:
        return sentence(problem, gettext)
    return glossary.say(Refusal(problem.code, None, problem.facts), get_language() or "zh-hans")


def _defaults(
    unit: str, kind: str, region: str | None, category: str, source: str
) -> ImportDefaults:
    known = units()
    if unit not in known:
        raise Unusable(f"there is no unit {unit}: `xinqiao units` lists the codes")
    region = region or known[unit].region
    if not region_exists(region):
        raise Unusable(f"there is no region {region}: give a code such as {known[unit].region}")
    if category and not category_exists(category):
        raise Unusable(f"there is no category {category}")
    return ImportDefaults(unit=unit, kind=kind, region=region, source=source, category=category)


def _opened(file: Path, sheet: str | None, mapping: Path | None) -> tuple[Table, ColumnMapping]:
    try:
        table = read_table(file, sheet=sheet)
        headers = table.headers
        columns = mapping_from_file(mapping, headers) if mapping else automatic_mapping(headers)
    except TableError as error:
        raise Unusable(f"{file.name}: {_say(error.problem)}") from error
    for note in table.notes:
        click.echo(f"{file.name}: {_say(note)}", err=True)
    if columns.unknown:
        click.echo(f"{file.name}: not used: {', '.join(columns.unknown)}", err=True)
    return table, columns


def _run(
    planned: Iterable[PlannedContact | Rejected],
    table: Table,
    defaults: ImportDefaults,
    refused: RejectedRows,
) -> ImportCounts:
    with click.progressbar(length=table.total or 0, file=sys.stderr, label="import") as bar:
        done = 0

        def progress(rows: int) -> None:
            nonlocal done
            bar.update(rows - done)
            done = rows

        return import_contacts(
            planned, defaults, now_of=timezone.now, reject=refused.add, progress=progress
        )


def _report(
    counts: ImportCounts, refused: RejectedRows, *, dry: bool, as_json: bool, seconds: float
) -> None:
    figures = counts.as_dict()
    if as_json:
        click.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            click.echo(f"{name}\t{value}")
    would = "would be " if dry else ""
    click.echo(f"{counts.imported} {would}brought in, {seconds:.1f} s", err=True)
    if refused.written:
        click.echo(f"{refused.written} rows with their reasons are in {refused.path}", err=True)
    raise SystemExit(1 if counts.rejected else 0)
