"""The yearly report of petition work, for reading and for printing, and the matters behind each figure."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.supervision import pages
from xinqiao.desk.supervision.pages import PAGE
from xinqiao.desk.supervision.recommending import ADOPTIONS, adoption_table
from xinqiao.desk.words import Names
from xinqiao.matters import queries as matters
from xinqiao.rules.supervision import rules
from xinqiao.supervision import queries as supervision
from xinqiao.supervision import yearly
from xinqiao.supervision.queries import MOST_EXPORTED
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

#: The heading and the edges of a group, in rows of its table.
_FRAME = 3


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponseBase:
    """The four parts of the report, each figure with the way to its matters."""
    _only_supervisors(request)
    year = pages.year_of(request)
    groups = yearly.report(request.person, year, request.now)
    parts = {
        part: [_group(request, year, one) for one in groups if one.part == part]
        for part in (1, 2, 4)
    }
    table = adoption_table(request, year)
    if pages.is_export(request):
        return _export(request, year, parts, table)
    facts = {
        "year": year, "years": pages.years(request),
        "columns": {f"part_{part}": _columns(found) for part, found in parts.items()},
        "table": table, "adoptions": ADOPTIONS,
        "offices": [request.names.unit(one) for one in sorted(request.person.units())],
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "report", facts)


def _columns(groups: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The groups of a part in two columns of about the same height, in their order."""
    heights = [len(group["rows"]) + _FRAME for group in groups]
    first = min(range(len(groups) + 1), key=lambda n: abs(sum(heights[:n]) - sum(heights[n:])))
    return [groups[:first], groups[first:]]


def _only_supervisors(request: DeskRequest) -> None:
    if not supervision.watches(request.person, request.now):
        raise PermissionDenied


def _export(
    request: DeskRequest,
    year: int,
    parts: dict[int, list[dict[str, Any]]],
    table: list[dict[str, Any]],
) -> HttpResponseBase:
    words = request.names.word
    rows: list[list[str | int]] = [
        [part, group["title"], row["label"], row["number"]]
        for part in (1, 2)
        for group in parts[part]
        for row in group["rows"]
    ]
    rows += [
        [3, row["label"], words("adoption", code) if code != "open" else _("Not answered yet"), n]
        for row in table
        for code, n in row["cells"]
    ]
    rows += [
        [4, group["title"], row["label"], row["number"]]
        for group in parts[4]
        for row in group["rows"]
    ]
    headings = [_("Part"), _("Figure"), _("Of which"), _("Number")]
    return pages.export(request, f"{_('Yearly report')} {year}", headings, rows)


def _group(request: DeskRequest, year: int, group: yearly.Group) -> dict[str, Any]:
    """A group in words; bars show each figure against the largest."""
    title, word = _words(group.name, request.names)
    most = max((figure.number for figure in group.figures), default=1) or 1
    return {
        "name": group.name,
        "title": title,
        "rows": [
            {
                "label": word(figure.code),
                "number": figure.number,
                "width": round(100 * figure.number / most),
                "url": _address(year, group.name, figure.code),
            }
            for figure in group.figures
        ],
    }


def _address(year: int, group: str, code: str) -> str:
    query = urlencode({"year": year, "group": group, "code": code})
    return f"{reverse('desk:supervision_report_matters')}?{query}"


def _words(group: str, names: Names) -> tuple[str, Callable[[str], str]]:
    """What a group is called, and how its codes are said."""
    match group:
        case "received":
            return _("Matters received"), lambda _code: _("All")
        case "kind" | "channel":
            return names.word("field", group), lambda code: names.word(group, code)
        case "field":
            return _("Fields"), names.category
        case "unit":
            return _("Units most complained of"), names.unit
        case "step":
            return _("Sent on"), lambda code: names.word("step", code)
        case "course":
            return _("On the way"), lambda code: names.word("step", code)
        case "measure":
            return _("Supervision"), lambda code: names.word("measure", code)
        case "finding":
            return _("What supervision found"), lambda code: rules()[code].label(names.language)
        case _:
            return _("Settled, say the petitioners"), lambda code: names.yes_no(code == "yes")


@require_safe
@for_working_posts
def matters_behind(request: DeskRequest) -> HttpResponse | HttpResponseBase:
    """The matters that a figure of the report counts."""
    _only_supervisors(request)
    year, group, code = (
        pages.year_of(request),
        request.GET.get("group", "received"),
        request.GET.get("code", "all"),
    )
    found = yearly.behind(request.person, year, group, code, request.now)
    if found is None:
        raise Http404
    title, word = _words(group, request.names)
    try:
        said = word(code)
    except KeyError as unknown:
        raise Http404 from unknown
    if pages.is_export(request):
        return _matters_file(request, f"{year} {title} {said}", found[:MOST_EXPORTED])
    number = page_number(request)
    lines = matters.lines(found[(number - 1) * PAGE : number * PAGE + 1])
    address = urlencode({"year": year, "group": group, "code": code})
    facts = {
        "year": year, "title": f"{title} · {said}",
        "rows": draw("desk/supervision/matters.html", request, rows=lines[:PAGE]) if lines else "",
        "previous": f"?{address}&page={number - 1}" if number > 1 else "",
        "following": f"?{address}&page={number + 1}" if len(lines) > PAGE else "",
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "report_matters", facts)


def _matters_file(request: DeskRequest, name: str, found: Any) -> HttpResponseBase:
    names = request.names
    headings = [
        _("Number"), names.word("field", "subject"), names.word("field", "kind"), names.word("field", "category"),
        names.word("field", "region"), _("State"), _("Unit"), names.word("field", "received_at"),
    ]  # fmt: skip
    rows = (
        [
            one.number, one.subject, names.word("kind", one.kind), names.category(one.category),
            names.region(one.region) if one.region else "", names.word("state", one.state), names.unit(one.holder),
            one.received_at,
        ]
        for one in matters.lines(found)
    )  # fmt: skip
    return pages.export(request, name, headings, rows)
