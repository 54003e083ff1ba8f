"""The targets of a year: the list by place, as a table to take away, and setting one."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets.plans.common import (
    CONFLICT,
    UNFIT,
    aim_said,
    distance_said,
    figure,
    indicator_name,
    place_code,
    place_name,
    shown,
    year_of,
)
from xinqiao.desk.targets.plans.forms import TargetForm
from xinqiao.matters.queries import today
from xinqiao.rules.refusals import Refused
from xinqiao.targets.plans import places, queries
from xinqiao.targets.plans.actions import setting
from xinqiao.targets.plans.values import PlaceLine
from xinqiao.ui.jinja import draw

METHODS = ["GET", "HEAD", "POST"]
_DASH = "—"


@require_safe
@for_working_posts
def plan(request: DeskRequest) -> HttpResponse:
    """What binds each place that the person sees, beside last year, this year so far, and the distance."""
    year = year_of(request)
    lines = queries.lines(request.person, year, request.now)
    rows = [_row(request, one) for one in lines]
    facts = {
        "year": year,
        "rows": draw("desk/targets/plan_rows.html", request, groups=_by_place(rows), year=year)
        if rows
        else "",
        "keeps": queries.keeps(request.person),
        "missed": sum(one.away is not None and not one.reached for one in lines),
        "places": len({one.binding.place for one in lines}),
    }
    return shown(request, "plan", "plan", facts)


def _row(request: DeskRequest, line: PlaceLine) -> dict[str, Any]:
    names, weights, bound = request.names, queries.weights(), line.binding
    spec = weights.indicators.get(bound.indicator)
    rate = bool(spec and spec.rate)
    return {
        "place": place_name(names, bound.place), "code": place_code(bound.place),
        "target": bound.target if line.opens else None,
        "indicator": indicator_name(names, weights, bound.indicator), "part": bound.part,
        "last": figure(line.last, spec), "this": figure(line.this, spec), "reached": line.reached,
        "aim": aim_said(names, bound.aim, bound.amount, bound.aimed, rate),
        "away": distance_said(line.away, rate), "office": names.unit(bound.office),
    }  # fmt: skip


def _by_place(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["code"], []).append(row)
    return list(found.values())


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The list of a year as an Excel file."""
    year = year_of(request)
    note_export(request, "plan:targets")
    headings = [
        _("Region or unit"), _("Indicator"), _("Last year"), _("This year so far"), _("Target"), _("Distance"),
        _("Set by"),
    ]  # fmt: skip
    cells: Iterator[list[Cell]] = (
        [row["place"], row["indicator"], row["last"], row["this"], row["aim"], row["away"], row["office"]]
        for row in (_row(request, one) for one in queries.lines(request.person, year, request.now))
    )  # fmt: skip
    return sheet_response(_("Targets of %(year)s") % {"year": year}, headings, cells)


@require_http_methods(METHODS)
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """Sets a target, or sets it anew."""
    offices = queries.keeps(request.person)
    if not offices:
        raise PermissionDenied
    form = _form(request, offices)
    status = 200
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            try:
                made = setting.set_target(
                    form.cleaned_data["office"], form.wanted(), by=request.person, now=request.now
                )
            except Refused as refused:
                form.refuse(refused.refusal)
                status = CONFLICT
            else:
                messages.success(request, _("The target is set."))
                return redirect("desk:plan_target", made)
    return shown(request, "new", "plan", {"form": form}, status=status)


def _form(request: DeskRequest, offices: Sequence[str]) -> TargetForm:
    day = today(request.now)
    at = {
        place_code(place): place_name(request.names, place)
        for office in offices
        for place in places.of_office(office, day)
        if place.code != office
    }
    initial = {"year": year_of(request), "office": offices[0], "aim": "absolute"}
    asked = {
        name: request.GET[name] for name in ("place", "indicator", "aim") if name in request.GET
    }
    data = request.POST if request.method == "POST" else None
    return TargetForm(request.names, queries.weights(), offices, at, data, initial | asked)
