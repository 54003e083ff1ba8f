"""Entering a contact: received with its files, registered and, if need be, marked as urgent; all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.desk import reported
from xinqiao.desk.insight.classifying.advice import recorded
from xinqiao.desk.registering import files
from xinqiao.desk.registering.known import Decision
from xinqiao.group_visits import actions as group_visits
from xinqiao.insight.same import actions as same
from xinqiao.intake import actions as intake
from xinqiao.intake import queries as intake_queries
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.people.values import PersonInput
from xinqiao.reception import actions as reception
from xinqiao.reception.days import actions as reception_days
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import Kind


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the clerk entered: the fields of the form, who it is from, and whether it is about a matter we know.

    `apart`: matters that were suggested and that it is not about.
    """

    decision: Decision
    channel: str
    received_at: datetime
    said: Mapping[str, Any]
    petitioner: PersonInput | None
    representatives: Sequence[PersonInput] = ()
    apart: Sequence[int] = ()
    account: int


@transaction.atomic
def enter(entered: Entered, *, by: Person, now: datetime) -> Receipt:
    """Receives the contact and registers its matter. The same request twice gives the first receipt again.

    Raises Refused; then nothing was stored.
    """
    earlier = intake_queries.same_request(entered.said["request_key"], "", "")
    if earlier is not None:
        return earlier
    receipt = _received(entered, by, now)
    if entered.decision.is_new:
        matters.take(receipt.matter, "register", _registration(entered, now), by=by, now=now)
        if entered.apart:
            same.note(receipt.matter)
    if entered.said.get("urgent"):
        reason = {"reason": entered.said["urgent_reason"]}
        matters.take(receipt.matter, "notice_urgent", reason, by=by, now=now)
    _beside(entered, receipt, by, now)
    return receipt


def _beside(entered: Entered, receipt: Receipt, by: Person, now: datetime) -> None:
    """What came with it: files, the room, the leader, the number of the hall; what was decided on a
    reception day; and a group visit calls the first-in-charge."""
    said = entered.said
    files.hand_over(entered.account, said["request_key"], receipt.contact)
    leader = int(said["leader"]) if said.get("leader") else None
    reception.note_where(receipt.contact, room=said.get("room") or "", leader=leader)
    ticket = said.get("ticket")
    if ticket and reception.close_with_contact(ticket, receipt.contact, by=by, now=now):
        reception_days.note_heard(ticket, receipt.contact, receipt.matter)
    visit = intake_queries.visit(receipt.contact)
    if visit is not None:
        group_visits.call(visit, now=now)
    if said.get("decided"):
        decided = {"decided": said["decided"], "leader": leader}
        matters.take(receipt.matter, "record_reception", decided, by=by, now=now)


def _received(entered: Entered, by: Person, now: datetime) -> Receipt:
    """As part of the matter that was confirmed, as new facts on a closed one (art. 36), or as a new one."""
    matter = _meant(entered.decision, by, now)
    if matter is None:
        return intake.receive(_contact(entered, None), by=by, now=now)
    if entered.decision.reopens:
        new_facts = entered.said["new_facts"]
        return intake.reopen(matter, _contact(entered, None), new_facts, by=by, now=now)
    return intake.receive(_contact(entered, matter), by=by, now=now)


def _meant(decision: Decision, by: Person, now: datetime) -> int | None:
    """The matter that was chosen. Raises Refused when it does not exist for the person."""
    if not decision.number:
        return None
    found = matter_queries.find(by, decision.number, now)
    if found is None:
        raise Refused(Refusal("not_found", None, {"field": "matter"}))
    return found


def _contact(entered: Entered, matter: int | None) -> ContactInput:
    said = entered.said
    return ContactInput(
        unit=said["unit"],
        channel=entered.channel,
        received_at=entered.received_at,
        subject=said["subject"],
        body=said["body"],
        petitioners=[entered.petitioner] if entered.petitioner else [],
        representatives=entered.representatives,
        head_count=said.get("head_count") or 1,
        level=said.get("level") or "",
        designated_place=said.get("designated_place"),
        postmark_on=said.get("postmark_on"),
        matter=matter,
        request_key=said["request_key"],
    )


def _registration(entered: Entered, now: datetime) -> dict[str, Any]:
    """The fields of `register`; the path of a claim, the reported of a report."""
    said = entered.said
    fields = {name: said[name] for name in ("kind", "region", "category") if said.get(name)}
    if said["kind"] == Kind.CLAIM and said.get("path"):
        fields["path"] = said["path"]
    if said["kind"] == Kind.REPORT:
        fields |= reported.named(said, matter_queries.today(now))
    if entered.apart:
        fields["apart"] = list(entered.apart)
    return fields | recorded("register", fields, said["subject"], said["body"])
