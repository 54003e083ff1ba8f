"""Answers that are due, and matters under listed supervision."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.supervision import pages
from xinqiao.desk.supervision.pages import PAGE, Tab
from xinqiao.supervision import queries as supervision
from xinqiao.supervision.queries import MOST_EXPORTED
from xinqiao.supervision.values import MeasureLine
from xinqiao.ui.jinja import draw

Read = Callable[[pages.Key | None, int], list[MeasureLine]]


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponseBase:
    """What the person's units owe an answer to; for those who supervise, what is owed to them."""
    watches = bool(supervision.watches(request.person, request.now))
    owed = request.GET.get("side") == "owed" or (not watches and "side" not in request.GET)

    def read(after: pages.Key | None, size: int) -> list[MeasureLine]:
        return supervision.answers_due(
            request.person, request.now, owed=owed, after=after, size=size
        )

    parts = [
        Tab(label=_("Owed to us"), url="?side=asked", current=not owed),
        Tab(label=_("To be answered by us"), url="?side=owed", current=owed),
    ]
    lead = _("What was asked of units and is not answered yet, the nearest date first.")
    none = _("No answer is due")
    return _list(request, read, parts, title=_("Answers due"), lead=lead, none=none)


@require_safe
@for_working_posts
def listed(request: DeskRequest) -> HttpResponseBase:
    """Listed supervision: what stands on the list, or what was taken off it."""
    ended = request.GET.get("state") == "ended"

    def read(after: pages.Key | None, size: int) -> list[MeasureLine]:
        return supervision.listed(request.person, request.now, ended=ended, after=after, size=size)

    parts = [
        Tab(label=_("On the list"), url="?", current=not ended),
        Tab(label=_("Taken off"), url="?state=ended", current=ended),
    ]
    lead = _("Matters that the joint conference has listed for supervision (Article 39).")
    none = _("No matter is listed")
    return _list(request, read, parts, title=_("Listed cases"), lead=lead, none=none)


def _list(
    request: DeskRequest, read: Read, parts: list[Tab], *, title: str, lead: str, none: str
) -> HttpResponse | HttpResponseBase:
    if pages.is_export(request):
        return measures_file(request, title, read(None, MOST_EXPORTED))
    found = read(pages.after(request), PAGE)
    facts = {
        "title": title, "lead": lead, "none": none, "parts": parts,
        "rows": draw("desk/supervision/measures.html", request, rows=found[:PAGE], title=title) if found else "",
        **pages.neighbours(request, found, lambda line: (line.due, line.id)),
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "measures_page", facts)


def measures_file(request: DeskRequest, title: str, lines: list[MeasureLine]) -> HttpResponseBase:
    """Any list of measures as a file."""
    names = request.names
    headings = [
        _("What was asked"), _("Number"), names.word("field", "subject"), _("Unit"), _("Supervised by"), _("On"),
        _("Answer by"), _("Ended on"), names.word("field", "adoption"), names.word("field", "decided_by"),
    ]  # fmt: skip
    rows = (
        [
            names.word("measure", one.what), one.line.number if one.line else "",
            one.line.subject if one.line else one.subject, names.unit(one.unit), names.unit(one.by_unit), one.made_on,
            one.due, one.ended_on, names.word("adoption", one.adoption),
            names.unit(one.decided_by) if one.decided_by else "",
        ]
        for one in lines
    )  # fmt: skip
    return pages.export(request, title, headings, rows)
