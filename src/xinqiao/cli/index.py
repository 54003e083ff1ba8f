"""`xinqiao index`: the index of words, made anew or checked."""

import sys
import time

import click

from xinqiao.cli.django import require_migrated
from xinqiao.evidence import queries as evidence
from xinqiao.matters.queries import how_many
from xinqiao.search import rebuilding
from xinqiao.search.attached import OWNERS
from xinqiao.search.queries import is_whole
from xinqiao.search.values import Unusable

EPILOG = """\b
Example:
  xinqiao index rebuild
  xinqiao index check --texts 1000

The worker files by itself what is entered. To rebuild is for a platform that was loaded in bulk, and for
an index that is missing or broken. Meanwhile the platform works, and the search says that it is not complete.
"""
_SHOWN = 10


@click.group(epilog=EPILOG)
def command() -> None:
    """The index by which matters are found by their words."""


@command.command()
def rebuild() -> None:
    """File every ledger anew, from nothing."""
    require_migrated()
    started, done = time.monotonic(), 0
    with click.progressbar(length=how_many(), label="matters", file=sys.stderr) as bar:
        for matters in rebuilding.rebuild():
            bar.update(matters - done)
            done = matters
    seconds = time.monotonic() - started
    click.echo(f"{done} matters filed in {seconds:.0f} s ({done / seconds:.0f}/s)", err=True)


@command.command()
@click.option(
    "--texts",
    default=500,
    show_default=True,
    type=click.IntRange(1),
    help="So many are looked for.",
)
@click.option("--seed", default=1, show_default=True, help="Another one chooses others.")
def check(texts: int, seed: int) -> None:
    """Look for pieces of texts chosen by chance; exit status 1 when one is not found."""
    require_migrated()
    try:
        found = rebuilding.check(texts, seed)
    except Unusable as problem:
        raise click.ClickException(
            f"The index cannot be asked: {problem}. run: xinqiao index rebuild"
        ) from problem
    share = f", recall {1 - len(found.missed) / found.pieces:.4f}" if found.pieces else ""
    click.echo(f"{found.pieces} pieces of texts looked for{share}")
    if found.waiting:
        click.echo(f"{found.waiting} of the matters chosen wait to be filed: not looked into")
    _tell_files()
    for matter, piece in found.missed[:_SHOWN]:
        click.echo(f"not found: matter row {matter}: {piece}", err=True)
    if found.missed:
        raise click.ClickException("The index misses texts. run: xinqiao index rebuild")
    if found.waiting and not is_whole():
        raise click.ClickException(
            "The index is not complete: the worker goes on with it, or run: xinqiao index rebuild"
        )


def _tell_files() -> None:
    """How many files are found by what they say, and why others are not."""
    told = {
        "read": "are found by what they say",
        "no_words": "have no words",
        "not_read": "are of kinds that are not read",
        "failed": "could not be read",
        "without_program": "are pictures, which nothing here reads (tesseract-ocr with tesseract-ocr-chi-sim does)",
        "": "wait for the worker to read them",
    }
    counted = evidence.read_so_far(OWNERS)
    for state, words in told.items():
        if counted.get(state):
            click.echo(f"files: {counted[state]} {words}")
