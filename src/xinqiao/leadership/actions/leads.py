"""A leader takes charge of a matter, reports how far it has come, goes to see, ends it: each a step of the ledger."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.duties import actions as duties
from xinqiao.duties.values import NewDuty, Source
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import MATTER, FileInfo, Owner
from xinqiao.leadership.models import FieldVisit, Lead
from xinqiao.leadership.values import Promise
from xinqiao.matters import actions as matters
from xinqiao.matters.queries import exists_for, today
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.leadership import LeadOutcome, may_lead
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused


@transaction.atomic
def assign(
    matter: int, *, leader: int, unit: str, measures: str, settle_by: date, by: Person, now: datetime,
) -> int:  # fmt: skip
    """A leader, head of `unit`, takes charge of a matter until a day. The unit sees the matter from now on.

    Returns the row id. Raises Refused: `no_head_there`, `has_a_lead`, `due_in_past`, `unit_not_allowed` and `shut_out`
    for whom the wall shuts out, `report_stays`, and what the step itself refuses.
    """
    _seen(by, matter, now)
    refusal = may_lead(directory.headed_units([leader], today(now)), unit)
    if refusal is not None:
        raise Refused(refusal)
    if settle_by < today(now):
        raise Refused(Refusal("due_in_past", "18", {"due": settle_by.isoformat()}))
    fields = {
        "lead_official": leader,
        "lead_unit": unit,
        "measures": measures,
        "settle_by": settle_by,
    }
    taken = matters.take(matter, "assign_lead", fields, by=by, now=now)
    row = Lead.objects.create(
        matter_id=matter,
        seq=taken.seq,
        leader=leader,
        unit=unit,
        settle_by=settle_by,
        assigned_at=now,
    )
    return row.pk


@transaction.atomic
def report_progress(
    lead: int, record: str, *, files: Sequence[FileInfo] = (), by: Person, now: datetime
) -> None:
    """How far it has come, in words, with files that lie as a draft so far. Raises Refused."""
    row = _running(lead, by, now)
    fields = {"record": record} | _handed_over(files, row.matter_id)
    matters.take(row.matter_id, "lead_progress", fields, by=by, now=now)
    Lead.objects.filter(pk=row.pk).update(progress_at=now)


@transaction.atomic
def visit(
    lead: int, *, visited_at: datetime, place: str, found: str, with_units: Sequence[str] = (),
    promises: Sequence[Promise] = (), files: Sequence[FileInfo] = (), by: Person, now: datetime,
) -> int:  # fmt: skip
    """The leader went to see: where, with whom, what was found; each promise is a duty with its day.

    Returns the row id. Raises Refused; then nothing is written, no promise either.
    """
    row = _running(lead, by, now)
    record = FieldVisit.objects.create(
        lead=row,
        seq=0,
        visited_at=visited_at,
        leader=row.leader,
        with_units=sorted(set(with_units)),
    )
    fields = {"visit": record.pk, "place": place, "record": found}
    fields |= _handed_over(files, row.matter_id)
    taken = matters.take(row.matter_id, "field_visit", fields, by=by, now=now, at=visited_at)
    FieldVisit.objects.filter(pk=record.pk).update(seq=taken.seq)
    source = Source(kind=SourceKind.FIELD_VISIT, id=record.pk)
    for one in promises:
        new = NewDuty(words=one.words, unit=one.unit, due=one.due, matter=row.matter_id)
        duties.give(source, new, by=by, now=now, unit=row.unit if row.unit in by.units() else None)
    return record.pk


@transaction.atomic
def end(lead: int, outcome: LeadOutcome, reason: str, *, by: Person, now: datetime) -> None:
    """The leader is not in charge any more: settled, explained, handed over, ended. Raises Refused."""
    row = _running(lead, by, now)
    fields = {"lead_outcome": outcome, "reason": reason}
    matters.take(row.matter_id, "end_lead", fields, by=by, now=now)
    over = Lead.objects.filter(pk=row.pk, ended_on__isnull=True)
    if not over.update(ended_on=today(now), outcome=outcome):
        raise Refused(Refusal("no_lead_now", "18"))


def _running(lead: int, by: Person, now: datetime) -> Lead:
    """The lead that runs, of a matter that exists for the person."""
    row = Lead.objects.filter(pk=lead).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    _seen(by, row.matter_id, now)
    if row.ended_on is not None:
        raise Refused(Refusal("no_lead_now", "18"))
    return row


def _seen(by: Person, matter: int, now: datetime) -> None:
    if not exists_for(by, matter, now):
        raise Refused(Refusal("not_found"))


def _handed_over(files: Sequence[FileInfo], matter: int) -> dict[str, list[str]]:
    """The files become the matter's; how the ledger names them."""
    if not files:
        return {}
    evidence.hand_over([one.id for one in files], to=Owner(kind=MATTER, id=matter))
    return {"files": list(dict.fromkeys(one.sha256 for one in files))}
