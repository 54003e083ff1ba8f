"""Receiving: every contact becomes one row on one matter, before anybody is told so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries as directory
from xinqiao.intake import queries
from xinqiao.intake.codes import query_mac
from xinqiao.intake.models import CHANNELS, Contact
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.matters.messages import tell
from xinqiao.matters.numbers import new_number, new_query_code
from xinqiao.people import actions as people
from xinqiao.people import queries as people_queries
from xinqiao.people.values import PersonInput
from xinqiao.rows.writing import Row, at_once, write
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.units import UnitKind
from xinqiao.text.clean import Problem, clean_text

#: Beyond this no contact can be real: the date was mistyped.
EARLIEST = date(2005, 5, 1)
_TRIES = 5


def receive(contact: ContactInput, *, by: Person, now: datetime) -> Receipt:
    """Receives a contact: petitioners, contact, matter (or the confirmed one) and ledger entry, all or nothing.

    The same `request_key`, or the same `source` and `source_id`, gives the first receipt again and writes nothing.
    Raises Refused with a code and the field when something is missing or impossible; nothing is then stored.
    """
    # Most who send something themselves come for the first time: whether we know them is asked when storing fails.
    look = by.kind is not PersonKind.PETITIONER
    for _ in range(_TRIES):
        try:
            clean = _checked(contact, now)
            if contact.matter is None:
                return _open(contact, clean, by, now, look=look)
            return _add(contact, contact.matter, clean, by, now)
        except (IntegrityError, Refused) as problem:
            # Asked only now, since almost every request is the first of its kind.
            earlier = queries.same_request(contact.request_key, contact.source, contact.source_id)
            if earlier is not None:
                return earlier
            if isinstance(problem, Refused) and problem.refusal.code != "acted_meanwhile":
                raise
            look = True
    raise Refused(Refusal("try_again"))


@transaction.atomic
def reopen(
    closed_matter: int, contact: ContactInput, new_facts: str, *, by: Person, now: datetime
) -> Receipt:
    """New facts make a new matter (art. 36): it names its predecessor, and the closed one names it.

    Raises Refused; then neither is written.
    """
    receipt = receive(replace(contact, matter=None, predecessor=closed_matter), by=by, now=now)
    fields = {"new_facts": new_facts, "new_matter": receipt.matter}
    matters.take(closed_matter, "reopen", fields, by=by, now=now)
    return receipt


def _checked(contact: ContactInput, now: datetime) -> dict[str, str]:
    """The cleaned words. Raises Refused, naming the field."""
    received = contact.received_at.astimezone(SHANGHAI).date()
    if contact.channel not in CHANNELS:
        raise Refused(Refusal("field_wrong", "17", {"field": "channel"}))
    if contact.received_at > now:
        raise Refused(Refusal("date_in_future", "22", {"field": "received_at"}))
    if received < EARLIEST:
        raise Refused(
            Refusal("date_too_old", "22", {"field": "received_at", "earliest": str(EARLIEST)})
        )
    if contact.head_count < 1:
        raise Refused(Refusal("field_wrong", "22", {"field": "head_count"}))
    words = {}
    for name, text in (("subject", contact.subject), ("body", contact.body)):
        cleaned = clean_text(text, multiline=name == "body")
        if isinstance(cleaned, Problem):
            raise Refused(Refusal(cleaned.code, None, {"field": name, **cleaned.facts}))
        words[name] = cleaned.text
    words["body"] = words["body"] or words["subject"]
    words["subject"] = words["subject"] or words["body"].partition("\n")[0][:60]
    if not words["body"]:
        raise Refused(Refusal("field_missing", "19", {"field": "body"}))
    return words


def _open(
    contact: ContactInput, words: Mapping[str, str], by: Person, now: datetime, *, look: bool
) -> Receipt:
    """The contact on a matter of its own: everything is judged first, and then written in one go."""
    number, code = _number(contact), contact.query_code or new_query_code()
    office = directory.units()[contact.unit].kind is UnitKind.PETITION_OFFICE
    new = matters.opening(
        number=number,
        fields=_entered(number, contact, words)
        | {
            "received_by": "petition_office" if office else "organ",
            "kind": contact.kind,
            "category": contact.category,
            "region": contact.region,
            "predecessor": contact.predecessor,
        },
        by=by,
        unit=contact.unit,
        at=contact.received_at,
        now=now,
    )
    row = Row(Contact, matter=new.matter, seq=1, **_columns(number, code, contact, by, now))
    with at_once():
        write([*new.rows, row, *_behind(row, contact, now, look=look)])
    return Receipt(
        contact=row.pk or 0, number=number, query_code=code, received_at=contact.received_at,
        matter=new.matter.pk or 0, matter_number=number, subject=words["subject"], clocks=new.clocks,
    )  # fmt: skip


@transaction.atomic
def _add(
    contact: ContactInput, matter: int, words: Mapping[str, str], by: Person, now: datetime
) -> Receipt:
    """The contact on the matter to which a person has confirmed that it belongs."""
    number, code = _number(contact), contact.query_code or new_query_code()
    repeat = not queries.came_first(contact.petitioners, matter)
    taken = matters.take(
        matter, "add_contact", _entered(number, contact, words) | {"repeat": repeat}, by=by, now=now,
        at=contact.received_at, unit=contact.unit,
    )  # fmt: skip
    columns = _columns(number, code, contact, by, now) | {"repeat": repeat}
    row = Row(Contact, matter=matter, seq=taken.seq, **columns)
    write([row, *_behind(row, contact, now)])
    return Receipt(
        contact=row.pk or 0, number=number, query_code=code, received_at=contact.received_at,
        matter=matter, matter_number=taken.number, subject=words["subject"],
    )  # fmt: skip


def _number(contact: ContactInput) -> str:
    return new_number(contact.received_at.astimezone(SHANGHAI).date())


def _entered(number: str, contact: ContactInput, words: Mapping[str, str]) -> dict[str, Any]:
    """What the ledger entry of any contact says."""
    return {"contact": number, "channel": contact.channel, **words}


def _columns(
    number: str, code: str, contact: ContactInput, by: Person, now: datetime
) -> dict[str, Any]:
    """The row of the contact, but for its place in a ledger."""
    return {
        "number": number, "channel": contact.channel, "received_at": contact.received_at,
        "recorded_at": now, "recorded_by": by.account, "repeat": contact.matter is not None,
        "head_count": contact.head_count, "level": contact.level,
        "designated_place": contact.designated_place, "postmark_on": contact.postmark_on,
        "query_mac": query_mac(number, code), "source": contact.source, "source_id": contact.source_id,
        "request_key": contact.request_key,
    }  # fmt: skip


def _behind(row: Row, contact: ContactInput, now: datetime, *, look: bool = True) -> list[Row]:
    return people.behind(
        row, petitioners=contact.petitioners, representatives=contact.representatives, now=now, look=look,
    )  # fmt: skip


@transaction.atomic
def reissue_query_code(number: str, who: PersonInput, *, by: Person, now: datetime) -> Receipt:
    """The receipt anew, with a new query code, for somebody at the counter who proved who they are.

    `who` is what stands on the document that was shown: it has to be that of somebody behind the contact. From now on
    the old code opens nothing. It is written down, and a message tells those behind the matter. Raises Refused:
    `not_found` where the contact does not exist for `by`, `not_behind_contact` where somebody else asks.
    """
    row = Contact.objects.filter(number=number).first()
    if row is None or not matter_queries.exists_for(by, row.matter_id, now):
        raise Refused(Refusal("not_found"))
    behind = {one.who.id for one in people_queries.masked_parties([row.pk])[row.pk]}
    if not behind & set(people_queries.same_person(who)):
        raise Refused(Refusal("not_behind_contact", "21"))
    code = new_query_code()
    row.query_mac = query_mac(number, code)
    row.save(update_fields=["query_mac"])
    audit.record(
        AuditAction.CODE_REISSUED, now=now, by_account=by.account, unit=min(by.units(), default=""),
        object_kind="contact", object_id=row.pk,
    )  # fmt: skip
    tell(
        row.matter_id,
        "code_reissued",
        number=number,
        occasion=f"code/{number}/{now.isoformat()}",
        now=now,
    )
    return Receipt(
        contact=row.pk, number=number, query_code=code, received_at=row.received_at, matter=row.matter_id,
        matter_number=row.matter.number, subject=row.matter.subject,
    )  # fmt: skip
