"""`xinqiao targets`: a group whose commands are imported only when they are run."""

import click

from xinqiao.cli import Entry, LazyGroup

COMMANDS = {
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
}

EPILOG = """\b
Example:
  xinqiao targets rebuild
  xinqiao targets backtest
"""


@click.group(cls=LazyGroup, entries=COMMANDS, epilog=EPILOG)
def command() -> None:
    """Figures of matters, duties and places, as of any moment."""
