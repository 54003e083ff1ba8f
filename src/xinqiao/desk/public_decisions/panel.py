"""Beside a matter: the call that it answered, and the decisions that it touches."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.panel import Panel
from xinqiao.matters.queries import Sheet
from xinqiao.public_decisions import calls, queries
from xinqiao.rules.states import Kind


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """What public decisions know of this matter; None where they know nothing."""
    line = sheet.line
    answered = calls.call_of_matter(line.id) if line.kind == Kind.SUGGESTION else None
    touched = queries.of_matter(request.person, line.id, line.category, line.region, request.now)
    if answered is None and not touched:
        return None
    open_to = answered and calls.call(request.person, answered[0].number, request.now)
    facts = {"answered": answered, "open_to": open_to, "touched": touched}
    body = render_to_string("desk/public_decisions/panel.html", facts, request)
    return Panel(id="decisions", title=_("Public decisions"), body=SafeString(body))
