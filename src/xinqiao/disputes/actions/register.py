"""The register of disputes: found, handed over, taken, settled, or brought into the petition procedure as a matter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions.writing import clean, given, refuse, remember, replace
from xinqiao.disputes.models import Dispute, Involved, Part
from xinqiao.disputes.values import About, Finding, rank_of
from xinqiao.intake import actions as intake
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.matters.clockwork import calendar
from xinqiao.matters.queries import today
from xinqiao.rules import disputes as rules
from xinqiao.rules.dispute_levels import judge, questions
from xinqiao.rules.persons import SYSTEM, Person, PersonKind
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.units import within

_SHORT = 200
_COUNTY = 6


@transaction.atomic
def find(said: Finding, *, by: Person, now: datetime) -> int:
    """Enters a dispute: its level is told from size and answers. Returns its id. Raises Refused, naming the field."""
    if said.unit not in by.units():
        raise Refused(Refusal("dispute_not_yours", "22", {"unit": said.unit}))
    words = _words(said)
    refuse(rules.may_find(said.unit, said.region, directory.units(), today(now)))
    refuse(_wrong(said))
    part = _part(said, by, now)
    judged = judge(said.households, said.people, said.yes)
    row = Dispute.objects.create(
        part=part, region=said.region, county=said.region[:_COUNTY], category=said.category,
        roles=list(said.roles), households=said.households, people=said.people, level=judged.level,
        told_level=judged.level, criteria=list(judged.because), finder=said.unit, holder=said.unit,
        found_on=today(now), state=rules.State.FOUND, rank=rank_of(None, today(now), "found"), last_seq=1,
        **words,
    )  # fmt: skip
    units = {said.unit, part.round.unit} if part else {said.unit}
    Involved.objects.bulk_create(Involved(dispute=row, unit=unit) for unit in sorted(units))
    facts: dict[str, Any] = {
        "dispute_level": judged.level, "dispute_criteria": list(judged.because),
    }  # fmt: skip
    if said.spot is not None:
        facts["dispute_spot"] = said.spot
    remember(
        About.DISPUTE, row.pk, 1, "find", facts, {}, account=by.account, unit=said.unit, article="22", now=now,
    )  # fmt: skip
    return row.pk


def _words(said: Finding) -> dict[str, str]:
    """The cleaned words. Raises Refused for one that is missing, or that holds the number of a person."""
    words = {}
    for column, field, text in (
        ("subject", "subject", said.subject),
        ("place", "place", said.place),
        ("remedy", "dispute_remedy", said.remedy),
    ):
        long = column == "remedy"
        words[column] = clean(field, text, long=long, limit=0 if long else _SHORT)
        if not words[column] and not long:
            raise Refused(Refusal("field_missing", "22", {"field": field}))
        if rules.names_a_person(words[column]):
            raise Refused(Refusal("number_of_a_person", None, {"field": field}))
    return words


def _wrong(said: Finding) -> Refusal | None:
    if not directory.category_exists(said.category):
        return Refusal("field_wrong", "22", {"field": "category"})
    if not directory.region_exists(said.region):
        return Refusal("field_wrong", "22", {"field": "region"})
    if not said.roles or not set(said.roles) <= set(rules.Role):
        return Refusal("field_missing", "22", {"field": "dispute_roles"})
    if said.households < 0 or said.people < 0:
        return Refusal("field_wrong", "22", {"field": "dispute_people"})
    if not set(said.yes) <= set(questions()):
        return Refusal("field_wrong", "22", {"field": "dispute_criteria"})
    return None


def _part(said: Finding, by: Person, now: datetime) -> Part | None:
    """The part of a round in which it was found: the unit's own, open, and around the place."""
    if said.part is None:
        return None
    part = Part.objects.select_related("round").filter(pk=said.part).first()
    if part is None or not queries.rounds_for(by, now).filter(pk=part.round_id).exists():
        raise Refused(Refusal("not_found"))
    if part.unit != said.unit or not within(said.region, part.region):
        raise Refused(Refusal("part_outside", "22", {"unit": said.unit}))
    if part.reported_at is not None:
        raise Refused(Refusal("part_reported", "22"))
    return part


@transaction.atomic
def move(
    dispute_id: int, name: str, fields: Mapping[str, Any], *, by: Person, now: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Takes one step of the table on a dispute. `seen` is the last entry that the person had before their eyes.

    Raises Refused: with the rules' reason, `not_found` where it does not exist for them, `acted_meanwhile`.
    """
    step = rules.MOVES[name]
    if step.inside and by.kind is not PersonKind.SYSTEM:
        raise Refused(Refusal("dispute_elsewhere", step.article))
    row = _row(dispute_id, by, now)
    if seen is not None and seen != row.last_seq:
        raise Refused(Refusal("acted_meanwhile"))
    take(row, name, fields, by=by, now=now)


def take(row: Dispute, name: str, fields: Mapping[str, Any], *, by: Person, now: datetime) -> None:
    """The step itself, on a row that exists for the person; inside a transaction. Raises Refused."""
    step = rules.MOVES[name]
    case = _case(row, by, now, given(fields, rules.FIELDS))
    refuse(rules.may(step, case) or _incomplete(step, case))
    after = rules.after(step, case, calendar())
    columns: dict[str, Any] = {
        "state": after.state, "open": after.state in rules.OPEN, "holder": after.holder, "owner": after.owner,
        "referrer": after.referrer, "binding": after.binding, "due": after.due, "level": after.level,
        "rank": rank_of(after.due, row.found_on, after.state),
    }  # fmt: skip
    if "dispute_matter" in case.fields:
        columns["matter_id"] = case.fields["dispute_matter"]
    seq = replace(row, columns)
    acting = next(iter(rules.acting_units(step, case)), "")
    Involved.objects.bulk_create([Involved(dispute=row, unit=after.holder)], ignore_conflicts=True)
    said = dict(case.fields) | ({"to_unit": after.holder} if name == "refuse" else {})
    remember(
        About.DISPUTE, row.pk, seq, name, said, rules.FIELDS, account=by.account, unit=acting,
        article=step.article, now=now,
    )  # fmt: skip


def _incomplete(step: rules.Move, case: rules.Case) -> Refusal | None:
    missing = next((name for name in step.needs if not case.fields.get(name)), None)
    return Refusal("field_missing", step.article, {"field": missing}) if missing else None


@transaction.atomic
def become_matter(
    dispute_id: int, contact: ContactInput, path: str, *, by: Person, now: datetime
) -> Receipt:
    """Somebody petitions about it: the contact is received and registered, and matter and dispute name each other.

    Who petitions stands with the contact, never with the dispute. Raises Refused; then nothing is written.
    """
    row = _row(dispute_id, by, now)
    refuse(rules.may(rules.MOVES["become_matter"], _case(row, by, now, {})))
    receipt = intake.receive(contact, by=by, now=now)
    if receipt.fresh:
        fields = {"kind": "claim", "region": row.region, "category": row.category, "path": path}
        matters.take(receipt.matter, "register", fields, by=by, now=now)
        _link(row, receipt.matter, by=by, now=now)
    return receipt


@transaction.atomic
def link_matter(dispute_id: int, number: str, *, by: Person, now: datetime) -> None:
    """A matter about the same thing is there already: the two name each other. Raises Refused."""
    row = _row(dispute_id, by, now)
    matter = matter_queries.find(by, number, now)
    if matter is None:
        raise Refused(Refusal("not_found"))
    _link(row, matter, by=by, now=now)


def _link(row: Dispute, matter: int, *, by: Person, now: datetime) -> None:
    take(row, "become_matter", {"dispute_matter": matter}, by=by, now=now)
    matters.take(matter, "link_dispute", {"dispute": row.pk}, by=by, now=now)


def succeed(dispute_id: int, heir: str, *, now: datetime) -> None:
    """The unit that has it exists no longer: its successor has it now (art. 24)."""
    move(dispute_id, "succeed", {"to_unit": heir}, by=SYSTEM, now=now)


def _row(dispute_id: int, by: Person, now: datetime) -> Dispute:
    row = queries.visible(by, now).filter(pk=dispute_id).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    return row


def _case(row: Dispute, by: Person, now: datetime, fields: Mapping[str, Any]) -> rules.Case:
    return rules.Case(
        dispute=queries.known(row), person=by, today=today(now), units=directory.units(), fields=fields
    )  # fmt: skip
