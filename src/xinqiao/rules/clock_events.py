"""From ledger entries to the events of the law: what each step means for the clocks."""

from collections.abc import Iterable
from typing import Any

from xinqiao.rules.entries import Entry, effective
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import apply
from xinqiao.rules.table import STEPS


def law_events(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The events of the clock contract, in order, as the plain mappings that `law.events.parse` reads."""
    events: list[dict[str, Any]] = []
    facts = Facts()
    for entry in effective(entries):
        before, facts = facts, apply(facts, entry)
        for name in STEPS[entry.step].law:
            events += _events(name, entry, before, facts)
    return events


def _events(name: str, entry: Entry, before: Facts, after: Facts) -> list[dict[str, Any]]:
    event: dict[str, Any] = {"type": name, "at": entry.at.isoformat()}
    match name:
        case "received":
            return [event | {"by": entry.payload["received_by"]}]
        case "referred":
            return [event | _mode(entry)]
        case "accepted":
            return [event | {"procedure": entry.payload["procedure"]}]
        case "extended":
            return [event | {"days": after.extended}]
        case "competence_decided":
            if after.handler == before.handler:
                return [event | {"type": "objection_rejected"}]
            upheld = event | {"type": "objection_upheld"}
            return [upheld, event | {"type": "referred", "mode": "transfer"}]
        case "hearing_opened" | "hearing_closed" if before.state != "reexamining":
            return []
        case "review_opinion_delivered" if after.state == "accepted":
            return [event, event | {"type": "remanded"}]
        case "reexamination_opinion_delivered" if after.state == "accepted":
            return [event, event | {"type": "remanded"}]
        case _:
            return [event]


def _mode(entry: Entry) -> dict[str, Any]:
    if entry.step != "assign":
        return {"mode": "transfer"}
    return {"mode": "assign", "report_by": entry.payload["report_by"]}
