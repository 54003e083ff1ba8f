"""Requests for help: what waits for me, and all that I may see; and the same as an Excel file."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk import exports
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.relief.forms import FilterForm
from xinqiao.matters.queries import today
from xinqiao.relief import queries
from xinqiao.relief.queries import Filters
from xinqiao.relief.values import RequestLine
from xinqiao.rules.money import in_yuan, yuan
from xinqiao.rules.relief import State
from xinqiao.ui import by_key
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import whole_number

PAGE = 50
MINE, EVERYTHING = "mine", "all"
_YEARS = 10
_CHUNK = 500


@require_safe
@for_working_posts
def requests(request: DeskRequest) -> HttpResponse:
    """One page of a list, the latest first."""
    shown, form, filters = _asked(request)
    before = whole_number(request.GET.get("before", ""), 17)
    found = queries.requests(request.person, filters, request.now, before=before, most=PAGE + 1)
    rows = found[:PAGE]
    said = form.cleaned_data if form.is_valid() else {}
    kept = {"list": shown} | {name: value for name, value in said.items() if value}
    previous, following = by_key.neighbours(
        request.GET, "before", rows[-1].id if len(found) > PAGE else None
    )
    facts = {
        "shown": shown,
        "state": said.get("state", ""),
        "states": list(State),
        "waiting": queries.waiting(request.person, request.now),
        "form": form,
        "narrowed": bool(kept.keys() - {"list", "state"}),
        "export": f"?{urlencode(kept)}",
        "rows": draw("desk/relief/rows.html", request, rows=rows, yuan=yuan, title=_title(shown)) if rows else "",
        "previous": previous,
        "following": following,
    }  # fmt: skip
    return render(request, "desk/relief/list.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The whole list as an Excel file."""
    shown, _form, filters = _asked(request)
    exports.note_export(request, f"relief:{shown}")
    names = request.names
    headings = [
        _("Number"), names.word("field", "subject"), _("Requested on"), names.word("field", "relief_need"),
        _("Asked for (yuan)"), _("Granted (yuan)"), _("Returned (yuan)"), _("State"),
        names.word("field", "relief_office"), _("Requested by"), names.word("field", "paid_on"),
    ]  # fmt: skip
    return exports.sheet_response(_("Requests for relief"), headings, _cells(request, filters))


def _cells(request: DeskRequest, filters: Filters) -> Iterator[list[exports.Cell]]:
    names = request.names
    for line in _all(request, filters):
        granted = in_yuan(line.amount) if line.year else None
        yield [
            line.number, line.subject, line.requested_at, names.word("relief_need", line.need),
            in_yuan(line.asked), granted, in_yuan(line.returned) if line.returned else None,
            names.word("relief_state", line.state), names.unit(line.office), names.unit(line.unit), line.paid_on,
        ]  # fmt: skip


def _all(request: DeskRequest, filters: Filters) -> Iterator[RequestLine]:
    """All lines of the list, some hundred at a time."""
    before: int | None = None
    while True:
        found = queries.requests(request.person, filters, request.now, before=before, most=_CHUNK)
        yield from found
        if len(found) < _CHUNK:
            return
        before = found[-1].id


def _asked(request: DeskRequest) -> tuple[str, FilterForm, Filters]:
    """Which list, narrowed by what; what cannot be read does not narrow."""
    shown = MINE if request.GET.get("list") == MINE else EVERYTHING
    this = today(request.now).year
    years = range(this, this - _YEARS, -1)
    offices = queries.offices_seen(request.person, request.now)
    form = FilterForm(request.names, offices, list(years), request.GET)
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    narrowed = {name: said[name] for name in ("state", "need", "office", "year") if said.get(name)}
    return shown, form, Filters(mine=shown == MINE, **narrowed)


def _title(shown: str) -> str:
    return _("Waiting for me") if shown == MINE else _("All requests")
