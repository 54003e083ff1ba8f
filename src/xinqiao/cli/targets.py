"""`xinqiao targets`: a group whose commands are imported only when they are run."""

import click

from xinqiao.cli import Entry, LazyGroup

COMMANDS = {
    "compute": Entry(
        target="xinqiao.cli.targets_compute:command",
        help="Every indicator of every unit and region, as of a day.",
        needs_django=False,  # not over a copy
    ),
    "export": Entry(
        target="xinqiao.cli.targets_export:command", help="Write what is counted as Parquet."
    ),
    "rebuild": Entry(
        target="xinqiao.cli.targets_rebuild:command", help="Count every ledger anew, from nothing."
    ),
    "backtest": Entry(
        target="xinqiao.cli.targets_backtest:command",
        help="Hold forecasts made from past months against what came.",
    ),
    "simulate": Entry(
        target="xinqiao.cli.targets_simulate:command",
        help="Play the queues of a place: the last year again, or another one.",
    ),
    "integrity": Entry(
        target="xinqiao.cli.targets_integrity:command",
        help="Signs of integrity; --selftest: how much of planted fraud they find.",
        needs_django=False,  # the self-test asks no database
    ),
}

EPILOG = """\b
Example:
  xinqiao targets rebuild
  xinqiao targets compute --as-of 2026-03-31 --json
  xinqiao targets backtest
"""


@click.group(cls=LazyGroup, entries=COMMANDS, epilog=EPILOG)
def command() -> None:
    """Figures of matters, duties and places, as of any moment."""
