"""Screening rounds: called by an office over an area, divided among units, reported part by part, closed."""

from datetime import datetime

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions.writing import clean, refuse, remember
from xinqiao.disputes.models import Dispute, History, Part, Round
from xinqiao.disputes.values import About, RoundInput
from xinqiao.matters.queries import today
from xinqiao.rules import screening as rules
from xinqiao.rules.disputes import names_a_person
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused

_TITLE = 80


@transaction.atomic
def call(said: RoundInput, *, by: Person, now: datetime) -> int:
    """Calls a round and tells each unit where to look. Returns its id. Raises Refused."""
    title = clean("round_title", said.title, long=False, limit=_TITLE)
    refuse(Refusal("field_missing", "22", {"field": "round_title"}) if not title else None)
    refuse(
        Refusal("number_of_a_person", None, {"field": "round_title"})
        if names_a_person(title)
        else None
    )
    units, day = directory.units(), today(now)
    round_ = rules.Round(
        unit=said.unit, region=said.region, first_day=said.first_day, last_day=said.last_day
    )
    refuse(rules.may_call(by, round_, units, day))
    parts = [rules.Part(unit=unit, region=region) for unit, region in said.parts]
    refuse(rules.may_divide(round_, parts, units, day))
    row = Round.objects.create(
        title=title, unit=said.unit, region=said.region, categories=list(said.categories),
        first_day=said.first_day, last_day=said.last_day, called_at=now,
    )  # fmt: skip
    Part.objects.bulk_create(Part(round=row, unit=one.unit, region=one.region) for one in parts)
    _remember(row.pk, "call", {"parts": len(parts)}, said.unit, by, now)
    return row.pk


@transaction.atomic
def report(part_id: int, looked: str, *, nothing: bool, by: Person, now: datetime) -> None:
    """What a unit says of its part: where its people looked, and that nothing was found or that what was is entered.

    Raises Refused; `not_found` where the round does not exist for the person.
    """
    part = Part.objects.select_related("round").filter(pk=part_id).first()
    if part is None or not queries.rounds_for(by, now).filter(pk=part.round_id).exists():
        raise Refused(Refusal("not_found"))
    looked = clean("round_looked", looked)
    found = Dispute.objects.filter(part=part).count()
    known = rules.Part(unit=part.unit, region=part.region, reported=part.reported_at is not None)
    refuse(
        rules.may_report(
            by.units(), _known(part.round), known, looked=looked, nothing=nothing, found=found
        )
    )
    waits = Part.objects.filter(pk=part_id, reported_at__isnull=True)
    if not waits.update(reported_at=now, nothing=nothing, looked=looked):
        raise Refused(Refusal("part_reported", "22"))
    facts = {"region": part.region, "found": found, "nothing": nothing}
    _remember(part.round_id, "report", facts, part.unit, by, now)


@transaction.atomic
def close(round_id: int, *, by: Person, now: datetime) -> None:
    """The round is over when every unit has reported. Raises Refused."""
    row = queries.rounds_for(by, now).filter(pk=round_id).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    parts = [
        rules.Part(unit=one.unit, region=one.region, reported=one.reported_at is not None)
        for one in Part.objects.filter(round=row)
    ]
    refuse(rules.may_close(by, _known(row), parts))
    if not Round.objects.filter(pk=round_id, closed_on__isnull=True).update(closed_on=today(now)):
        raise Refused(Refusal("round_closed", "22"))
    _remember(round_id, "close", {"parts": len(parts)}, row.unit, by, now)


def _known(row: Round) -> rules.Round:
    return rules.Round(
        unit=row.unit, region=row.region, first_day=row.first_day, last_day=row.last_day,
        closed=row.closed_on is not None,
    )  # fmt: skip


def _remember(
    round_id: int, step: str, fields: dict[str, object], unit: str, by: Person, now: datetime
) -> None:
    seq = History.objects.filter(about=About.ROUND, object_id=round_id).count() + 1
    remember(
        About.ROUND, round_id, seq, step, fields, {}, account=by.account, unit=unit, article="22", now=now,
    )  # fmt: skip
