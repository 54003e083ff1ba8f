"""Screening rounds: the list, one round with its parts, the report of a part, a new one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_staff, for_working_posts
from xinqiao.desk.disputes.forms import ReportForm, RoundForm
from xinqiao.desk.disputes.pages import PAGE, form_page, page_number, turning, typed
from xinqiao.desk.disputes.register import size_words
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.disputes import queries
from xinqiao.disputes.actions import rounds as actions
from xinqiao.disputes.values import Filters, RoundLine
from xinqiao.matters.queries import today
from xinqiao.rules.disputes import calls_rounds
from xinqiao.rules.refusals import Refused
from xinqiao.ui.jinja import draw

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@for_working_posts
def rounds(request: DeskRequest) -> HttpResponse:
    """The rounds, the latest first, each with how far it has come; what the person has to report, above."""
    number = page_number(request)
    found = queries.round_page(request.person, number, PAGE, request.now)
    facts = {
        "rounds": found[:PAGE],
        "waiting": queries.parts_to_report(request.person, request.now),
        "calls": bool(_areas(request)),
        **turning(request, number, len(found)),
    }
    return render(request, "desk/disputes/rounds.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The rounds as an Excel file."""
    found = queries.round_page(request.person, 1, MOST_ROWS, request.now)
    headings = [
        _("Round"), _("Called by"), request.names.word("field", "region"), _("From the day"), _("Until the day"),
        _("Parts"), _("Reported"), _("Disputes found"), _("Closed on"),
    ]  # fmt: skip
    note_export(request, "screening rounds")
    return sheet_response(_("Screening rounds"), headings, _cells(request, found))


def _cells(request: DeskRequest, found: list[RoundLine]) -> Iterator[list[str | int | date | None]]:
    for line in found:
        yield [
            line.title, request.names.unit(line.unit), request.names.region(line.region), line.first_day,
            line.last_day, line.parts, line.reported, line.found, line.closed_on,
        ]  # fmt: skip


def _areas(request: DeskRequest) -> list[tuple[str, str]]:
    """The units of the person that may call a round, each with its region."""
    units, day = request.names.units, today(request.now)
    return [
        (code, units[code].region)
        for code in sorted(request.person.units())
        if code in units and calls_rounds(code, units[code].region, units, day)
    ]


@require_safe
@for_staff
def one_round(request: DeskRequest, round_id: int) -> HttpResponse:
    """A round: who looks where, who has reported, what was found."""
    line = queries.round_line(request.person, round_id, request.now)
    if line is None:
        raise Http404
    found = queries.page(request.person, Filters(list="all", round=round_id), 1, PAGE, request.now)
    parts = queries.parts_of(request.person, round_id, request.now)
    facts = {
        "line": line,
        "parts": parts,
        "categories": [request.names.category(code) for code in line.categories],
        "own": request.person.units(),
        "rows": draw("desk/disputes/rows.html", request, lines=found[:PAGE], size=size_words) if found else "",
        "more": len(found) > PAGE,
        "closes": line.unit in request.person.units() and line.closed_on is None,
        "missing": line.parts - line.reported,
    }  # fmt: skip
    return render(request, "desk/disputes/round.html", facts)


@require_POST
@for_staff
def close(request: DeskRequest, round_id: int) -> HttpResponse:
    """The round is over."""
    try:
        actions.close(round_id, by=request.person, now=request.now)
    except Refused as refused:
        if refused.refusal.code == "not_found":
            raise Http404 from refused
        messages.error(request, request.names.say(refused.refusal))
    else:
        messages.success(request, _("The round is closed."))
    return HttpResponseRedirect(reverse("desk:round", args=[round_id]))


@require_http_methods(_METHODS)
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """Calls a round over the area of a unit of the person."""
    areas = _areas(request)
    if not areas:
        raise PermissionDenied
    asked = request.GET.get("unit", "")
    unit, region = next((one for one in areas if one[0] == asked), areas[0])
    form = RoundForm(request.names, unit, region, today(request.now), typed(request))

    def do() -> str:
        row = actions.call(form.value(), by=request.person, now=request.now)
        return reverse("desk:round", args=[row])

    facts: dict[str, Any] = {
        "title": _("Call a screening round"),
        "lead": _("%(unit)s has its area looked at: %(region)s.")
        % {"unit": request.names.unit(unit), "region": request.names.region(region)},
        "back": reverse("desk:rounds"),
        "back_label": _("Screening rounds"),
        "label": _("Call it"),
        "article": "22",
        "others": [(code, request.names.unit(code)) for code, _area in areas if code != unit],
    }
    return form_page(request, form, facts, do=do, said=_("Called: each unit sees its part."))


@require_http_methods(_METHODS)
@for_staff
def part(request: DeskRequest, part: int) -> HttpResponse:
    """The unit's part of a round: what was entered, and the report."""
    line = queries.part(request.person, part, request.now)
    if line is None:
        raise Http404
    round_line = queries.round_line(request.person, line.round, request.now)
    form = ReportForm(request.names, line.found, typed(request))

    def do() -> str:
        said = form.cleaned_data
        actions.report(
            part, said["looked"], nothing=said["nothing"], by=request.person, now=request.now
        )
        return reverse("desk:round", args=[line.round])

    facts = {
        "title": _("Report: %(region)s") % {"region": request.names.region(line.region)},
        "lead": round_line.title if round_line else "",
        "back": reverse("desk:round", args=[line.round]),
        "back_label": _("The round"),
        "label": _("Report it"),
        "article": "22",
        "line": line,
    }
    template = "desk/disputes/part.html"
    return form_page(request, form, facts, do=do, said=_("Reported."), template=template)
