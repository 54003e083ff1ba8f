"""Who is in charge of a matter, where leaders went to see, what the conference decided: beside it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.leadership.common import people
from xinqiao.desk.panel import Panel
from xinqiao.leadership.queries import conferences, leads
from xinqiao.matters.queries import Sheet, today
from xinqiao.rules.matters import may
from xinqiao.rules.states import Kind, State
from xinqiao.rules.table import STEPS
from xinqiao.ui.jinja import draw
from xinqiao.ui.templatetags.ui import clock_drawn


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """The leader in charge with the date that was set, visits, items; and what the person may do about it."""
    matter, number = sheet.line.id, sheet.line.number
    led = sheet.took("assign_lead")
    lines = leads.of_matter(request.person, matter, request.now) if led else []
    visits = (
        leads.visits_of(request.person, [one.id for one in lines], request.now) if lines else []
    )
    items = conferences.of_matter(request.person, matter, request.now)
    links = []
    if may(STEPS["assign_lead"], sheet.case) is None:
        links.append((reverse("desk:assign_lead", args=[number]), _("A leader takes charge")))
    if sheet.facts.kind not in (None, Kind.REPORT) and sheet.facts.state is not State.RECEIVED:
        links.append(
            (reverse("desk:propose_item", args=[number]), _("Propose it to the joint conference"))
        )
    if not (lines or items or links):
        return None
    day = today(request.now)
    body = draw(
        "desk/leadership/panel.html", request,
        leads=[(one, clock_drawn(one.clock(day), request.now)) for one in lines],
        visits=visits, items=items, links=links, people=people([one.leader for one in lines]),
    )  # fmt: skip
    return Panel(id="leadership", title=_("Leaders and the conference"), body=body)
