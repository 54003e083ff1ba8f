"""`xinqiao targets rebuild`: every ledger counted anew, from nothing."""

import os
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.matters.queries import how_many
from xinqiao.targets.bulk import rebuild

EXAMPLE = """\b
Example:
  xinqiao targets rebuild

The worker counts by itself what is entered. This is for a platform that was loaded in bulk, or
after a change of the rules by which is counted: figures as of past days are then those of the new rules.
"""


@click.command(epilog=EXAMPLE)
def command() -> None:
    """Count every ledger anew, from nothing."""
    require_migrated()
    started, done = time.monotonic(), 0
    with click.progressbar(length=how_many(), label="matters", file=sys.stderr) as bar:
        try:
            for matters in rebuild(timezone.now(), processes=os.cpu_count() or 1):
                bar.update(matters - done)
                done = matters
        except BrokenProcessPool:
            raise click.ClickException(
                "A process ended before its part was counted. Is memory short? Make room and begin again."
            ) from None
    seconds = time.monotonic() - started
    click.echo(f"{done} matters counted in {seconds:.0f} s ({done / seconds:.0f}/s)", err=True)
