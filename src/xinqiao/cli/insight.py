"""`xinqiao insight`: a group whose commands are imported only when they are run."""

import click

from xinqiao.cli import Entry, LazyGroup

COMMANDS: dict[str, Entry] = {
    "classify": Entry(
        target="xinqiao.cli.insight_classify:command",
        help="Categories for the messages of a table.",
        needs_django=False,
    ),
    "link": Entry(
        target="xinqiao.cli.insight_link:command",
        help="Which messages of a table are about the same matter.",
        needs_django=False,
    ),
    "hotspots": Entry(
        target="xinqiao.cli.insight_hotspots:command",
        help="What many people write about, and early warnings.",
        needs_django=False,
    ),
    "answers": Entry(
        target="xinqiao.cli.insight_answers:command",
        help="What can be checked in the answers of a table.",
        needs_django=False,
    ),
    "read": Entry(
        target="xinqiao.cli.insight_read:command",
        help="Read at once what was loaded in bulk into this platform.",
    ),
    "learn": Entry(
        target="xinqiao.cli.insight_learn:command",
        help="What this platform learned from what persons confirmed.",
    ),
    "selftest": Entry(
        target="xinqiao.cli.insight_selftest:command",
        help="How good the platform is at reading.",
        needs_django=False,
    ),
}

EPILOG = """\b
Example:
  xinqiao insight classify --train labelled.csv --input new.csv --output suggested.csv
  xinqiao insight link --input messages.csv --output-links links.csv --output-clusters clusters.csv
"""


@click.group(cls=LazyGroup, entries=COMMANDS, epilog=EPILOG)
def command() -> None:
    """What many petitions say, read from tables of messages: the code that the platform runs on its own."""
