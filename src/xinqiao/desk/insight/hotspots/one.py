"""One hot spot: how it stands, its matters, what was done; handing it over, and saying what it was."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest
from xinqiao.desk.disputes.pages import form_page, typed
from xinqiao.desk.forms import OutcomeForm
from xinqiao.desk.insight.hotspots import drawing, words
from xinqiao.desk.insight.hotspots.access import for_lookouts
from xinqiao.desk.insight.hotspots.forms import HandOverForm, judgement_form
from xinqiao.desk.insight.hotspots.rising import matters_page
from xinqiao.directory import queries as directory
from xinqiao.insight.spots import actions, queries
from xinqiao.insight.spots.values import SpotLine, SpotSheet
from xinqiao.matters.queries import today
from xinqiao.rules import disputes as rules
from xinqiao.rules.dispute_levels import levels
from xinqiao.rules.refusals import Refused

_METHODS = ["GET", "HEAD", "POST"]
_UNFIT = 422


@require_http_methods(_METHODS)
@for_lookouts
def hotspot(request: DeskRequest, spot: int) -> HttpResponse:
    """The page of a hot spot; by POST somebody says what it turned out to be."""
    sheet = queries.sheet(request.person, spot, request.now)
    if sheet is None:
        raise Http404
    if sheet.line.id != spot and request.method != "POST":  # it became part of another one
        return redirect("desk:hotspot", spot=sheet.line.id)
    form = judgement_form(request.names, typed(request))
    if request.method == "POST" and form.is_valid() and _judged(request, sheet, form):
        messages.success(request, _("It was added, and counts for how right the warnings are."))
        return redirect("desk:hotspot", spot=sheet.line.id)
    if request.method != "POST":
        audit.record(
            AuditAction.VIEWED, now=request.now, by_account=request.account, unit=min(request.person.units()),
            object_kind="hotspot", object_id=sheet.line.id,
        )  # fmt: skip
    facts = _facts(request, sheet) | {"form": form}
    return render(
        request, "desk/insight/hotspots/one.html", facts, status=_UNFIT if form.errors else 200
    )


def _judged(request: DeskRequest, sheet: SpotSheet, form: OutcomeForm) -> bool:
    try:
        actions.judge(sheet.line.id, **form.cleaned_data, by=request.person, now=request.now)
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    return True


def _facts(request: DeskRequest, sheet: SpotSheet) -> dict[str, Any]:
    line, names = sheet.line, request.names
    acted = {one.account for one in sheet.judgements} | {one.account for one in sheet.hand_overs}
    said = directory.account_names(acted)
    running = next((one for one in sheet.hand_overs if one.open), None)
    return {
        "line": line, "name": words.name(line), "sheet": sheet, "running": running,
        "people": words.people(line.people), "contacts": words.contacts(line.contacts),
        "matters_said": words.matters(line.matters), "sure": words.sure(line.sure), "best": words.people(line.best),
        "closed": line.matters - line.open,
        "rule": words.rule(*line.rule) if line.rule else "",
        "warnings": [
            {"one": one, "rule": words.rule(one.users, one.days), "people": words.people(one.people)}
            for one in sheet.warnings
        ],
        "judgements": [(one, said.get(one.account, "")) for one in sheet.judgements],
        "hand_overs": [(one, said.get(one.account, "")) for one in sheet.hand_overs],
        "chart": drawing.of_spot(list(line.days), today(request.now)),
        **matters_page(request, sheet.matters),
        "may_hand_over": bool(_own(request, line)) and running is None,
        "why_not": _why_not(request, line, taken=running is not None), "names": names,
    }  # fmt: skip


def _own(request: DeskRequest, line: SpotLine) -> frozenset[str]:
    """The person's units that may enter a dispute at the place of the spot."""
    units, day = request.names.units, today(request.now)
    return frozenset(
        code
        for code in request.person.units()
        if code in units
        and rules.may_find(code, line.region or units[code].region, units, day) is None
    )


def _why_not(request: DeskRequest, line: SpotLine, *, taken: bool) -> str:
    if taken:
        return _("It has been handed over, and the dispute is still open.")
    if not _own(request, line):
        return _(
            "The place lies outside your unit's territory, or disputes are not its own to enter."
        )
    return ""


@require_http_methods(_METHODS)
@for_lookouts
def hand_over(request: DeskRequest, spot: int) -> HttpResponse:
    """The spot becomes a dispute with an owner and a day."""
    line = queries.one(request.person, spot, request.now)
    if line is None:
        raise Http404
    own = _own(request, line)
    if not own:
        raise PermissionDenied
    form = HandOverForm(
        request.names, line, own, _owners(request, line), today(request.now), typed(request)
    )

    def do() -> str:
        actions.hand_over(
            line.id, form.value(None), **form.handed, by=request.person, now=request.now
        )
        return reverse("desk:hotspot", args=[line.id])

    facts = {
        "title": _("Hand it over"),
        "lead": _(
            "It becomes a dispute in the register, with a unit that answers for it and a day. About the matter and"
            " the place: nobody's name."
        ),
        "back": reverse("desk:hotspot", args=[line.id]), "back_label": words.name(line),
        "label": _("Hand it over"), "article": "22",
    }  # fmt: skip
    return form_page(
        request, form, facts, do=do, said=_("Handed over; it stands in the register of disputes.")
    )


def _owners(request: DeskRequest, line: SpotLine) -> Sequence[str]:
    """Organs of the place, those in charge of the field first."""
    units, day = request.names.units, today(request.now)
    region = line.region or min(
        (units[code].region for code in request.person.units() if code in units), default=""
    )
    about = rules.Dispute(
        state=rules.State.FOUND, region=region, category=line.category, level=next(iter(levels())), finder="",
        holder="",
    )  # fmt: skip
    return rules.targets(about, units, day)
