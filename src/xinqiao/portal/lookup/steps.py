"""What a petitioner does on an open matter: add a supplement, take it back, ask for a written opinion."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.lookup.way import Teller
from xinqiao.lookup.words import Words
from xinqiao.matters import actions
from xinqiao.matters.queries import Sheet
from xinqiao.portal.access import PortalRequest, for_holder, sheet_of, typed_before
from xinqiao.portal.lookup import drafts
from xinqiao.portal.lookup.forms import StepForm, SupplementForm, WithdrawForm, WrittenOpinionForm
from xinqiao.portal.lookup.offered import why_not
from xinqiao.rules.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def supplement(request: PortalRequest) -> HttpResponse:
    """Adds a supplement, or answers the question that waits."""
    done = _("Your supplement was added. Whoever handles the matter sees it at once.")
    return _step(request, "supplement", SupplementForm, "portal/lookup/supplement.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def withdraw(request: PortalRequest) -> HttpResponse:
    """Takes the petition back, after saying what that means."""
    done = _("The petition was taken back. It is no longer handled.")
    return _step(request, "withdraw", WithdrawForm, "portal/lookup/withdraw.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def written_opinion(request: PortalRequest) -> HttpResponse:
    """Asks for the written opinion that is due on request after a plain answer (art. 32)."""
    done = _("You asked for a written opinion. The unit that handles the matter sees it at once.")
    return _step(
        request,
        "ask_written_opinion",
        WrittenOpinionForm,
        "portal/lookup/written_opinion.html",
        done,
    )


def _step(
    request: PortalRequest, step: str, kind: type[StepForm], template: str, done: str
) -> HttpResponse:
    """The page of one step: asks, takes it, and on a refusal says why and keeps what was typed."""
    if drafts.wants_keeping(request):
        return kept(request)
    sheet = sheet_of(request)
    form = bound(request, kind, sheet)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if taken_now(request, form, step, fields) or _repeated(sheet, step, fields):
            drafts.drop(request)
            messages.success(request, done)
            return redirect("portal:matter", number=request.right.number)
    words = Words.here()
    facts = {
        "form": form,
        "keeps": len(form.fields) > 1,
        "number": request.right.number,
        "question": Teller(sheet, request.right.number, words).question(),
        "refusal": why_not(sheet, step, words),
    }
    return render(request, template, facts)


def bound(request: PortalRequest, kind: type[StepForm], sheet: Sheet, **more: Any) -> StepForm:
    """The form of a step: with what was sent, what was kept or typed before the matter closed, or empty."""
    if request.method == "POST":
        return kind(request.POST, **more)
    before = drafts.of(request) | (typed_before(request) or {})
    return kind(initial={**before, "seen": sheet.facts.last_seq}, **more)


def kept(request: PortalRequest) -> HttpResponse:
    """Keeps what was typed without sending it, and shows the page again."""
    drafts.keep(request)
    silent = drafts.kept_silently(request)
    if silent is not None:
        return silent
    messages.info(
        request,
        _("Your words are kept in this browser and not sent yet. You can go on any time today."),
    )
    return redirect(request.path)


def taken_now(request: PortalRequest, form: StepForm, step: str, fields: Mapping[str, Any]) -> bool:
    """Takes the step as the petitioner; a refusal becomes words at the form."""
    try:
        actions.take(
            request.right.matter, step, fields, by=request.person, now=request.now,
            seen=form.cleaned_data.get("seen"),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused.refusal)
        data = cast(Any, form.data).copy()
        data["seen"] = sheet_of(request).facts.last_seq  # the next try has seen what came between
        form.data = data
        return False
    return True


def _repeated(sheet: Sheet, step: str, fields: Mapping[str, Any]) -> bool:
    """Whether the very same step was the last one: the button was pressed twice, and once is enough."""
    last = sheet.entries[-1]
    return last.step == step and all(
        last.texts.get(name) == value for name, value in fields.items()
    )
