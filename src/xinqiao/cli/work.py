"""`xinqiao work`: the background worker."""

import logging
import signal
import time
from collections.abc import Sequence
from datetime import datetime
from threading import Event

import click
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.config.jobs import SCHEDULE, Job
from xinqiao.health import actions as health

log = logging.getLogger("xinqiao.work")

EXAMPLE = """\b
Example:
  xinqiao work              # until Ctrl-C or SIGTERM, which lets the job in work finish
  xinqiao work --once       # every job once, for a system's own timer

\b
Exit status: 0 ended, 1 could not start or, with --once, a job failed.
"""


def due(schedule: Sequence[Job], last: dict[str, datetime], now: datetime) -> list[Job]:
    """The jobs to run at `now`, given when each was last begun; one never begun is due."""
    return [job for job in schedule if job.name not in last or now - last[job.name] >= job.every]


def attempt(job: Job, now: datetime) -> bool:
    """Run one job; whether it went well. What went wrong is logged and never stops the others."""
    fault = _run(job, now)
    _remember(job, fault, now)
    return not fault


def _remember(job: Job, fault: str, now: datetime) -> None:
    """How it went, for `xinqiao health`. A database that is away does not stop the worker."""
    try:
        health.job_ran(job.name, job.every, fault=fault, now=now)
    except DatabaseError as problem:
        log.warning("how job %s went is not written down: %s", job.name, type(problem).__name__)
    finally:
        close_old_connections()


def _run(job: Job, now: datetime) -> str:
    """The kind of what went wrong; empty when nothing did."""
    began = time.monotonic()
    close_old_connections()
    try:
        job.run(now)
    except (OperationalError, InterfaceError) as problem:
        said = " ".join(str(problem).split())
        log.error("job %s: the database did not do it (%s); again in %s", job.name, said, job.every)
        return type(problem).__name__
    except Exception as problem:
        log.exception("job %s failed; it is tried again in %s", job.name, job.every)
        return type(problem).__name__
    finally:
        close_old_connections()
    log.debug("job %s took %.2f s", job.name, time.monotonic() - began)
    return ""


def run_until(stop: Event, schedule: Sequence[Job], seconds: float) -> None:
    """Run what is due, look again every `seconds`, until `stop` is set; a begun job is finished."""
    last: dict[str, datetime] = {}
    while not stop.is_set():
        for job in due(schedule, last, timezone.localtime()):
            if stop.is_set():
                break
            now = last[job.name] = timezone.localtime()
            attempt(job, now)
        stop.wait(seconds)


def _stop_on_signals() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


@click.command(epilog=EXAMPLE)
@click.option("--once", is_flag=True, help="Run every job once and end.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1, max=3600),
    default=5,
    show_default=True,
    help="How often to look for due jobs.",
)
def command(once: bool, seconds: float) -> None:
    """Run the background jobs: messages to send, clocks to refresh, followers of the ledger."""
    require_migrated()
    if once:
        failed = [job.name for job in SCHEDULE if not attempt(job, timezone.localtime())]
        click.echo(f"xinqiao work: {len(SCHEDULE) - len(failed)} job(s) done", err=True)
        if failed:
            raise click.ClickException(f"failed: {', '.join(failed)} (the log above says why)")
        return
    stop = _stop_on_signals()
    click.echo(
        f"xinqiao work: {len(SCHEDULE)} job(s), every {seconds:g} s (Ctrl-C ends it)", err=True
    )
    run_until(stop, SCHEDULE, seconds)
    click.echo("xinqiao work: ended", err=True)
