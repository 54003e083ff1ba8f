"""The duties on a matter, beside it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.duties import rows
from xinqiao.desk.panel import Panel
from xinqiao.duties import queries
from xinqiao.matters.queries import Sheet
from xinqiao.rules.matters import may
from xinqiao.rules.table import STEPS


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """What was promised or ordered on it, and a way to give a duty to whoever may."""
    given = sheet.took("give_duty")
    lines = queries.of_matter(request.person, sheet.line.id, request.now) if given else []
    gives = may(STEPS["give_duty"], sheet.case) is None
    if not lines and not gives:
        return None
    return Panel(
        id="duties",
        title=_("Promised and ordered"),
        body=rows.few(request, lines),
        url=reverse("desk:give_duty", args=[sheet.line.number]) if gives else "",
        url_label=_("Give a duty with a day"),
    )
