"""What rises in a field and a place: in words for the list, and one opened to the matters that were counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.disputes.pages import PAGE, page_number, turning
from xinqiao.desk.insight.hotspots import words
from xinqiao.desk.insight.hotspots.access import for_lookouts
from xinqiao.desk.targets.signs.words import chance
from xinqiao.desk.words import Names
from xinqiao.insight.spots import rises
from xinqiao.insight.spots.rises import RiseLine
from xinqiao.matters.queries import Line
from xinqiao.ui.jinja import draw


def said(names: Names, one: RiseLine) -> Mapping[str, Any]:
    """A rise in words and figures."""
    return {
        "line": one, "category": names.category(one.category),
        "places": [names.region(place) for place in one.regions], "by": names.word("rise_by", one.by),
        "expected": words.expected(one.expected), "chance": chance(one.q), "p": words.figures(one),
        "history": words.history(one),
    }  # fmt: skip


@require_safe
@for_lookouts
def rise(request: DeskRequest, rise: int) -> HttpResponse:
    """The matters behind the number of a rise."""
    line = rises.one(request.person, rise, request.now)
    if line is None:
        raise Http404
    found = rises.behind(line, request.person, request.now)
    facts = {"one": said(request.names, line), **matters_page(request, found)}
    return render(request, "desk/insight/hotspots/rise.html", facts)


def matters_page(request: DeskRequest, found: Sequence[Line]) -> dict[str, Any]:
    """One page of these matters, which may be thousands, and the addresses of the next and the last one."""
    number = page_number(request)
    begin = (number - 1) * PAGE
    shown = found[begin : begin + PAGE]
    rows = draw("desk/supervision/matters.html", request, rows=shown) if shown else ""
    return {"matters": rows, **turning(request, number, len(found) - begin)}
