"""Beside a matter: the hot spot that it belongs to, for whose work that is."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.insight.hotspots import words
from xinqiao.desk.panel import Panel
from xinqiao.insight.spots import queries
from xinqiao.matters.queries import Sheet


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """The spot with how many people write; None where there is none for the person."""
    line = queries.of_matter(request.person, sheet.line.id, request.now)
    if line is None:
        return None
    facts = {"line": line, "name": words.name(line), "people": words.people(line.people)}
    body = render_to_string("desk/insight/hotspots/panel.html", facts, request)
    return Panel(id="hot-spot", title=_("Hot spot"), body=mark_safe(body))  # noqa: S308  drawn with escaping
