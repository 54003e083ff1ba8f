"""Matters that may be about the same, beside the form, and what the clerk decided: together with one, or not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.registering.typed import code_of
from xinqiao.insight.reading import queries as reading
from xinqiao.insight.reading.queries import Same
from xinqiao.intake import joining
from xinqiao.intake.values import Receipt
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused

_MOST = 4
_NOT_JOINED = "desk_not_joined"


@require_POST
@for_working_posts
def suggestions(request: DeskRequest) -> HttpResponse:
    """What may be about the same as the text that is being typed. By POST: no address holds what somebody wrote."""
    return render(request, "desk/registering/alike.html", alike(request))


def alike(request: DeskRequest) -> dict[str, Any]:
    """Matters like the text so far, and the one that was chosen, which stays even where the text has changed since."""
    typed = request.POST
    region = code_of(typed.get("region", ""), request.names.regions)
    subject, body = typed.get("subject", ""), typed.get("body", "")
    found = reading.same(request.person, subject, body, region, request.now, most=_MOST)
    return {"alike": found, "together": _chosen(typed.get("together", ""), found)}


def _chosen(number: str, found: Sequence[Same]) -> str:
    return number if any(one.line.number == number for one in found) else ""


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
