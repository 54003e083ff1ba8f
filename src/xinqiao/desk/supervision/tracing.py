"""Who held a matter for how long, and how long a unit held its matters in a period."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff, for_working_posts, sheet_of
from xinqiao.desk.controls import Day, DeskForm
from xinqiao.desk.supervision import pages
from xinqiao.desk.supervision.bars import bar, legend, named
from xinqiao.desk.supervision.pages import PAGE, about, lasted
from xinqiao.matters import queries as matters
from xinqiao.rules.trace import Holding
from xinqiao.supervision import queries as supervision
from xinqiao.supervision.queries import MOST_EXPORTED
from xinqiao.supervision.values import UnitTime
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

_DAYS = 90


@require_safe
@for_staff
def matter(request: DeskRequest, number: str) -> HttpResponseBase:
    """The trace of one matter: the bar, and the table of the same numbers."""
    sheet = sheet_of(request, number)
    found, names = supervision.traced(sheet, request.now), request.names
    if pages.is_export(request):
        headings = [_("Unit"), _("Kind of time"), _("Began"), _("Ended"), _("Minutes")]
        rows = (
            [named(one.unit, names), names.word("holding", one.holding), one.start, one.end, one.minutes]
            for one in found.spans
        )  # fmt: skip
        return pages.export(request, f"{_('Trace')} {number}", headings, rows)
    facts = {
        "line": sheet.line,
        "bar": bar(found, names),
        "legend": legend(found, names),
        "spans": [
            (named(one.unit, names), names.word("holding", one.holding), one, lasted(one.minutes))
            for one in found.spans
        ],
        "totals": [
            (named(unit, names), names.word("holding", holding), lasted(n), n)
            for unit, holding, n in found.totals
        ],
        "whole": lasted(found.whole),
        "minutes": found.whole,
        "export": pages.export_address(request),
    }
    return pages.shown(request, "trace", facts)


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def address(self) -> str:
        return f"first={self.first.isoformat()}&last={self.last.isoformat()}"


class _PeriodForm(DeskForm):
    """Two days; a period that ends before it begins is none."""

    def __init__(self, data: Any, period: Period) -> None:
        super().__init__(data or None, initial={"first": period.first, "last": period.last})
        self.fields["first"] = Day(label=_("First day"))
        self.fields["last"] = Day(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            raise forms.ValidationError(
                _("The period ends before it begins. Change one of the days.")
            )
        return cleaned


def _period(request: DeskRequest) -> tuple[_PeriodForm, Period]:
    """The form with what was typed, and the period that is shown: the last ninety days where none is given."""
    today = matters.today(request.now)
    usual = Period(first=today - timedelta(days=_DAYS - 1), last=today)
    typed = request.GET if "first" in request.GET or "last" in request.GET else None
    form = _PeriodForm(typed, usual)
    if typed is not None and form.is_valid():
        return form, Period(first=form.cleaned_data["first"], last=form.cleaned_data["last"])
    return form, usual


@require_safe
@for_working_posts
def units(request: DeskRequest) -> HttpResponseBase:
    """The minutes of each unit in a period, by kind; each figure leads to its matters."""
    form, period = _period(request)
    found = supervision.units_between(request.person, period.first, period.last, request.now)
    kinds = [one for one in Holding if any(row.holding == one for row in found)]
    table = _table(found, request)
    if pages.is_export(request):
        return _units_file(request, kinds, table)
    facts = {
        "form": form, "period": period, "kinds": [request.names.word("holding", one) for one in kinds],
        "table": [
            {
                **row,
                "cells": [
                    (request.names.word("holding", one), about(row["by"][one]) if row["by"].get(one) else "")
                    for one in kinds
                ],
            }
            for row in table
        ],
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "units", facts)


def _units_file(
    request: DeskRequest, kinds: list[Holding], table: list[dict[str, Any]]
) -> HttpResponseBase:
    words = [request.names.word("holding", one) for one in kinds]
    rows = (
        [row["name"], *(row["by"].get(one, 0) for one in kinds), row["minutes"]] for row in table
    )
    return pages.export(request, _("Who held what"), [_("Unit"), *words, _("Minutes")], rows)


def _table(found: list[UnitTime], request: DeskRequest) -> list[dict[str, Any]]:
    """A row for each unit, the one that held longest first."""
    rows: dict[str, dict[str, Any]] = {}
    for one in found:
        row = rows.setdefault(
            one.unit,
            {"unit": one.unit, "name": request.names.unit(one.unit), "by": {}, "minutes": 0},
        )  # fmt: skip
        row["by"][Holding(one.holding)] = one.minutes
        row["minutes"] += one.minutes
    for row in rows.values():
        row["whole"] = lasted(row["minutes"])
    return sorted(rows.values(), key=lambda row: -int(row["minutes"]))


@require_safe
@for_working_posts
def unit(request: DeskRequest, unit: str) -> HttpResponse | HttpResponseBase:
    """The matters behind the figures of a unit, the longest held first."""
    if unit not in request.names.units:
        raise Http404
    form, period = _period(request)
    number = page_number(request)
    size = MOST_EXPORTED if pages.is_export(request) else PAGE
    found = supervision.matters_held(
        request.person, unit, period.first, period.last, request.now, start=(number - 1) * PAGE, size=size
    )  # fmt: skip
    if not found and not _sees(request, unit):
        raise Http404
    names = request.names
    if pages.is_export(request):
        headings = [
            _("Number"),
            names.word("field", "subject"),
            _("State"),
            _("Kind of time"),
            _("Minutes"),
        ]
        rows = (
            [row.line.number, row.line.subject, names.word("state", row.line.state), names.word("holding", kind), n]
            for row in found
            for kind, n in row.holdings
        )  # fmt: skip
        return pages.export(request, names.unit(unit), headings, rows)
    facts = {
        "form": form, "period": period, "unit": unit,
        "rows": draw("desk/supervision/held.html", request, rows=found[:PAGE], lasted=lasted) if found else "",
        "previous": f"?{period.address}&page={number - 1}" if number > 1 else "",
        "following": f"?{period.address}&page={number + 1}" if len(found) > PAGE else "",
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "unit", facts)


def _sees(request: DeskRequest, unit: str) -> bool:
    """Whether the page of a unit is the person's at all: their own, or one they supervise."""
    region = request.names.units[unit].region
    areas = supervision.watches(request.person, request.now)
    return unit in request.person.units() or any(region.startswith(area) for area in areas)
