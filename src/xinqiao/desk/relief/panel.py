"""Help from the hardship fund, beside the matter on its page."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.panel import Panel
from xinqiao.matters.queries import Sheet
from xinqiao.relief import queries
from xinqiao.rules.matters import may
from xinqiao.rules.table import STEPS


def relief_panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """The requests on this matter, and the way to a new one for who may ask; None where there is neither."""
    asked = sheet.took("request_relief")
    lines = queries.of_matter(request.person, sheet.line.id, request.now) if asked else []
    may_ask = may(STEPS["request_relief"], sheet.case) is None
    if not lines and not may_ask:
        return None
    body = render_to_string("desk/relief/panel.html", {"lines": lines}, request)
    url = reverse("desk:relief_ask", args=[sheet.line.number]) if may_ask else ""
    return Panel(
        id="relief", title=_("Hardship relief"), body=body, url=url, url_label=_("Ask for help from the fund")
    )  # fmt: skip
