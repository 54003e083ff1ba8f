"""Rows of duties, drawn: the same on their list, beside a matter, and on the pages they come from."""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from xinqiao.desk.access import DeskRequest
from xinqiao.directory import queries as directory
from xinqiao.duties.values import DutyLine
from xinqiao.matters.queries import today
from xinqiao.ui.jinja import draw
from xinqiao.ui.templatetags.ui import clock_drawn


def people_of(lines: Iterable[DutyLine]) -> dict[int, str]:
    """The names of who owes these by name."""
    named = {one.account for one in lines if one.account is not None}
    return dict(directory.account_names(named)) if named else {}


def table(request: DeskRequest, lines: Sequence[DutyLine], title: str) -> SafeString:
    """A table of duties with their clocks; `title` names it for who does not see it."""
    return _drawn("desk/duties/rows.html", request, lines, title)


def few(request: DeskRequest, lines: Sequence[DutyLine], title: str = "") -> SafeString:
    """The same as a short list, for a panel."""
    return _drawn("desk/duties/few.html", request, lines, title)


def _drawn(
    template: str, request: DeskRequest, lines: Sequence[DutyLine], title: str
) -> SafeString:
    day = today(request.now)
    return draw(
        template,
        request,
        rows=[(one, clock_drawn(one.clock(day), request.now)) for one in lines],
        people=people_of(lines),
        title=title,
    )
