"""A suggestion to a call in three short pages; it ends with a receipt, as every petition does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.lookup.words import Words, list_words
from xinqiao.portal import access
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.account.keeping import keep_submission
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.public_decisions.forms import SuggestionForm, WhoForm
from xinqiao.portal.public_decisions.voice import Voice, count_sent, minutes_to_wait, typed
from xinqiao.portal.submit.sending import keep_receipt, receipt_of
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions.actions import calls as acting
from xinqiao.public_decisions.values import Call, NewSuggestion
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import Kind
from xinqiao.rules.suggestion_calls import CallStage
from xinqiao.text.personal_numbers import seen_in

_KIND, _CHECK = "suggestion", "check"
_FORMS: dict[str, Callable[..., PortalForm]] = {"words": SuggestionForm, "who": WhoForm}
_PAGES = (*_FORMS, _CHECK)


def called(ref: str) -> Call:
    """A published call. Raises Http404."""
    found = reading.public_call(ref)
    if found is None:
        raise Http404
    return found


@require_safe
@portal_page
def begin(request: PortalRequest, ref: str) -> HttpResponse:
    """Begins a suggestion, or goes on where one stopped."""
    called(ref)
    return redirect("portal:suggest_page", ref, _first_open(Voice.of(request.session, _KIND, ref)))


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def write(request: PortalRequest, ref: str, page: str) -> HttpResponse:
    """One page of a suggestion; the last one sends it."""
    call, voice = called(ref), Voice.of(request.session, _KIND, ref)
    if page not in _PAGES:
        raise Http404
    if call.stage is not CallStage.OPEN:
        messages.info(
            request, _("This call has ended. You can still submit your suggestion as a petition.")
        )
        return redirect("portal:suggestion_call", ref)
    if page == _CHECK:
        return _check(request, call, voice)
    if request.method == "POST":
        voice.pages[page] = typed(request)
        voice.keep(request.session)
    form = _FORMS[page](voice.pages.get(page))
    if request.method == "POST" and form.is_valid():
        return redirect("portal:suggest_page", ref, _first_open(voice))
    return _page(request, call, page, {"form": form})


def _first_open(voice: Voice) -> str:
    """The first page that was not filled in; that of the name counts when it was sent, empty or not."""
    return voice.first_open(_FORMS) or _CHECK


def _check(request: PortalRequest, call: Call, voice: Voice) -> HttpResponse:
    key = request.POST.get("key", "")
    if key and receipt_of(request.session, key) is not None:
        return redirect("portal:receipt", key=key)
    if _first_open(voice) != _CHECK:
        return redirect("portal:suggest_page", call.number, _first_open(voice))
    words, who = SuggestionForm(voice.pages["words"]), WhoForm(voice.pages["who"])
    words.is_valid(), who.is_valid()
    said = words.cleaned_data
    facts: dict[str, Any] = {
        "voice": voice, "said": said, "notes": words.notes(), "who": who.person(),
        "words_url": reverse("portal:suggest_page", args=[call.number, "words"]),
        "office": Words.here().unit(call.unit),
        "numbers": list_words(seen_in(f"{said['subject']}\n{said['body']}")),
    }  # fmt: skip
    if request.method == "POST" and key == voice.key:
        suggestion = NewSuggestion(
            subject=said["subject"], body=said["body"], who=who.person(), request_key=voice.key
        )
        refusal = _send(request, call, voice, suggestion)
        if not refusal:
            return redirect("portal:receipt", key=key)
        return _page(request, call, _CHECK, facts | {"refusal": refusal}, status=409)
    return _page(request, call, _CHECK, facts)


def _send(request: PortalRequest, call: Call, voice: Voice, suggestion: NewSuggestion) -> str:
    """Sends it once and keeps its receipt. Returns "", or why it was not sent; what was written stays then."""
    minutes = minutes_to_wait(request)
    if minutes:
        said = _(
            "Very many suggestions came from here. Send yours in %(minutes)s minutes: what you wrote is kept."
        )
        return said % {"minutes": minutes}
    try:
        with transaction.atomic():
            receipt = acting.suggest(call.number, suggestion, now=request.now)
            keep_receipt(request.session, voice.key, receipt, call.unit, [])
    except Refused as refused:
        return Words.here().say(refused.refusal)
    count_sent(request)
    if receipt.fresh:
        access.grant(request, receipt.matter, receipt.number, request.now)
        keep_submission(request, receipt.matter, receipt.number, Kind.SUGGESTION)
    voice.drop(request.session)
    return ""


def _page(
    request: PortalRequest, call: Call, page: str, facts: dict[str, Any], status: int = 200
) -> HttpResponse:
    at = _PAGES.index(page)
    shared = {
        "call": call,
        "about": call.topic,
        "stages": [_("Your suggestion"), _("Your name, if you like"), _("Check and send")],
        "stage": at + 1,
        "page": page,
        "back": reverse("portal:suggest_page", args=[call.number, _PAGES[at - 1]])
        if at
        else reverse("portal:suggestion_call", args=[call.number]),
    }
    template = "suggestion_check" if page == _CHECK else "page"
    return render(
        request, f"portal/public_decisions/{template}.html", shared | facts, status=status
    )
