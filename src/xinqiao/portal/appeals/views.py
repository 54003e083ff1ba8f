"""Asking for a review (复查) and for a re-examination (复核)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.lookup.dates import windows
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Sheet
from xinqiao.portal.access import PortalRequest, for_holder, sheet_of
from xinqiao.portal.appeals.forms import AppealForm
from xinqiao.portal.lookup.offered import appeal_step, buttons, why_not
from xinqiao.portal.lookup.steps import bound, taken_now
from xinqiao.rules.routing import targets
from xinqiao.rules.units import UnitKind


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def appeal(request: PortalRequest) -> HttpResponse:
    """Asks for the next level, while its window is open; otherwise says why not and what else is possible."""
    sheet, words = sheet_of(request), Words.here()
    step = appeal_step(sheet)
    organs = _organs(request, sheet, step, words)
    form = bound(request, AppealForm, sheet, organs=organs)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("reason", "to_unit")}
        if taken_now(request, form, step, fields):
            messages.success(
                request, _("Your request was sent. Below you see by when it is decided.")
            )
            return redirect("portal:matter", number=request.right.number)
    facts: dict[str, Any] = {
        "form": form,
        "step": step,
        "title": words.label("step", step),
        "number": request.right.number,
        "organs": organs,
        "refusal": why_not(sheet, step, words),
        "windows": windows(sheet.clocks, words),
        "possible": [
            one for one in buttons(sheet, request.right.number, words) if not one["refusal"]
        ],
    }
    return render(request, "portal/appeals/appeal.html", facts)


def _organs(
    request: PortalRequest, sheet: Sheet, step: str, words: Words
) -> list[tuple[str, str, str]]:
    """The organs that may be asked: code, name, and what it is to the one that decided."""
    codes = targets(step, sheet.facts, words.units, matters.today(request.now))
    return [(code, words.unit(code), _explain(words.units[code].kind)) for code in codes]


def _explain(kind: UnitKind) -> str:
    if kind is UnitKind.GOVERNMENT:
        return _("The government above the unit that decided.")
    return _("The same line of work, one level up.")
