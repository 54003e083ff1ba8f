"""Supervision beside a matter: what was found, what was asked of units, who holds it for how long."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.panel import Panel
from xinqiao.desk.supervision.bars import bar, legend
from xinqiao.insight.answers import queries as answers
from xinqiao.insight.answers.given import GOES_OUT
from xinqiao.matters.queries import Sheet
from xinqiao.rules.supervision import rules
from xinqiao.supervision import queries as supervision
from xinqiao.ui.jinja import draw

_MEASURES = 5


def panel(request: DeskRequest, sheet: Sheet) -> Panel | None:
    """Beside every matter: the picture of who held it; what was found and asked, where there is any."""
    names, found = request.names, supervision.traced(sheet, request.now)
    standing = supervision.findings_on(sheet.line)
    asked = supervision.measures_on(sheet.line) if sheet.facts.asked else []
    body = draw(
        "desk/supervision/panel.html", request,
        bar=bar(found, names), legend=legend(found, names)[:4],
        findings=[(one, rules()[one.rule]) for one in standing], measures=asked[-_MEASURES:][::-1],
        listed_until=sheet.facts.listed_until, alike=_alike(request, sheet),
    )  # fmt: skip
    return Panel(
        id="supervision",
        title=_("Supervision"),
        body=body,
        url=reverse("desk:trace", args=[sheet.line.number]),
        url_label=_("Who held it, minute by minute"),
    )


def _alike(request: DeskRequest, sheet: Sheet) -> str:
    """To who supervises: that an answer repeats those to other matters."""
    if not sheet.took(*GOES_OUT) or not supervision.watches(request.person, request.now):
        return ""
    others = answers.repeats_of(request.person, sheet.line.id, request.now)
    said = ngettext(
        "The answer repeats that to %(n)s other matter nearly word for word",
        "The answer repeats those to %(n)s other matters nearly word for word",
        others,
    )
    return said % {"n": others} if others else ""
