"""The panels on the page of a matter, in their order: a line for each capability that has something to say there."""

from collections.abc import Sequence

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.disputes.panel import panel as disputes
from xinqiao.desk.duties.panel import panel as duties
from xinqiao.desk.group_visits.panel import panel as group_visits
from xinqiao.desk.insight.hotspots.panel import panel as hot_spots
from xinqiao.desk.leadership.panel import panel as leadership
from xinqiao.desk.panel import Panel, PanelOf
from xinqiao.desk.public_decisions.panel import panel as public_decisions
from xinqiao.desk.reception.panel import panel as reception_days
from xinqiao.desk.relief.panel import relief_panel as relief
from xinqiao.desk.supervision.panel import panel as supervision
from xinqiao.matters.queries import Sheet

PANELS: tuple[PanelOf, ...] = (
    supervision,
    leadership,
    group_visits,
    reception_days,
    duties,
    relief,
    disputes,
    hot_spots,
    public_decisions,
)


def panels(request: DeskRequest, sheet: Sheet) -> Sequence[Panel]:
    """What the capabilities say about this matter to this person."""
    return [found for panel in PANELS if (found := panel(request, sheet)) is not None]
