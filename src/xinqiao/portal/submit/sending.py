"""From a finished draft to a receipt, once, whatever happens between browser and platform."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from xinqiao.evidence.actions import hand_over
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.forms import WordsForm
from xinqiao.portal.submit.who import PersonForm
from xinqiao.rules.persons import Person, PersonKind, petitioner_of
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.ui import sealed

_NAME = "portal_receipts"
_KEPT = 5
SENDER = Person(kind=PersonKind.PETITIONER)


@dataclass(frozen=True, kw_only=True)
class KeptReceipt:
    """What the receipt page shows again to the same browser. `query_code` is "" when it was shown elsewhere."""

    matter: int
    number: str
    query_code: str
    received_at: str
    subject: str
    office: str
    files: list[str] = field(default_factory=list)


def send(
    draft: Draft, session: SessionBase, now: datetime, instead: int | None = None
) -> KeptReceipt:
    """Receives the draft with its files and keeps its receipt in the session, all or nothing. Raises Refused.

    `instead`: the sender's own matter to which it is added, with a number and a query code of its own. The caller has
    made sure that this browser may open it.

    The session is saved in the transaction of the contact: whoever finds the contact there already, because the
    button was pressed twice, finds the receipt with its query code, too. For them the session is left alone: what
    they have read of it is older than the receipt.
    """
    office = draft.office()
    if office is None:
        raise Refused(Refusal("field_missing", "22", {"field": "region"}))
    with transaction.atomic():
        contact = replace(_contact(draft, office, now), matter=instead)
        by = SENDER if instead is None else petitioner_of(instead)
        receipt = receive(contact, by=by, now=now)
        owner = Owner(kind=CONTACT, id=receipt.contact)
        files = hand_over([file.id for file in draft.files()], to=owner)
        return keep_receipt(session, draft.key, receipt, office, [file.name for file in files])


def keep_receipt(
    session: SessionBase, key: str, receipt: Receipt, office: str, files: list[str]
) -> KeptReceipt:
    """Keeps the receipt of what was sent under this key, within the transaction that received it."""
    kept = _kept(receipt, office, files)
    if receipt.fresh:
        _keep(session, key, kept)
        session.save()
    return kept


def receipt_of(session: SessionBase, key: str) -> KeptReceipt | None:
    """The receipt of the submission with this key, if this browser sent it."""
    kept = _all(session).get(key)
    return KeptReceipt(**kept) if kept else None


def sent_from(session: SessionBase) -> list[KeptReceipt]:
    """The receipts of this browser, oldest first."""
    return [KeptReceipt(**kept) for kept in _all(session).values()]


def forget_receipts(session: SessionBase) -> None:
    """No receipt, and with it no query code, stays in this browser."""
    sealed.drop(session, _NAME)


def _contact(draft: Draft, office: str, now: datetime) -> ContactInput:
    words = cast(WordsForm, _valid(draft, "words"))
    who = cast(PersonForm, _valid(draft, "person"))
    return ContactInput(
        unit=office, channel="online", received_at=now, subject=words.cleaned_data["subject"],
        body=words.whole_text(), petitioners=[who.petitioner()], representatives=who.representatives(),
        head_count=who.cleaned_data.get("head_count", 1), kind=draft.said("kind", "kind"),
        category=draft.category, region=draft.region, request_key=draft.key,
    )  # fmt: skip


def _valid(draft: Draft, page: str) -> Any:
    form = draft.form(page)
    form.is_valid()
    return form


def _kept(receipt: Receipt, office: str, files: list[str]) -> KeptReceipt:
    return KeptReceipt(
        matter=receipt.matter, number=receipt.number, query_code=receipt.query_code,
        received_at=receipt.received_at.isoformat(), subject=receipt.subject, office=office,
        files=files,
    )  # fmt: skip


def _keep(session: SessionBase, key: str, receipt: KeptReceipt) -> None:
    everything = _all(session) | {key: asdict(receipt)}
    sealed.put(session, _NAME, dict(list(everything.items())[-_KEPT:]))


def _all(session: SessionBase) -> dict[str, Any]:
    return sealed.get(session, _NAME) or {}
