"""`xinqiao insight link`: which messages of a table are about the same matter."""

from collections.abc import Iterator
from pathlib import Path

import click

from xinqiao.cli.insight_scorer import of_groups, scorer_of
from xinqiao.cli.insight_tables import (
    Cost,
    can_write,
    json_option,
    messages_in,
    of_messages,
    untimed,
    write_csv,
)  # fmt: skip
from xinqiao.insight.linking import Found, find

EPILOG = """\b
Example:
  xinqiao insight link --input messages.csv --output-links links.csv --output-clusters clusters.csv
  xinqiao insight link --input messages.csv --train-groups matters.json --output-links l.csv --output-clusters c.csv
  xinqiao insight link --input new.csv --train-input messages.csv --train-groups matters.json \\
      --output-links l.csv --output-clusters c.csv

\b
Messages are taken in the order of their time, and each is held against those before it alone. A scorer that is
learned from groups of --input itself has seen all of that table, what came later too: for links that know the past
alone, learn from an earlier table (--train-input).
links.csv: id,candidate,probability,linked (1 or 0); clusters.csv: id,cluster (the number of its first message).
"""


@click.command(epilog=EPILOG)
@of_messages
@of_groups
@click.option(
    "--output-links",
    "links",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the candidates go (CSV).",
)
@click.option(
    "--output-clusters",
    "clusters",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the clusters go (CSV).",
)
@json_option
def command(
    source: Path, groups: Path | None, grouped: Path | None, links: Path, clusters: Path, as_json: bool
) -> None:  # fmt: skip
    """Links and clusters of the messages of a table."""
    can_write([links, clusters], [one for one in (source, groups, grouped) if one])
    cost = Cost()
    messages = messages_in(source)
    cost.took("read")
    scorer = scorer_of(messages, groups, grouped)
    cost.took("learn")
    found = find(messages, scorer)
    seconds = cost.took("link")
    write_csv(links, ("id", "candidate", "probability", "linked"), _links(found))
    write_csv(clusters, ("id", "cluster"), _clusters(found))
    linked = sum(any(one.linked for one in several) for several in found.candidates)
    larger = sum(len(several) > 1 for several in found.clusters.members.values())
    without = untimed(messages)
    if as_json:
        cost.say(
            messages=len(messages), without_time=without, linked=linked, clusters=larger,
            link_at=round(scorer.link_at, 3), ms_a_message=round(1000 * seconds / max(len(messages), 1), 2),
        )  # fmt: skip
    else:
        click.echo(
            f"{linked} of {len(messages)} messages are linked to an earlier one; {larger} clusters of two or more."
        )


def _links(found: Found) -> Iterator[tuple[object, ...]]:
    for message, candidates in zip(found.messages, found.candidates, strict=True):
        for one in candidates:
            candidate = found.messages[one.position].id
            yield message.id, candidate, f"{one.probability:.4f}", int(one.linked)


def _clusters(found: Found) -> Iterator[tuple[object, ...]]:
    for message, cluster in zip(found.messages, found.clusters.of.values(), strict=True):
        yield message.id, found.messages[cluster].id
