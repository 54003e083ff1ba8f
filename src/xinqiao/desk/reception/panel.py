"""The reception days on which a matter was heard, beside it."""

from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.panel import Panel
from xinqiao.desk.reception.days import leaders_of
from xinqiao.matters.queries import Sheet
from xinqiao.reception.days import queries
from xinqiao.ui.jinja import draw


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """Which leader heard it, when and where."""
    if not any(entry.payload.get("channel") == "visit" for entry in sheet.entries):
        return None
    days = queries.days_of_matter(sheet.line.id)
    if not days:
        return None
    body = draw("desk/reception/few_days.html", request, days=days, leaders=leaders_of(days))
    return Panel(id="reception-days", title=_("Heard by a leader"), body=body)
