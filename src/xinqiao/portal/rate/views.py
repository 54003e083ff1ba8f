"""Rating how a matter was handled: after look-up, or from the link of a message."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from xinqiao.accounts.addresses import client_address
from xinqiao.lookup.dates import windows
from xinqiao.lookup.way import unit_name
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.notices.links import matter_of
from xinqiao.portal.access import PortalRequest, Right, for_holder, portal_page, sheet_of
from xinqiao.portal.lookup.offered import why_not
from xinqiao.portal.lookup.steps import bound, taken_now
from xinqiao.portal.rate.forms import RatingForm
from xinqiao.rules.persons import petitioner_of
from xinqiao.targets.integrity import actions as signs

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@for_holder
def by_code(request: PortalRequest) -> HttpResponse:
    """Rating a matter that this browser has opened."""
    return _rate(request, opened=True)


@require_http_methods(_METHODS)
@portal_page
def by_link(request: PortalRequest, token: str) -> HttpResponse:
    """Rating from the link of a message: it opens nothing else of the matter."""
    matter_id = matter_of(token)
    if matter_id is None:
        return render(request, "portal/rate/bad_link.html", status=404)
    request.person = petitioner_of(matter_id)
    request.right = Right(matter=matter_id, number="", until="")
    return _rate(request, opened=False)


def _rate(request: PortalRequest, *, opened: bool) -> HttpResponse:
    sheet, words = sheet_of(request), Words.here()
    names = {
        "office": unit_name(sheet.facts.receiver, sheet.facts, words),
        "unit": unit_name(sheet.facts.handler, sheet.facts, words),
    }
    form = bound(request, RatingForm, sheet, **names)
    facts: dict[str, Any] = {"number": sheet.line.number, "opened": opened, "right": request.right}
    if request.method == "POST" and form.is_valid() and isinstance(form, RatingForm):
        answers = form.answers()
        if taken_now(request, form, "rate", answers):
            signs.note_rating(sheet.line.id, client_address(request), request.now)
            return _thanks(request, facts, settled=answers["settled"])
    facts |= {
        "form": form,
        "rated": sheet.facts.rated,
        "refusal": why_not(sheet, "rate", words),
        "windows": windows(sheet.clocks, words),
    }
    return render(request, "portal/rate/rate.html", facts)


def _thanks(request: PortalRequest, facts: dict[str, Any], *, settled: bool) -> HttpResponse:
    sheet = matters.sheet(request.person, request.right.matter, request.now)
    facts |= {"settled": settled, "windows": [], "can_supplement": False}
    if sheet is not None:
        facts["windows"] = windows(sheet.clocks, Words.here())
        facts["can_supplement"] = not why_not(sheet, "supplement", Words.here())
    return render(request, "portal/rate/thanks.html", facts)
