"""Matters that may be about the same, beside the form, and what the clerk decided: together with one, none of them, or
nothing yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.registering.typed import code_of
from xinqiao.insight.reading import queries as reading
from xinqiao.insight.reading.queries import Same
from xinqiao.intake import joining
from xinqiao.intake.values import Receipt
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import Kind

_MOST = 4
#: In place of a number: none of what is shown is about the same.
NONE = "none"
_NOT_JOINED = "desk_not_joined"


def alike(request: DeskRequest) -> dict[str, Any]:
    """Matters like the text so far, and the one that was chosen, which stays even where the text has changed since."""
    typed = request.POST
    region = code_of(typed.get("region", ""), request.names.regions)
    subject, body = typed.get("subject", ""), typed.get("body", "")
    found = reading.same(request.person, subject, body, region, request.now, most=_MOST)
    return {"alike": found, "together": _chosen(typed.get("together", ""), found)}


def _chosen(number: str, found: Sequence[Same]) -> str:
    numbers = {one.line.number for one in found}
    return number if number in numbers or (number == NONE and numbers) else ""


def refused(request: DeskRequest, what: Mapping[str, Any]) -> Sequence[int]:
    """The matters that the clerk refused as being about something else: what the form showed and the text still
    suggests.

    What the form says was shown is not believed alone: only what is suggested for the text as it was sent counts.
    """
    if what.get("together") != NONE or what.get("kind") == Kind.REPORT:
        return []
    shown = set(request.POST.getlist("alike"))
    text = what["subject"], what["body"], what.get("region") or ""
    found = reading.same(request.person, *text, request.now, most=_MOST)
    return [one.line.id for one in found if one.line.number in shown]


def join(receipt: Receipt, number: str, *, by: Person, now: datetime) -> Refusal | None:
    """The matter that was just registered is handled together with this one.

    Where that cannot be yet, it stays by itself, and what the rules say is returned: joining stays open on its page.
    """
    try:
        with transaction.atomic():
            reason = _("About the same, as was seen when it was registered.")
            joining.join(receipt.matter, number, reason, by=by, now=now)
    except Refused as refused:
        return refused.refusal
    return None


def keep_refusal(session: SessionBase, receipt: Receipt, number: str, said: str) -> None:
    """That it was not joined, and why, is told on the receipt once."""
    session[_NOT_JOINED] = [receipt.number, number, said]


def refusal_of(session: SessionBase, contact: str) -> tuple[str, str] | None:
    """With which matter this contact's could not be joined, and why; told once."""
    kept = session.get(_NOT_JOINED)
    if not kept or kept[0] != contact:
        return None
    del session[_NOT_JOINED]
    return kept[1], kept[2]
