"""Asking for help from the fund, on a matter. Nothing is asked in return, and the page says so."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter import attached
from xinqiao.desk.matter.fields import Setting
from xinqiao.desk.relief.forms import AskForm, hands_said
from xinqiao.evidence import actions as evidence
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import today
from xinqiao.people import queries as people
from xinqiao.people.values import Masked
from xinqiao.relief import actions, queries
from xinqiao.relief.limits import limits
from xinqiao.rules.matters import may
from xinqiao.rules.money import yuan
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.table import STEPS

_CONFLICT, _UNFIT = 409, 422
#: A refusal that one answers in a field of the form.
_AT_FIELD = {
    "relief_given_before": "again_why", "relief_wrong_fund": "relief_office", "relief_not_petitioner": "petitioner",
    "relief_no_government": "amount_fen", "relief_pending": "relief_need",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def ask(request: DeskRequest, number: str) -> HttpResponse:
    """The form, and asking. Raises Http404 for a matter that does not exist for the person."""
    sheet = sheet_of(request, number)
    step = STEPS["request_relief"]
    offices = queries.offices_for(sheet.facts.region, request.now)
    refusal = may(step, sheet.case) or _nowhere(offices)
    if refusal is not None:
        why_not = request.names.say(refusal)
        status = 403 if refusal.code == "not_yours" else _CONFLICT
        facts = {"line": sheet.line, "why_not": why_not}
        return render(request, "desk/relief/not_now.html", facts, status=status)
    setting = Setting(sheet=sheet, step=step, names=request.names, today=today(request.now))
    behind = _behind(sheet.line.id)
    if request.method != "POST":
        return _show(request, setting, AskForm(setting, offices, behind))
    form = AskForm(setting, offices, behind, request.POST, request.FILES)
    valid = form.is_valid()
    form.hold(_held(request, form))
    if not valid or form.errors:
        return _show(request, setting, form, _UNFIT)
    return _asked(request, setting, form)


def _asked(request: DeskRequest, setting: Setting, form: AskForm) -> HttpResponse:
    line = setting.sheet.line
    try:
        with transaction.atomic():
            files = [file.id for file in form.held.files]
            evidence.hand_over(files, to=attached.of_matter(line.id))
            made = actions.request(line.id, form.wanted(), by=request.person, now=request.now)
    except Refused as refused:
        field = _AT_FIELD.get(refused.refusal.code, refused.refusal.facts.get("field", ""))
        said = request.names.say(refused.refusal)
        form.add_error(field if field in form.fields else None, said)
        return _show(request, setting, form, _CONFLICT)
    messages.success(request, _("The request was made; whoever approves it sees it now."))
    return redirect("desk:relief_request", made)


def _held(request: DeskRequest, form: AskForm) -> attached.Held:
    chosen = form.cleaned_data.get(attached.FIELD) or []
    before = request.POST.getlist(attached.HELD)
    return attached.hold(chosen, before, by=request.person, now=request.now)


def _nowhere(offices: list[str]) -> Refusal | None:
    """No fund is there to ask, or nobody knows who approves."""
    try:
        limits()
    except Refused as refused:
        return refused.refusal
    return None if offices else Refusal("relief_wrong_fund", "37")


def _behind(matter_id: int) -> dict[int, Masked]:
    """The petitioners of the matter, masked."""
    contacts = [line.id for line in intake.of_matter(matter_id)]
    ids = people.petitioners_of(contacts)
    known = people.masked(ids)
    return {one: known[one] for one in ids if not known[one].forgotten}


def _show(request: DeskRequest, setting: Setting, form: AskForm, status: int = 200) -> HttpResponse:
    known = limits()
    english = request.names.language.startswith("en")
    facts: dict[str, Any] = {
        "line": setting.sheet.line,
        "form": form,
        "levels": [
            (yuan(level.up_to_fen) if level.up_to_fen else "", hands_said(level.approvals, request.names))
            for level in known.levels
        ],
        "source": known.source_en if english else known.source_zh,
    }  # fmt: skip
    return render(request, "desk/relief/ask.html", facts, status=status)
