"""What a capability has to say about a matter, beside it on its page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from xinqiao.desk.access import DeskRequest
from xinqiao.matters.queries import Sheet


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One section: `id` for its heading, the heading, what stands below it (drawn), and where to go from there."""

    id: str
    title: str
    body: SafeString
    url: str = ""
    url_label: str = ""


#: Asked for a matter that the person may see; None where there is nothing to say and nothing to do.
PanelOf = Callable[[DeskRequest, Sheet], Panel | None]
