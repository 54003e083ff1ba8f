"""What the commands about links share: the scorer that they are asked to use."""

from importlib.util import find_spec
from pathlib import Path

import click

from xinqiao.insight.linking import learned, read_groups
from xinqiao.insight.messages import Message, Unusable
from xinqiao.text.linking.scorer import Scorer, shipped

of_groups = click.option(
    "--train-groups",
    "groups",
    type=click.Path(path_type=Path),
    help="Learn from these groups (JSON); without it the scorer that comes with the program.",
)


def scorer_of(messages: list[Message], groups: Path | None) -> Scorer:
    """The scorer learned from a file of groups, or the one that comes with the program."""
    if find_spec("numpy") is None:
        raise click.ClickException("This needs the extra: pip install 'xinqiao[analytics]'.")
    if groups is None:
        return shipped()
    if not groups.is_file():
        raise click.BadParameter(f"there is no file {groups}", param_hint="--train-groups")
    if find_spec("sklearn") is None:
        raise click.ClickException("Learning needs the extra: pip install 'xinqiao[analytics]'.")
    try:
        return learned(messages, read_groups(groups))
    except Unusable as cause:
        raise click.ClickException(f"{groups.name} cannot be used: {cause}") from cause
