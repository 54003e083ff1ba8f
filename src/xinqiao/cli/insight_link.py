"""`xinqiao insight link`: which messages of a table are about the same matter."""

import csv
import json
import resource
import time
from pathlib import Path

import click

from xinqiao.cli.insight_reading import readable, scorer_of
from xinqiao.insight.linking import Found, find

EPILOG = """\b
Example:
  xinqiao insight link --input messages.csv --output-links links.csv --output-clusters clusters.csv
  xinqiao insight link --input messages.csv --train-groups matters.json --output-links l.csv --output-clusters c.csv

\b
Messages are taken in the order of their time, and each is held against those before it alone.
links.csv: id,candidate,probability,linked (1 or 0); clusters.csv: id,cluster (the number of its first message).
"""


@click.command(epilog=EPILOG)
@click.option(
    "--input",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="Table of messages (CSV, Excel, ODS).",
)
@click.option(
    "--train-groups",
    "groups",
    type=click.Path(path_type=Path),
    help="Learn from these groups (JSON); without it the scorer that comes with the program.",
)
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
@click.option("--json", "as_json", is_flag=True, help="Print counts, seconds and memory as JSON.")
def command(source: Path, groups: Path | None, links: Path, clusters: Path, as_json: bool) -> None:
    """Links and clusters of the messages of a table."""
    begun = time.monotonic()
    messages = readable(source)
    scorer = scorer_of(messages, groups)
    learned = time.monotonic()
    found = find(messages, scorer)
    ended = time.monotonic()
    try:
        _write_links(found, links)
        _write_clusters(found, clusters)
    except OSError as cause:
        raise click.ClickException(f"Cannot write {cause.filename}: {cause.strerror}.") from cause
    told = {
        "messages": len(messages), "without_time": sum(one.at is None for one in messages),
        "linked": sum(any(c.linked for c in several) for several in found.candidates),
        "clusters": sum(len(several) > 1 for several in found.clusters.members.values()),
        "link_at": round(scorer.link_at, 3), "reading_and_learning_s": round(learned - begun, 2),
        "linking_s": round(ended - learned, 2),
        "ms_a_message": round(1000 * (ended - learned) / max(len(messages), 1), 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(told))
    else:
        click.echo(
            f"{told['linked']} of {told['messages']} messages are linked to an earlier one;"
            f" {told['clusters']} clusters of two or more."
        )
    if told["without_time"]:
        click.echo(
            f"{told['without_time']} messages have no time: they were taken after all others.",
            err=True,
        )


def _write_links(found: Found, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "candidate", "probability", "linked"))
        for message, candidates in zip(found.messages, found.candidates, strict=True):
            for one in candidates:
                candidate = found.messages[one.position].id
                rows.writerow((message.id, candidate, f"{one.probability:.4f}", int(one.linked)))


def _write_clusters(found: Found, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "cluster"))
        for message, cluster in zip(found.messages, found.clusters.of, strict=True):
            rows.writerow((message.id, found.messages[cluster].id))
