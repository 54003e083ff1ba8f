"""`xinqiao ledger`: proving that nothing was changed behind its back."""

import os
import time
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.matters import verify as proof
from xinqiao.relief import verify as books

VERIFY = """\b
Example:
  xinqiao ledger verify && echo clean

Exit status: 0 clean, 1 any fault (one line each: code, matter, entry, what is wrong).
"""


@click.group()
def command() -> None:
    """Prove the ledger."""


@command.command(epilog=VERIFY)
def verify() -> None:
    """Replay every matter; check hashes, texts, snapshots, seals, the books of the fund and the database's guards."""
    require_migrated()
    started, worked, faults, checked = time.monotonic(), _worked(), 0, 0
    try:
        for finding in chain(proof.verify(processes=os.cpu_count() or 1), books.verify()):
            if isinstance(finding, proof.Fault):
                faults += 1
                click.echo(str(finding))
            else:
                checked = finding
                click.echo(f"\r{checked} entries checked", err=True, nl=False)
    except BrokenProcessPool:
        raise click.ClickException(
            "A process ended before its part was proved. Is memory short? Make room and begin again."
        ) from None
    seconds = time.monotonic() - started
    click.echo(
        f"\r{checked} entries checked in {seconds:.1f} s ({checked / seconds:.0f}/s,"
        f" {checked / (_worked() - worked):.0f} a second of a core), faults: {faults}",
        err=True,
    )
    raise SystemExit(1 if faults else 0)


def _worked() -> float:
    """Seconds for which cores worked for this process and for those it started that have ended."""
    return sum(os.times()[:4])


SEAL = """\b
Example:
  xinqiao ledger seal
"""


@command.command(epilog=SEAL)
def seal() -> None:
    """Seal what was recorded more than five minutes ago (the worker does this by itself)."""
    require_migrated()
    click.echo(f"{proof.seal(timezone.now())} entries sealed", err=True)
