"""The start page: four doors, what belongs here, and which matters go another legal way (art. 31)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.lookup.words import Words
from xinqiao.rules.states import OUTSIDE_PATHS, Kind, LegalPath


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    words = Words.here()
    facts = {
        "kinds": [_explained(words, "kind", kind) for kind in Kind],
        "outside": [_explained(words, "path", one) for one in LegalPath if one in OUTSIDE_PATHS],
        "inside": [_explained(words, "path", one) for one in LegalPath if one not in OUTSIDE_PATHS],
    }
    return render(request, "portal/home/home.html", facts)


def _explained(words: Words, group: str, code: str) -> dict[str, Any]:
    return {"label": words.label(group, code), "help": words.help(group, code)}
