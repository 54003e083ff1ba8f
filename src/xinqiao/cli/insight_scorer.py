"""What the commands about links share: the scorer that they are asked to use."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import click

from xinqiao.cli.insight_tables import messages_in
from xinqiao.insight.linking import learned, read_groups
from xinqiao.insight.messages import Message, Unusable
from xinqiao.text.linking.scorer import Scorer, shipped

Command = TypeVar("Command", bound=Callable[..., Any])

_GROUPS = click.option(
    "--train-groups",
    "groups",
    type=click.Path(path_type=Path),
    help="Learn from these groups (JSON); without it the scorer that comes with the program.",
)
_GROUPED = click.option(
    "--train-input",
    "grouped",
    type=click.Path(path_type=Path),
    help="Table of the messages that the groups name; without it that of --input.",
)


def of_groups(command: Command) -> Command:
    """The options that say from what a scorer is learned."""
    return _GROUPS(_GROUPED(command))


def scorer_of(messages: list[Message], groups: Path | None, grouped: Path | None) -> Scorer:
    """The scorer learned from a file of groups, or the one that comes with the program.

    `grouped`: a table of the messages that are named there, if they are not `messages`.
    """
    if find_spec("numpy") is None:
        raise click.ClickException("This needs the extra: pip install 'xinqiao[analytics]'.")
    if groups is None:
        if grouped:
            raise click.UsageError("--train-input is a table without groups: say --train-groups.")
        return shipped()
    if not groups.is_file():
        raise click.BadParameter(f"there is no file {groups}", param_hint="--train-groups")
    if find_spec("sklearn") is None:
        raise click.ClickException("Learning needs the extra: pip install 'xinqiao[analytics]'.")
    try:
        return learned(messages_in(grouped) if grouped else messages, read_groups(groups))
    except Unusable as cause:
        raise click.ClickException(f"{groups.name} cannot be used: {cause}") from cause
