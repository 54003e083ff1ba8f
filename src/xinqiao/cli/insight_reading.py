"""What the commands about links share: a table that can be used, a scorer, and what to say where there is none."""

from importlib.util import find_spec
from pathlib import Path

import click

from xinqiao.insight.linking import learned, read_groups
from xinqiao.insight.messages import Message, Unusable, read_messages
from xinqiao.intake.tables.words import UnreadableFile
from xinqiao.text.linking.scorer import Scorer, shipped


def readable(path: Path) -> list[Message]:
    """The messages of a table, or a sentence that says why not."""
    if find_spec("numpy") is None:
        raise click.ClickException("This needs the extra: pip install 'xinqiao[analytics]'.")
    if not path.is_file():
        raise click.BadParameter(f"there is no file {path}", param_hint="--input")
    try:
        return read_messages(path)
    except (Unusable, UnreadableFile) as cause:
        raise click.ClickException(f"{path.name} cannot be used: {cause}") from cause


def scorer_of(messages: list[Message], groups: Path | None) -> Scorer:
    """The scorer learned from a file of groups, or the one that comes with the program."""
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
