"""Submitting: one question a page, a summary, the receipt."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.evidence.actions import remove_from_draft
from xinqiao.lookup.dates import duties
from xinqiao.lookup.words import Words, list_words
from xinqiao.matters import queries as matters
from xinqiao.portal import access
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.account.keeping import keep_submission
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.known import KnownMatter, alike_matters, takes_more
from xinqiao.portal.submit import files, pace, shelf, suggested
from xinqiao.portal.submit.draft import PAGES, Draft
from xinqiao.portal.submit.sending import KeptReceipt, receipt_of, send
from xinqiao.portal.submit.shelf import DraftRequest, draft_page
from xinqiao.portal.submit.summary import summary
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

_CHECK = "check"
_STAGES = ("kind", "place", "words", "files", "who", _CHECK)
_STAGE_OF = {"township": "place", "category": "words", "person": "who"}


@require_safe
@draft_page
def begin(request: DraftRequest) -> HttpResponse:
    """Begins a draft, or goes on with the one there is."""
    draft = _draft(request)
    if draft is None:
        return redirect("portal:submit_page", page="kind")
    page = draft.first_open()
    return (
        redirect("portal:submit_check")
        if page is None
        else redirect("portal:submit_page", page=page)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def write(request: DraftRequest, page: str) -> HttpResponse:
    """One page of questions. Whatever was typed is kept, right or wrong, and be the draft gone meanwhile."""
    if page not in PAGES:
        raise Http404
    draft = _draft(request) or Draft(today=matters.today(request.now))
    in_turn = page in _reachable(draft)
    if request.method != "POST":
        return (
            _page(request, draft, page, draft.form(page)) if in_turn else redirect("portal:submit")
        )
    draft.write(
        page,
        {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"},
    )
    draft.keep(request.shelf)
    if not in_turn:
        return _out_of_turn(request, draft)
    form = draft.form(page)
    if not form.is_valid():
        return _page(request, draft, page, form)
    return _next(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def check(request: DraftRequest) -> HttpResponse:
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
@draft_page
def forget(request: DraftRequest) -> HttpResponse:
    """Throws the draft away, with its files."""
    draft = _draft(request)
    if draft is not None:
        remove_from_draft([file.id for file in draft.files()], draft=draft.owner)
    shelf.empty(request.shelf)
    messages.info(request, _("What you had written was deleted. Nothing was sent."))
    return redirect("portal:home")


@require_POST
@draft_page
def keep(request: DraftRequest) -> HttpResponse:
    """Keeps the draft on this device for some days, or no longer."""
    shelf.keep_longer(request.shelf, request.POST.get("keep") == "yes")
    page = request.POST.get("page", "")
    return redirect("portal:submit_page", page=page) if page in PAGES else redirect("portal:submit")


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


def _draft(request: DraftRequest) -> Draft | None:
    return Draft.of(request.shelf, matters.today(request.now))


def _out_of_turn(request: DraftRequest, draft: Draft) -> HttpResponse:
    """A page was sent whose draft had ended meanwhile: its words begin a new one."""
    messages.info(
        request,
        _(
            "You were away for too long, and what you had written before was deleted. The last page you"
            " wrote is kept. Please answer the pages before it once more."
        ),
    )
    return _next(draft)


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


def _send(request: DraftRequest, draft: Draft) -> HttpResponse:
    wait = pace.too_often(request, request.now)
    if wait:
        return _summary(request, draft, wait, status=429)
    number, instead = request.POST.get("instead", ""), None
    if number:
        own = [one.matter for one, fits in _alike(request, draft) if fits and one.number == number]
        if not own:
            return _summary(request, draft, _cannot_be_added(), status=409)
        instead = own[0]
    try:
        kept = send(draft, request.session, request.now, instead)
    except Refused as refused:
        return _summary(request, draft, Words.here().say(refused.refusal), status=409)
    if kept.query_code:  # else the button was pressed twice: the first time did all of this
        pace.count(request, request.now)
        access.grant(request, kept.matter, kept.number, request.now)
        keep_submission(request, kept.matter, kept.number, draft.said("kind", "kind"))
    shelf.empty(request.shelf)
    return redirect("portal:receipt", key=draft.key)


def _alike(request: DraftRequest, draft: Draft) -> list[tuple[KnownMatter, bool]]:
    """The writer's own matters that this may be about, each with whether it may be added there."""
    subject, body = draft.said("words", "subject"), draft.said("words", "body")
    found = alike_matters(request, subject, body, draft.region, request.now)
    return [(one, takes_more(one, draft.said("kind", "kind"))) for one in found]


def _cannot_be_added() -> str:
    return _(
        "It cannot be added to that petition any more: it is closed, or you have to open it with number and"
        " query code again. You can send this one by itself."
    )


def _stage(page: str) -> dict[str, Any]:
    """Where in the few steps a page is."""
    labels = [
        _("What it is about"),
        _("Where"),
        _("What happened"),
        _("Photos and papers"),
        _("Who you are"),
        _("Check and send"),
    ]
    return {"stages": labels, "stage": _STAGES.index(_STAGE_OF.get(page, page)) + 1}


def _page(request: DraftRequest, draft: Draft, page: str, form: PortalForm) -> HttpResponse:
    order = list(draft.order())
    at = order.index(page)
    facts = {
        **_stage(page),
        **_kept(request),
        **_of_page(request, draft, page),
        "form": form,
        "page": page,
        "draft": draft,
        "report": draft.said("kind", "kind") == "report",
        "back": reverse("portal:submit_page", args=[order[at - 1]])
        if at
        else reverse("portal:home"),
    }
    return render(request, f"portal/submit/{page}.html", facts)


def _of_page(request: DraftRequest, draft: Draft, page: str) -> dict[str, Any]:
    """What only one page shows."""
    match page:
        case "files":
            return files.page_facts(draft, request.shelf)
        case "category":
            return {"other_kind": _other_kind(draft)}
        case _:
            return {}


def _other_kind(draft: Draft) -> dict[str, str] | None:
    """The kind of matter that the words speak of more than of the chosen one, with these words."""
    said = (draft.said("words", "subject"), draft.said("words", "body"), draft.said("kind", "kind"))
    found = suggested.another_kind(*said)
    if found is None:
        return None
    words = list_words(list(found.words[:4]))
    return {"code": found.code, "kind": Words.here().label("kind", found.code), "words": words}


def _kept(request: DraftRequest) -> dict[str, Any]:
    """How long the draft stays."""
    return {
        "kept_longer": shelf.is_kept_longer(request.shelf),
        "kept_until": shelf.ends_at(request.shelf, request.now),
    }


def _summary(
    request: DraftRequest, draft: Draft, refusal: str = "", status: int = 200
) -> HttpResponse:
    if not request.session.session_key:
        # The receipt will lie there: the browser shall know its session before it sends, and twice perhaps.
        request.session["portal_sending"] = True
    facts = {
        **_stage(_CHECK),
        **_kept(request),
        **summary(draft),
        "alike": _alike(request, draft),
        "files": files.shown(draft),
        "draft": draft,
        "page": _CHECK,
        "refusal": refusal,
    }
    return render(request, "portal/submit/check.html", facts, status=status)


def _dates(request: PortalRequest, kept: KeptReceipt) -> list[dict[str, Any]]:
    sheet = matters.sheet(petitioner_of(kept.matter), kept.matter, request.now)
    return duties(sheet.clocks, Words.here()) if sheet is not None else []
