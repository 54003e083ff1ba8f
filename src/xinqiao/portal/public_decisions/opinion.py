"""An opinion on a planned decision in three short pages, without log-in and without a name."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.lookup.words import Words, list_words
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.forms import PortalForm
from xinqiao.portal.public_decisions.forms import OpinionForm, StanceForm
from xinqiao.portal.public_decisions.voice import Voice, count_sent, minutes_to_wait, typed
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.actions import opinions
from xinqiao.public_decisions.actions.calls import SENDER
from xinqiao.public_decisions.values import AssessmentSheet, NewOpinion, Role, Stance
from xinqiao.rules.public_decisions import Stage
from xinqiao.rules.refusals import Refused
from xinqiao.text.personal_numbers import seen_in
from xinqiao.ui import sealed

_KIND, _CHECK = "opinion", "check"
_FORMS: dict[str, Callable[..., PortalForm]] = {"stance": StanceForm, "words": OpinionForm}
_PAGES = (*_FORMS, _CHECK)
_SENT = "portal_opinions_sent"


def asked(ref: str) -> AssessmentSheet:
    """What everybody may read of the decision. Raises Http404."""
    sheet = queries.public_sheet(ref)
    if sheet is None:
        raise Http404
    return sheet


@require_safe
@portal_page
def begin(request: PortalRequest, ref: str) -> HttpResponse:
    """Begins an opinion, or goes on where one stopped."""
    asked(ref)
    return redirect("portal:opinion_page", ref, _first_open(Voice.of(request.session, _KIND, ref)))


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def write(request: PortalRequest, ref: str, page: str) -> HttpResponse:
    """One page of an opinion; the last one sends it."""
    sheet, voice = asked(ref), Voice.of(request.session, _KIND, ref)
    if page not in _PAGES:
        raise Http404
    if sheet.line.stage is not Stage.GATHERING:
        messages.info(
            request, _("Opinions on this decision are no longer taken. Here is how far it is.")
        )
        return redirect("portal:decision", ref)
    if page == _CHECK:
        return _check(request, sheet, voice)
    if request.method == "POST":
        voice.pages[page] = typed(request)
        voice.keep(request.session)
    form = _FORMS[page](voice.pages.get(page))
    if request.method == "POST" and form.is_valid():
        return redirect("portal:opinion_page", ref, _first_open(voice))
    return _page(request, sheet, page, {"form": form})


def _first_open(voice: Voice) -> str:
    return voice.first_open(_FORMS) or _CHECK


def _check(request: PortalRequest, sheet: AssessmentSheet, voice: Voice) -> HttpResponse:
    ref = sheet.line.number
    if request.method == "POST" and request.POST.get("key") in _sent(request):
        return redirect("portal:opinion_sent", ref)
    if _first_open(voice) != _CHECK:
        return redirect("portal:opinion_page", ref, _first_open(voice))
    form = OpinionForm(voice.pages["words"])
    form.is_valid()
    facts: dict[str, Any] = {
        "voice": voice,
        "words_url": reverse("portal:opinion_page", args=[ref, "words"]),
        "words": form.cleaned_data["words"],
        "notes": form.notes(),
        "numbers": list_words(seen_in(form.cleaned_data["words"])),
        "stance": Words.here().label("opinion_stance", voice.said("stance", "stance")),
        "role": Words.here().label("touched_role", voice.said("stance", "role")),
    }
    if request.method == "POST" and request.POST.get("key") == voice.key:
        refusal = _send(request, voice, form.cleaned_data["words"])
        if not refusal:
            return redirect("portal:opinion_sent", ref)
        return _page(request, sheet, _CHECK, facts | {"refusal": refusal}, status=409)
    return _page(request, sheet, _CHECK, facts)


def _send(request: PortalRequest, voice: Voice, words: str) -> str:
    """Sends it once. Returns "", or why it was not sent; what was written stays then."""
    minutes = minutes_to_wait(request)
    if minutes:
        said = _(
            "Very many opinions came from here. Send yours in %(minutes)s minutes: what you wrote is kept."
        )
        return said % {"minutes": minutes}
    opinion = NewOpinion(
        stance=Stance(voice.said("stance", "stance")), role=Role(voice.said("stance", "role")), words=words,
        request_key=voice.key,
    )  # fmt: skip
    try:
        number = opinions.give(voice.ref, opinion, by=SENDER, now=request.now)
    except Refused as refused:
        return Words.here().say(refused.refusal)
    count_sent(request)
    sent = _sent(request) | {voice.key: [voice.ref, number]}
    sealed.put(request.session, _SENT, dict(list(sent.items())[-20:]))
    voice.drop(request.session)
    return ""


def _sent(request: PortalRequest) -> dict[str, Any]:
    return sealed.get(request.session, _SENT) or {}


@require_safe
@portal_page
def sent(request: PortalRequest, ref: str) -> HttpResponse:
    """The number of the opinion that this browser sent last, with which its answer is found."""
    sheet = asked(ref)
    numbers = [number for to, number in _sent(request).values() if to == ref]
    if not numbers:
        return redirect("portal:decision", ref)
    facts = {"sheet": sheet, "number": numbers[-1]}
    return render(request, "portal/public_decisions/sent.html", facts)


def _page(
    request: PortalRequest,
    sheet: AssessmentSheet,
    page: str,
    facts: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    at, ref = _PAGES.index(page), sheet.line.number
    shared = {
        "sheet": sheet,
        "about": sheet.line.subject,
        "stages": [_("What you think"), _("Why"), _("Check and send")],
        "stage": at + 1,
        "page": page,
        "back": reverse("portal:opinion_page", args=[ref, _PAGES[at - 1]])
        if at
        else reverse("portal:decision", args=[ref]),
    }
    template = "opinion_check" if page == _CHECK else "page"
    return render(
        request, f"portal/public_decisions/{template}.html", shared | facts, status=status
    )
