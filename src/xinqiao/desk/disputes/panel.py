"""Beside a matter: the dispute that it came from, and its mediations."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.panel import Panel
from xinqiao.disputes import queries
from xinqiao.disputes.actions.mediations import may_mediate
from xinqiao.matters.queries import Sheet


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """What there is to say, or to do; None where there is neither."""
    linked = sheet.took("link_dispute")
    found = queries.of_matter(request.person, sheet.line.id, request.now) if linked else []
    held = queries.mediations_of_matter(request.person, sheet.line.id, request.now)
    running = any(one.state in {"requested", "begun", "settled"} for one in held)
    asks = not running and may_mediate(sheet, request.person) is None
    if not (found or held or asks):
        return None
    facts = {"disputes": found, "mediations": held}
    body = render_to_string("desk/disputes/panel.html", facts, request)
    return Panel(
        id="disputes", title=_("Disputes and mediation"), body=mark_safe(body),  # noqa: S308  drawn with escaping
        url=reverse("desk:matter_mediation", args=[sheet.line.number]) if asks else "",
        url_label=_("Ask for mediation") if asks else "",
    )  # fmt: skip
