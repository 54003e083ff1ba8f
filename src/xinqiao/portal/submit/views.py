"""Submitting: one question a page, a summary, the receipt."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.lookup.dates import duties
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.portal import access
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.account.keeping import keep_submission
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.submit.draft import PAGES, Draft
from xinqiao.portal.submit.sending import KeptReceipt, receipt_of, send
from xinqiao.portal.submit.summary import summary
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

_CHECK = "check"
_STAGES = ("kind", "place", "words", "who", _CHECK)
_STAGE_OF = {"township": "place", "person": "who"}


@require_safe
@portal_page
def begin(request: PortalRequest) -> HttpResponse:
    """Begins a draft, or goes on with the one there is."""
    draft = _draft(request)
    return redirect(
        "portal:submit_page", page="kind" if draft is None else draft.first_open() or "kind"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def write(request: PortalRequest, page: str) -> HttpResponse:
    """One page of questions. Whatever was typed is kept, right or wrong."""
    if page not in PAGES:
        raise Http404
    draft = _draft(request) or Draft(today=matters.today(request.now))
    if page not in _reachable(draft):
        return redirect("portal:submit")
    if request.method != "POST":
        return _page(request, draft, page, draft.form(page))
    draft.write(
        page,
        {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"},
    )
    draft.keep(request.session)
    form = draft.form(page)
    if not form.is_valid():
        return _page(request, draft, page, form)
    return _next(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def check(request: PortalRequest) -> HttpResponse:
    """The summary; sending it. Sent twice, it gives the same receipt."""
    key = request.POST.get("key", "")
    if key and receipt_of(request.session, key) is not None:
        return redirect("portal:receipt", key=key)
    draft = _draft(request)
    if draft is None:
        messages.info(
            request,
            _(
                "There is nothing here to send: it was sent already, or it was left for too"
                " long. You can begin anew."
            ),
        )
        return redirect("portal:submit")
    if draft.first_open() is not None:
        return _next(draft)
    if request.method == "POST" and key == draft.key:
        return _send(request, draft)
    return _summary(request, draft)


@require_POST
@portal_page
def forget(request: PortalRequest) -> HttpResponse:
    """Throws the draft away."""
    Draft.drop(request.session)
    messages.info(request, _("What you had written was deleted. Nothing was sent."))
    return redirect("portal:home")


@require_safe
@portal_page
def receipt(request: PortalRequest, key: str) -> HttpResponse:
    """The receipt, for the browser that sent the submission, until its session ends."""
    kept = receipt_of(request.session, key)
    if kept is None:
        messages.info(
            request,
            _(
                "The receipt can only be shown again in the browser that sent the petition,"
                " until it is closed. With the number and the query code you find the petition"
                " here."
            ),
        )
        return redirect("portal:lookup")
    address = f"{reverse('portal:lookup')}?number={kept.number}"
    facts = {
        "receipt": kept,
        "office": Words.here().unit(kept.office),
        "received_at": datetime.fromisoformat(kept.received_at),
        "address": request.build_absolute_uri(address),
        "dates": _dates(request, kept),
        "matter": reverse("portal:matter", args=[kept.number]),
    }
    return render(request, "portal/submit/receipt.html", facts)


def _draft(request: HttpRequest) -> Draft | None:
    return Draft.of(request.session, matters.today(request.now))  # type: ignore[attr-defined]


def _reachable(draft: Draft) -> list[str]:
    """The pages up to the first one that is not yet answered."""
    order = list(draft.order())
    first = draft.first_open()
    return order if first is None else order[: order.index(first) + 1]


def _next(draft: Draft) -> HttpResponseRedirect:
    page = draft.first_open()
    return (
        redirect("portal:submit_check")
        if page is None
        else redirect("portal:submit_page", page=page)
    )


def _send(request: PortalRequest, draft: Draft) -> HttpResponse:
    try:
        kept = send(draft, request.session, request.now)
    except Refused as refused:
        return _summary(request, draft, Words.here().say(refused.refusal))
    access.grant(request, kept.matter, kept.number, request.now)
    keep_submission(request, kept.matter, kept.number, draft.said("kind", "kind"))
    return redirect("portal:receipt", key=draft.key)


def _stage(page: str) -> dict[str, Any]:
    """Where in the few steps a page is."""
    labels = [
        _("What it is about"),
        _("Where"),
        _("What happened"),
        _("Who you are"),
        _("Check and send"),
    ]
    return {"stages": labels, "stage": _STAGES.index(_STAGE_OF.get(page, page)) + 1}


def _page(request: PortalRequest, draft: Draft, page: str, form: PortalForm) -> HttpResponse:
    order = list(draft.order())
    at = order.index(page)
    facts = {
        **_stage(page),
        "form": form,
        "page": page,
        "draft": draft,
        "report": draft.said("kind", "kind") == "report",
        "back": reverse("portal:submit_page", args=[order[at - 1]])
        if at
        else reverse("portal:home"),
    }
    return render(request, f"portal/submit/{page}.html", facts)


def _summary(request: PortalRequest, draft: Draft, refusal: str = "") -> HttpResponse:
    facts = {**_stage(_CHECK), **summary(draft), "draft": draft, "refusal": refusal}
    return render(request, "portal/submit/check.html", facts, status=409 if refusal else 200)


def _dates(request: PortalRequest, kept: KeptReceipt) -> list[dict[str, Any]]:
    sheet = matters.sheet(petitioner_of(kept.matter), kept.matter, request.now)
    return duties(sheet.clocks, Words.here()) if sheet is not None else []
