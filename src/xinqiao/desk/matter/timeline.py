"""The ledger in words, drawn: what happened, step by step, as the page of a matter and the forms beside it show it."""

from collections.abc import Callable, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.matter.told import Happening
from xinqiao.desk.templatetags.words import kept_files
from xinqiao.evidence.values import FileInfo
from xinqiao.ui.jinja import draw


def drawn(
    request: DeskRequest, number: str, happenings: Sequence[Happening], *, marked: str = "first"
) -> SafeString:
    """These entries of matter `number` in this order; `marked` as where it stands now: first, all or none of them."""

    return draw(
        *("desk/matter/happening.html", request),
        happenings=happenings,
        marked=marked,
        number=number,
        files_drawn=files_drawn(request, number),
    )


def files_drawn(request: DeskRequest, number: str) -> Callable[[Sequence[FileInfo]], SafeString]:
    """Draws lists of files of matter `number`."""

    def draw_files(files: Sequence[FileInfo]) -> SafeString:
        facts = {"entries": kept_files(number, files), "label": _("Files")}
        return render_to_string("ui/files.html", facts, request)

    return draw_files
