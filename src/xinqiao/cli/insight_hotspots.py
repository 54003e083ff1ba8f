"""`xinqiao insight hotspots`: what many people write about, and since when one could have known."""

import json
from pathlib import Path
from typing import Any

import click

from xinqiao.cli.insight_scorer import of_groups, scorer_of
from xinqiao.cli.insight_tables import (
    Cost,
    can_write,
    json_option,
    messages_in,
    of_messages,
    untimed,
    writing,
)  # fmt: skip
from xinqiao.insight.hotspots import Hotspot, hotspots
from xinqiao.insight.linking import Alert, Found, find
from xinqiao.insight.messages import SHANGHAI

EPILOG = """\b
Example:
  xinqiao insight hotspots --input messages.csv --output hot.json

\b
Heat: how many different people wrote within the best thirty days, plus likes as a logarithm. A text sent again
as it was counts once. Alerts: watch (two people in 14 days and a sure link), alert (three in 14 days by likely
links, or five in 400 days). What has no time comes after all others and brings no alert.
"""


@click.command(epilog=EPILOG)
@of_messages
@of_groups
@click.option(
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="Where hot spots and alerts go (JSON).",
)
@json_option
def command(
    source: Path, groups: Path | None, grouped: Path | None, target: Path, as_json: bool
) -> None:
    """Hot spots and early warnings of the messages of a table."""
    can_write([target], [one for one in (source, groups, grouped) if one])
    cost = Cost()
    messages = messages_in(source)
    cost.took("read")
    found = find(messages, scorer_of(messages, groups, grouped))
    spots = hotspots(found)
    cost.took("look")
    told = {
        "hotspots": [_spot(rank, one) for rank, one in enumerate(spots, 1)],
        "alerts": [_alert(found, one) for one in found.alerts],
    }
    with writing(target) as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1))
    without = untimed(messages)
    if as_json:
        cost.say(
            messages=len(messages),
            without_time=without,
            hotspots=len(spots),
            alerts=len(found.alerts),
        )
        return
    for rank, one in enumerate(spots[:10], 1):
        click.echo(f"{rank:>3}  {one.heat.heat:6.2f}  {one.heat.users:>4}  {one.title}")


def _spot(rank: int, one: Hotspot) -> dict[str, Any]:
    return {
        "rank": rank, "title": one.title, "ids": one.ids, "users": one.heat.users,
        "from": one.first.isoformat() if one.first else None,
        "to": one.last.isoformat() if one.last else None,
        "heat": one.heat.heat, "place": one.place, "issue": one.issue,
        "best_30_days": one.heat.best, "copies": one.heat.copies, "apart": one.heat.apart,
    }  # fmt: skip


def _alert(found: Found, one: Alert) -> dict[str, Any]:
    return {
        "date": one.date.astimezone(SHANGHAI).isoformat(timespec="seconds"), "tier": one.tier,
        "cluster": found.messages[one.cluster].id, "ids": [found.messages[p].id for p in one.positions],
    }  # fmt: skip
