"""The program `xinqiao`: one group whose commands are imported only when they are run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

import click

SETUP = "xinqiao.cli.django:setup"  # by name: a command that needs no Django must not wait for it

EPILOG = """\b
Example:
  xinqiao init
  xinqiao serve --port 8000

\b
XINQIAO_HOME is the folder of the platform (./var unless set), XINQIAO_DATABASE_URL another
database than the SQLite file in it. Results go to standard output, everything else to standard
error. Exit status: 0 done, 1 failed or a fault found, 2 asked in a wrong way.
"""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Where a command is found, what it does in a line, and whether it needs Django."""

    target: str
    help: str
    needs_django: bool = True


COMMANDS = {
    "init": Entry(target="xinqiao.cli.init:command", help="Make an empty platform."),
    "demo": Entry(target="xinqiao.cli.demo:command", help="Make a demonstration city."),
    "serve": Entry(target="xinqiao.cli.serve:command", help="Run the web server."),
    "work": Entry(target="xinqiao.cli.work:command", help="Run the background worker."),
    "import": Entry(
        target="xinqiao.cli.imports:command", help="Bring in contacts from a spreadsheet."
    ),
    "clocks": Entry(
        target="xinqiao.cli.clocks:clocks",
        help="Work out the statutory clocks of a ledger given as JSON.",
        needs_django=False,
    ),
    "units": Entry(target="xinqiao.cli.units:command", help="Look at and change the units."),
    "health": Entry(target="xinqiao.cli.health:command", help="Say how the platform is."),
    "ledger": Entry(target="xinqiao.cli.ledger:command", help="Verify or seal the ledger."),
    "index": Entry(
        target="xinqiao.cli.index:command", help="Make the index of words anew, or check it."
    ),
    "targets": Entry(
        target="xinqiao.cli.targets:command",
        help="Figures, forecasts and signs of integrity.",
        needs_django=False,  # each of its commands says so itself
    ),
    "insight": Entry(
        target="xinqiao.cli.insight:command",
        help="Categories, same matters, hot spots and answers, in tables of messages.",
        needs_django=False,
    ),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name (`entries`) and imports one of them only to run it."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table: the order in which a newcomer needs them."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None for an unknown name; sets Django up first where it is needed."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if entry.needs_django:
            resolve_name(SETUP)()
        found: click.Command = resolve_name(entry.target)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, from the table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])


@click.group(
    cls=LazyGroup, entries=COMMANDS, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)  # fmt: skip
@click.version_option(package_name="xinqiao", prog_name="xinqiao")
def main() -> None:
    """信桥 Xinqiao: the work platform of a petition system."""
