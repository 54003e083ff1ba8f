"""Asking for a review (复查) and for a re-examination (复核)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.lookup import files as files_told
from xinqiao.lookup.dates import duties, windows
from xinqiao.lookup.way import Teller
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Sheet, Told
from xinqiao.portal.access import PortalRequest, for_holder, sheet_of
from xinqiao.portal.appeals.forms import AppealForm
from xinqiao.portal.appeals.why import rule
from xinqiao.portal.lookup import attached, drafts
from xinqiao.portal.lookup.offered import APPEALS, appeal_step, buttons, why_not
from xinqiao.portal.lookup.steps import bound, kept_for_later, taken_now
from xinqiao.rules.routing import targets
from xinqiao.rules.units import UnitKind

#: The duties of whoever was asked.
_DECIDES = frozenset({"review", "reexamine"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def appeal(request: PortalRequest) -> HttpResponse:
    """Asks for the next level, while its window is open; otherwise says why not and what else is possible."""
    sheet, words = sheet_of(request), Words.here()
    step = appeal_step(sheet)
    organs = _organs(request, sheet, step, words)
    form = bound(request, AppealForm, sheet, organs=organs)
    if (kept := kept_for_later(request, form)) is not None:
        return kept
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("reason", "to_unit")}
        if taken_now(request, form, step, fields):
            drafts.drop(request)
            return redirect("portal:appeal_receipt", number=request.right.number)
    facts: dict[str, Any] = {
        "form": form,
        "chosen": attached.shown(request, attached.chosen(request), remove=request.path),
        "step": step,
        "title": words.label("step", step),
        "number": request.right.number,
        "organs": organs,
        "refusal": why_not(sheet, step, words),
        "asked": asked(sheet) is not None,
        "rule": rule(sheet, step, words),
        "windows": windows(sheet.clocks, words),
        "possible": _possible(sheet, request.right.number, words),
    }
    return render(request, "portal/appeals/appeal.html", facts)


@require_safe
@for_holder
def receipt(request: PortalRequest) -> HttpResponse:
    """The proof that a request was received: what was asked of whom, when, and by when it is decided."""
    sheet, words = sheet_of(request), Words.here()
    entry = asked(sheet)
    if entry is None:
        return redirect("portal:appeal", number=request.right.number)
    files = files_told.of_entries(Teller(sheet, request.right.number, words), request.right.matter)
    facts = {
        "number": request.right.number,
        "files": attached.shown(request, files.get(entry.seq, [])),
        "title": words.label("step", entry.step),
        "at": entry.at,
        "organ": words.unit(str(entry.payload["to_unit"])),
        "reason": entry.texts.get("reason") if sheet.facts.contacts == 1 else None,
        "duties": [one for one in duties(sheet.clocks, words) if one["clock"].id in _DECIDES],
    }
    return render(request, "portal/appeals/receipt.html", facts)


def asked(sheet: Sheet) -> Told | None:
    """The newest request for a review or a re-examination; None when there was none."""
    return next((one for one in reversed(sheet.entries) if one.step in APPEALS), None)


def _possible(sheet: Sheet, number: str, words: Words) -> list[dict[str, Any]]:
    return [one for one in buttons(sheet, number, words) if not one["refusal"]]


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
