"""What is behind a figure: the very contacts and matters, as far as the person may see them, and as an Excel file."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import MOST_ROWS, Cell, note_export, sheet_response
from xinqiao.desk.targets.asking import Asked, asked, span_words
from xinqiao.desk.targets.indicator import known
from xinqiao.rules.indicators import Indicator
from xinqiao.targets import queries
from xinqiao.targets.queries import Behind
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

PAGE = 50


def _found(request: DeskRequest, question: Asked, one: Indicator, number: int, size: int) -> Behind:
    """One page of it; `part=missed` leaves only those that do not count, in a rate."""
    return queries.behind(
        request.person, one.id, question.place, question.period, question.moment, now=request.now,
        missed=request.GET.get("part") == "missed", page=number, size=size,
    )  # fmt: skip


@require_safe
@for_working_posts
def page(request: DeskRequest, indicator: str) -> HttpResponse:
    """The list, newest first, with how many more lie outside what the person may see."""
    one, question = known(indicator), asked(request)
    number = page_number(request)
    found = _found(request, question, one, number, PAGE)
    missed = request.GET.get("part") == "missed"
    query = question.query(part="missed" if missed else "")
    facts = {
        "asked": question, "indicator": one, "label": one.label(request.names.language), "period": span_words(question),
        "query": question.query(), "here": query, "missed": missed, "found": found,
        "rows": draw("desk/targets/behind.html", request, rows=found.rows[:PAGE], rate=one.shows == "rate")
        if found.rows else "",
        "previous": f"?{query}&page={number - 1}" if number > 1 else "",
        "following": f"?{query}&page={number + 1}" if len(found.rows) > PAGE else "",
    }  # fmt: skip
    return render(request, "desk/targets/behind.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest, indicator: str) -> HttpResponseBase:
    """The same list as an Excel file."""
    one, question = known(indicator), asked(request)
    found = _found(request, question, one, 1, MOST_ROWS)
    note_export(request, f"behind {one.id}")
    headings = [
        _("Matter"), _("Subject"), _("Region"), _("Unit"), _("Day"), _("Due"), _("Done"), _("Counts"),
    ]  # fmt: skip
    name = f"{one.label(request.names.language)} {question.name}"
    return sheet_response(name, headings, _cells(request, found))


def _cells(request: DeskRequest, found: Behind) -> Iterator[list[Cell]]:
    names = request.names
    for row in found.rows:
        yield [
            row.number, row.subject, names.region(row.region) if row.region else "", names.unit(row.unit), row.day,
            row.due, row.done, names.yes_no(row.counts),
        ]  # fmt: skip
    if found.hidden:
        yield [_("%(more)s more lie outside what you may see.") % {"more": found.hidden}]
