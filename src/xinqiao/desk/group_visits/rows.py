"""Rows of group visits, drawn: on their list, beside a matter, and on the first page of the first-in-charge."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from xinqiao.desk.access import DeskRequest
from xinqiao.group_visits.values import VisitLine
from xinqiao.ui.jinja import draw
from xinqiao.ui.templatetags.ui import due_drawn


def table(request: DeskRequest, lines: Sequence[VisitLine], title: str) -> SafeString:
    """A table of group visits, each with the next date of its officials."""
    return _drawn("desk/group_visits/rows.html", request, lines, title)


def few(request: DeskRequest, lines: Sequence[VisitLine], title: str = "") -> SafeString:
    """The same as a short list."""
    return _drawn("desk/group_visits/few.html", request, lines, title)


def _drawn(
    template: str, request: DeskRequest, lines: Sequence[VisitLine], title: str
) -> SafeString:
    rows = [(one, due_drawn(one.next_due, request.now)) for one in lines]
    return draw(template, request, rows=rows, title=title)
