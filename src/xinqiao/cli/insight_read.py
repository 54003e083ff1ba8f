"""`xinqiao insight read`: what was loaded in bulk is read at once, instead of by the worker bit by bit."""

import sys
import time

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.insight.reading import jobs
from xinqiao.insight.reading.store import can_read
from xinqiao.matters import followers

EPILOG = """\b
Example:
  xinqiao insight read

Goes on where the worker is, and may be interrupted: what was read stays read.
"""


@click.command(epilog=EPILOG)
def command() -> None:
    """Read every contact that was not read yet, and make one of clusters that are about one thing."""
    require_migrated()
    if not can_read():
        raise click.ClickException("Reading needs the extra: pip install 'xinqiao[analytics]'.")
    started, now, contacts = time.monotonic(), timezone.now(), 0
    last, position = followers.last_position(), followers.position(jobs.NAME)
    with click.progressbar(length=last, label="entries", file=sys.stderr) as bar:
        bar.update(position)
        while (before := position) < last:
            contacts += jobs.read_ledgers(now)
            position = followers.position(jobs.NAME)
            bar.update(position - before)
            if position == before:
                break
    joined = jobs.join_clusters(now)
    seconds = max(time.monotonic() - started, 1e-9)
    rate = contacts / seconds
    click.echo(f"{contacts} contacts read in {seconds:.0f} s ({rate:.0f}/s)", err=True)
    click.echo(f"{joined} clusters turned out to be one with another", err=True)
