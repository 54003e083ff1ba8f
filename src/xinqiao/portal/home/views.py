"""The start page: four doors, today's reception, what belongs here, what goes another legal way (art. 31)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xinqiao.lookup.words import Words
from xinqiao.portal.home.desks import todays_desks
from xinqiao.portal.home.paths import ways
from xinqiao.portal.public_decisions.views import asked_now
from xinqiao.portal.submit import shelf
from xinqiao.rules.states import Kind


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    words, found = Words.here(), ways()
    now = getattr(request, "now", timezone.now())
    facts = {
        "kinds": [_explained(words, "kind", kind) for kind in Kind],
        "outside": [way for way in found if not way.inside],
        "inside": [way for way in found if way.inside],
        "desks": todays_desks(now),
        "today": timezone.localdate(now),
        "begun": shelf.begun(request),
        "asked": asked_now(now),
    }
    return render(request, "portal/home/home.html", facts)


def _explained(words: Words, group: str, code: str) -> dict[str, Any]:
    return {"label": words.label(group, code), "help": words.help(group, code)}
