"""The panels on the page of a matter, in their order: a line for each capability that has something to say there."""

from collections.abc import Sequence

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.disputes.panel import panel as disputes
from xinqiao.desk.panel import Panel, PanelOf
from xinqiao.desk.public_decisions.panel import panel as public_decisions
from xinqiao.desk.relief.panel import relief_panel
from xinqiao.desk.supervision.panel import panel as supervision
from xinqiao.matters.queries import Sheet

PANELS: tuple[PanelOf, ...] = (
    supervision,
    relief_panel,
    disputes,
    public_decisions,
)


def panels(request: DeskRequest, sheet: Sheet) -> Sequence[Panel]:
    """What the capabilities say about this matter to this person."""
    return [found for panel in PANELS if (found := panel(request, sheet)) is not None]
