"""Open figures: what came in, how fast it was answered, how it was rated. Made of published cells alone."""

from collections.abc import Iterable, Sequence
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
from xinqiao.ui.punctuation import in_turn, valued
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
            "in_time": _rate(one, Table.ANSWERED_BY_REGION),
            "satisfied": _rate(one, Table.RATED_BY_REGION),
            "days": one.of(Table.DAYS),
        }
        courses, charts = _courses(last), _of_month(one, words)
        facts |= {
            "courses": [chart for chart in courses if _told(chart)],
            "charts": [chart for chart in charts if _told(chart)],
            "untold": [chart.title for chart in (*courses, *charts) if not _told(chart)],
        }
    return render(request, "portal/figures/figures.html", facts)


def _chosen(months: Sequence[Month], typed: str) -> Month | None:
    """The month that the address names, else the last one."""
    found = next((one for one in months if f"{one.month:%Y-%m}" == typed), None)
    return found or (months[-1] if months else None)


def _number(count: int | None) -> str:
    return _("withheld") if count is None else said(count)


def _rate(one: Month, table: Table) -> str:
    """The rate of the whole; of nothing there is none, which is no secret."""
    if one.of(table) == 0:
        return "—"
    rate = one.rate(table)
    return _("withheld") if rate is None else said(rate, True)


def _told(chart: Chart) -> bool:
    """Whether there is anything to see: a drawing of what is withheld, or of nothing, says less than a sentence."""
    return any(value for row in chart.series for value in row.values)


def _note(rows: Iterable[Sequence[Value]]) -> str:
    """Says of gaps that they are no zeros."""
    withheld = any(value is None for row in rows for value in row)
    return (
        _("Where nothing is drawn, the number is withheld or zero; the table tells which.")
        if withheld
        else ""
    )


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
        percent=percent, missing=_("withheld"), note=_note([values]),
        says=_says(title, labels, values, percent=percent),
    )  # fmt: skip


def _says(title: str, labels: Sequence[str], values: Sequence[Value], *, percent: bool) -> str:
    pairs = zip(labels, values, strict=True)
    told = [f"{label} {said(value, percent)}" for label, value in pairs if value is not None]
    return valued(title, in_turn(told[-6:]) or _("withheld"))


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
        if rates:
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
        lying=True, percent=percent, missing=_("withheld"), note=_note([numbers]),
        says=_says(title, labels, numbers, percent=percent),
    )  # fmt: skip


def _both(one: Month, regions: Sequence[str], fields: Sequence[str], words: Words) -> Chart:
    rows = [
        Series(name=named.field(code, words), values=[one.of(Table.RECEIVED, place, code) for place in regions])
        for code in fields
    ]  # fmt: skip
    return Chart(
        title=_("What came in, by region and field"), kind=ChartKind.HEAT,
        labels=[named.region(code) for code in regions], series=rows, first=_("Region"), missing=_("withheld"),
        note=_note([one.values for one in rows]),
        says=_("A tile for each region and field: the stronger its colour, the more came in."),
    )  # fmt: skip
