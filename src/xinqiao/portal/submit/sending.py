"""From a finished draft to a receipt, once, whatever happens between browser and platform."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.forms import WordsForm
from xinqiao.portal.submit.who import PersonForm
from xinqiao.rules.persons import Person, PersonKind
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


def send(draft: Draft, session: SessionBase, now: datetime) -> KeptReceipt:
    """Receives the draft and keeps its receipt in the session, both or neither. Raises Refused.

    The session is saved in the transaction of the contact: whoever finds the contact there already, because the
    button was pressed twice, finds the receipt with its query code, too.
    """
    office = draft.office()
    if office is None:
        raise Refused(Refusal("field_missing", "22", {"field": "region"}))
    with transaction.atomic():
        receipt = receive(_contact(draft, office, now), by=SENDER, now=now)
        kept = _kept(receipt, office)
        if receipt.fresh:
            _keep(session, draft.key, kept)
            Draft.drop(session)
            session.save()
    return kept


def receipt_of(session: SessionBase, key: str) -> KeptReceipt | None:
    """The receipt of the submission with this key, if this browser sent it."""
    kept = _all(session).get(key)
    return KeptReceipt(**kept) if kept else None


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
        region=draft.region, request_key=draft.key,
    )  # fmt: skip


def _valid(draft: Draft, page: str) -> Any:
    form = draft.form(page)
    form.is_valid()
    return form


def _kept(receipt: Receipt, office: str) -> KeptReceipt:
    return KeptReceipt(
        matter=receipt.matter, number=receipt.number, query_code=receipt.query_code,
        received_at=receipt.received_at.isoformat(), subject=receipt.subject, office=office,
    )  # fmt: skip


def _keep(session: SessionBase, key: str, receipt: KeptReceipt) -> None:
    everything = _all(session) | {key: asdict(receipt)}
    sealed.put(session, _NAME, dict(list(everything.items())[-_KEPT:]))


def _all(session: SessionBase) -> dict[str, Any]:
    return sealed.get(session, _NAME) or {}
