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
from xinqiao.matters.queries import Sheet
from xinqiao.portal.access import PortalRequest, for_holder, sheet_of, typed_before
from xinqiao.portal.lookup import attached, drafts
from xinqiao.portal.lookup.forms import StepForm, SupplementForm, WithdrawForm, WrittenOpinionForm
from xinqiao.portal.lookup.offered import why_not
from xinqiao.rules.refusals import Refused

#: What a form carries beside the fields of its step.
_NO_FIELDS = {"seen", attached.FIELD}


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
    sheet = sheet_of(request)
    form = bound(request, kind, sheet)
    if (kept := kept_for_later(request, form)) is not None:
        return kept
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.fields if name not in _NO_FIELDS}
        if taken_now(request, form, step, fields) or _repeated(sheet, step, fields):
            drafts.drop(request)
            messages.success(request, done)
            return redirect("portal:matter", number=request.right.number)
    words = Words.here()
    facts = {
        "form": form,
        "keeps": len(form.fields) > 1,
        "chosen": attached.shown(request, attached.chosen(request), remove=request.path),
        "number": request.right.number,
        "question": Teller(sheet, request.right.number, words).question(),
        "refusal": why_not(sheet, step, words),
    }
    return render(request, template, facts)


def bound(request: PortalRequest, kind: type[StepForm], sheet: Sheet, **more: Any) -> StepForm:
    """The form of a step: with what was sent, what was kept or typed before the matter closed, or empty.

    Files that were sent are kept at once, whatever else is wrong with the form.
    """
    if request.method == "POST":
        form = kind(request.POST, request.FILES, **more)
        form.is_valid()
        attached.add(request, form)
        return form
    before = drafts.of(request) | (typed_before(request) or {})
    return kind(initial={**before, "seen": sheet.facts.last_seq}, **more)


def kept_for_later(request: PortalRequest, form: StepForm) -> HttpResponse | None:
    """Where the form was sent for something else than the step: to take a file out, or to keep it for later.

    None when it was sent for the step, and for a form with a file that could not be kept, which says so.
    """
    if request.method != "POST":
        return None
    if "file" in request.POST:
        attached.remove(request)
        return redirect(request.path)
    if not drafts.wants_keeping(request):
        return None
    drafts.keep(request)
    if (silent := drafts.kept_silently(request)) is not None:
        return silent
    if attached.FIELD in form.errors:
        return None
    messages.info(
        request,
        _("Your words are kept in this browser and not sent yet. You can go on any time today."),
    )
    return redirect(request.path)


def taken_now(request: PortalRequest, form: StepForm, step: str, fields: Mapping[str, Any]) -> bool:
    """Takes the step as the petitioner; a refusal becomes words at the form."""
    try:
        attached.take(request, step, fields, seen=form.cleaned_data.get("seen"))
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
