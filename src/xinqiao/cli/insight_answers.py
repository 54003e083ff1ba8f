"""`xinqiao insight answers`: what can be checked in the answers of a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from xinqiao.cli.insight_tables import Cost, can_write, json_option, messages_in, write_csv
from xinqiao.insight.messages import Message
from xinqiao.text.answers.facts import DAYS, Answered, Facts, facts

HEADER = (
    "id", "days", "late_days", "characters", "only_forwards", "empty", "cites", "contact", "date", "next_step",
    "copy_of", "own_likeness", "other_likeness", "answers_this", "demands", "untouched", "untouched_sentences",
)  # fmt: skip

EPILOG = """\b
Example:
  xinqiao insight answers --input messages_answered.csv --output facts.csv

\b
Facts to look at, no score: an answer is judged by a person. late_days: beyond --days from receipt.
copy_of: an earlier answer that this one nearly repeats. answers_this 0: the answer to the likest other
question is liker to this question. untouched: demands of the message whose words the answer hardly has.
"""


@click.command(epilog=EPILOG)
@click.option(
    "--input", "source", required=True, type=click.Path(path_type=Path), help="Table with 答复意见."
)
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help="Where the facts go (CSV)."
)
@click.option(
    "--days",
    type=click.IntRange(1),
    default=DAYS,
    show_default=True,
    help="Days an answer may take.",
)
@json_option
def command(source: Path, output: Path, days: int, as_json: bool) -> None:
    """The facts of each answer of a table; messages without an answer are left out."""
    can_write([output], [source])
    cost = Cost()
    messages = [one for one in messages_in(source) if one.answer]
    if not messages:
        raise click.ClickException(f"{source.name} holds no answers: a column 答复意见 is needed.")
    cost.took("read")
    found = facts(_answered(messages), limit=days)
    cost.took("look")
    write_csv(output, HEADER, _rows(found))
    if as_json:
        cost.say(**_counts(found))
    else:
        click.echo(f"{len(found)} answers: {output}", err=True)


def _answered(messages: Sequence[Message]) -> list[Answered]:
    """What is looked at: never the user."""
    return [
        Answered(id=m.id, subject=m.subject, body=m.body, answer=m.answer, at=m.at, answered_at=m.answered_at)
        for m in messages
    ]  # fmt: skip


def _rows(found: Sequence[Facts]) -> Iterator[list[object]]:
    for one in found:
        said = one.wording
        yield [
            one.id, "" if one.days is None else one.days, "" if one.late is None else one.late, said.characters,
            int(said.only_forwards), int(said.empty), "；".join(said.cites), int(said.contact), int(said.date),
            int(said.next_step), one.copy_of, one.own, one.other, int(one.answers_this), len(one.demands),
            len(one.untouched), " / ".join(demand.sentence for demand in one.untouched),
        ]  # fmt: skip


def _counts(found: Sequence[Facts]) -> dict[str, object]:
    return {
        "answers": len(found),
        "late": sum(1 for one in found if one.late),
        "only_forward": sum(1 for one in found if one.wording.only_forwards),
        "empty": sum(1 for one in found if one.wording.empty),
        "cite": sum(1 for one in found if one.wording.cites),
        "copies": sum(1 for one in found if one.copy_of),
        "answer_this": sum(1 for one in found if one.answers_this),
    }
