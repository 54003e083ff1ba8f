"""The group visits on a matter, beside it."""

from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.group_visits import rows
from xinqiao.desk.panel import Panel
from xinqiao.group_visits import queries
from xinqiao.matters.queries import Sheet


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """Who was called to which visit, and how far they are."""
    if not sheet.took("call_first_in_charge"):
        return None
    lines = queries.of_matter(request.person, sheet.line.id, request.now)
    if not lines:
        return None
    return Panel(
        id="group-visits", title=_("Group visits on the spot"), body=rows.few(request, lines)
    )
