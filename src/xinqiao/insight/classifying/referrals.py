"""Where a matter had best be sent, learned from where matters like it were taken, and where they were sent in vain."""

from collections.abc import Collection, Sequence
from datetime import datetime

from xinqiao.insight.classifying.values import Asked
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Told
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind, State
from xinqiao.rules.suggesting import NOTHING_BEFORE, Past, Precedent, Suggested, precedent, suggest
from xinqiao.rules.units import UnitKind, Units

_SAMPLE, _LEAST = 600, 20  # earlier matters that are looked at, and of each class
_NOT_TAKEN = (State.RECEIVED, State.REGISTERED, State.REFERRED, State.OBJECTED, State.DISPUTED)


def past(person: Person, categories: Collection[str], now: datetime) -> list[Past]:
    """The latest matters of each of these classes that a unit has taken, as far as the person may see them; no reports.

    An objection counts as upheld where another unit took the matter in the end.
    """
    wanted = set(categories) - {""}
    if not wanted:
        return []
    taken = matters.scope(person, now).exclude(handler="")
    taken = taken.exclude(state__in=_NOT_TAKEN).exclude(kind=Kind.REPORT)
    latest = taken.order_by("-received_at", "-id")
    most = max(_SAMPLE // len(wanted), _LEAST)
    # One after another: each walks an index down and stops early.
    rows = [
        row
        for category in sorted(wanted)
        for row in latest.filter(category=category).values_list(
            "id", "category", "region", "handler"
        )[:most]
    ]
    objections = matters.entries_of([row[0] for row in rows], "object")
    return [
        Past(category, region, handler, _in_vain(objections.get(matter, ()), handler))
        for matter, category, region, handler in rows
    ]


def _in_vain(objections: Sequence[Told], handler: str) -> tuple[str, ...]:
    return tuple({entry.unit for entry in objections} - {handler})


def before(facts: Facts, objected: Sequence[Told], known: Sequence[Past]) -> Precedent:
    """What speaks for and against units: matters like this one, and the objections made on it so far."""
    return precedent(
        facts, known, objected=frozenset(entry.unit for entry in objected),
        named=str(objected[-1].payload.get("suggested_unit") or "") if objected else "",
    )  # fmt: skip


def unit_for(asked: Asked, by: Person, units: Units, now: datetime) -> Suggested | None:
    """The unit for a matter that is just being registered; None where the unit it lies with sends nothing on."""
    here = units.by_code.get(asked.unit)
    if here is None or here.kind is not UnitKind.PETITION_OFFICE:
        return None
    facts = Facts(
        state=State.REGISTERED, kind=Kind(asked.kind) if asked.kind else None, category=asked.category,
        region=asked.region, holder=asked.unit, reported_units=asked.reported_units,
    )  # fmt: skip
    known = past(by, {asked.category}, now)
    earlier = before(facts, (), known) if known else NOTHING_BEFORE
    return suggest(facts, units, matters.today(now), earlier)
