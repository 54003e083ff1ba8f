"""Entering a contact: received, registered and, if need be, marked as urgent; all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.desk import reported
from xinqiao.intake import actions as intake
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import Kind


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What the clerk entered: the fields of the form, and who it is from."""

    channel: str
    received_at: datetime
    said: Mapping[str, Any]
    petitioner: PersonInput | None
    representatives: Sequence[PersonInput] = ()


@transaction.atomic
def enter(entered: Entered, *, by: Person, now: datetime) -> Receipt:
    """Receives the contact and registers its matter. The same request twice gives the first receipt again.

    Raises Refused; then nothing was stored.
    """
    matter = _known_matter(entered, by, now)
    receipt = intake.receive(_contact(entered, matter), by=by, now=now)
    if not receipt.fresh:
        return receipt
    if matter is None:
        matters.take(receipt.matter, "register", _registration(entered, now), by=by, now=now)
    if entered.said.get("urgent"):
        reason = {"reason": entered.said["urgent_reason"]}
        matters.take(receipt.matter, "notice_urgent", reason, by=by, now=now)
    return receipt


def _known_matter(entered: Entered, by: Person, now: datetime) -> int | None:
    """The matter that was confirmed. Raises Refused when it does not exist for the person."""
    number = entered.said.get("matter")
    if not number:
        return None
    found = matter_queries.find(by, number, now)
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
    return fields
