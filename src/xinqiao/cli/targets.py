"""`xinqiao targets`: a group whose commands are imported only when they are run."""

import click

from xinqiao.cli import Entry, LazyGroup

COMMANDS = {
    "rebuild": Entry(
        target="xinqiao.cli.targets_rebuild:command", help="Count every ledger anew, from nothing."
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
"""


@click.group(cls=LazyGroup, entries=COMMANDS, epilog=EPILOG)
def command() -> None:
    """Figures of matters, duties and places, as of any moment."""
