"""Open figures: what came in, how fast it was answered, how it was rated. Made of published cells alone."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.portal.figures import words as named
from xinqiao.portal.figures.pace import at_a_pace
from xinqiao.rules.open_figures import Table
from xinqiao.rules.small_cells import ALL
from xinqiao.targets.open_figures import queries
from xinqiao.targets.open_figures.queries import Month
from xinqiao.ui.charts import Chart, ChartKind, Series, Value
from xinqiao.ui.templatetags.figures import said

_SHOWN_MONTHS = 12


@require_safe
@at_a_pace
def page(request: HttpRequest) -> HttpResponse:
    """The last twelve months, and one of them in detail."""
    months, words = queries.published(), Words.here()
    one = _chosen(months, request.GET.get("month", ""))
    facts: dict[str, Any] = {"months": [month.month for month in reversed(months)], "one": one}
    if one is not None:
        last = months[-_SHOWN_MONTHS:]
        facts |= {
            "area": directory.region_name(one.region),
            "received": _number(one.of(Table.RECEIVED)),
            "in_time": _rate(one.rate(Table.ANSWERED_BY_REGION)),
            "satisfied": _rate(one.rate(Table.RATED_BY_REGION)),
            "days": one.of(Table.DAYS),
            "courses": _courses(last),
            "charts": _of_month(one, words),
        }
    return render(request, "portal/figures/figures.html", facts)


def _chosen(months: Sequence[Month], typed: str) -> Month | None:
    """The month that the address names, else the last one."""
    found = next((one for one in months if f"{one.month:%Y-%m}" == typed), None)
    return found or (months[-1] if months else None)


def _number(count: int | None) -> str:
    return _("withheld") if count is None else said(count)


def _rate(rate: float | None) -> str:
    return _("withheld") if rate is None else said(rate, True)


def _courses(months: Sequence[Month]) -> list[Chart]:
    labels = [f"{one.month:%Y-%m}" for one in months]
    in_time = [one.rate(Table.ANSWERED_BY_REGION) for one in months]
    satisfied = [one.rate(Table.RATED_BY_REGION) for one in months]
    return [
        _course(_("What came in, by month"), labels, _("Petitions"), [one.of(Table.RECEIVED) for one in months]),
        _course(_("Answered in time, by month"), labels, _("In time"), in_time, percent=True),
        _course(_("Satisfied with the answer, by month"), labels, _("Satisfied"), satisfied, percent=True),
    ]  # fmt: skip


def _course(
    title: str, labels: list[str], name: str, values: Sequence[Value], *, percent: bool = False
) -> Chart:
    return Chart(
        title=title, kind=ChartKind.BARS, labels=labels, series=[Series(name=name, values=values)], first=_("Month"),
        percent=percent, missing=_("withheld"), says=_says(title, labels, values, percent=percent),
    )  # fmt: skip


def _says(title: str, labels: Sequence[str], values: Sequence[Value], *, percent: bool) -> str:
    pairs = zip(labels, values, strict=True)
    told = [f"{label} {said(value, percent)}" for label, value in pairs if value is not None]
    return f"{title}: {'; '.join(told[-6:]) or _('withheld')}"


def _of_month(one: Month, words: Words) -> list[Chart]:
    """The month by region and by field, then both at once."""
    charts = []
    regions, fields = one.rows(Table.RECEIVED), one.columns(Table.RECEIVED)
    if regions:
        values = [(named.region(code), one.of(Table.RECEIVED, code)) for code in regions]
        charts.append(_bars(_("What came in, by region"), _("Region"), _("Petitions"), values))
    if fields:
        values = [(named.field(code, words), one.of(Table.RECEIVED, ALL, code)) for code in fields]
        charts.append(_bars(_("What came in, by field"), _("Field"), _("Petitions"), values))
    for table, title in (
        (Table.ANSWERED_BY_REGION, _("Answered in time, by region")),
        (Table.ANSWERED_BY_FIELD, _("Answered in time, by field")),
        (Table.RATED_BY_REGION, _("Satisfied with the answer, by region")),
        (Table.RATED_BY_FIELD, _("Satisfied with the answer, by field")),
    ):
        rates = [(named.row(table, code, words), one.rate(table, code)) for code in one.rows(table)]
        if any(rate is not None for _name, rate in rates):
            first = named.table(table).rpartition(", ")[2]
            charts.append(_bars(title, first, _("Rate"), rates, percent=True))
    if regions and fields and (regions[0], fields[0]) in one.tables[Table.RECEIVED]:
        charts.append(_both(one, regions, fields, words))
    return charts


def _bars(
    title: str, first: str, name: str, values: Sequence[tuple[str, Value]], *, percent: bool = False
) -> Chart:  # fmt: skip
    labels = [label for label, _value in values]
    numbers = [value for _label, value in values]
    return Chart(
        title=title, kind=ChartKind.BARS, labels=labels, series=[Series(name=name, values=numbers)], first=first,
        lying=True, percent=percent, missing=_("withheld"), says=_says(title, labels, numbers, percent=percent),
    )  # fmt: skip


def _both(one: Month, regions: Sequence[str], fields: Sequence[str], words: Words) -> Chart:
    rows = [
        Series(name=named.field(code, words), values=[one.of(Table.RECEIVED, place, code) for place in regions])
        for code in fields
    ]  # fmt: skip
    return Chart(
        title=_("What came in, by region and field"), kind=ChartKind.HEAT,
        labels=[named.region(code) for code in regions], series=rows, first=_("Region"), missing=_("withheld"),
        says=_("A tile for each region and field: the stronger its colour, the more came in."),
    )  # fmt: skip
