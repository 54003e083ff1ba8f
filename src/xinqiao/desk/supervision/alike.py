"""Answers that repeat each other nearly word for word: of units, never of who wrote them. A person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.supervision import pages
from xinqiao.insight.answers import queries as answers
from xinqiao.insight.answers.values import Repeated
from xinqiao.rules.table import STEPS
from xinqiao.supervision import queries as supervision
from xinqiao.ui.typed import page_number, whole_number

PAGE = 20
MONTHS, USUAL = (3, 6, 12, 24), 6
_DAYS = 30.5  # in a month
_SHOWN = 320
_MARKED_FROM = STEPS["mark_perfunctory"].start


@dataclass(frozen=True, kw_only=True)
class Group:
    """Answers of one wording as they are shown."""

    found: Repeated
    title: str
    words: str


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponse:
    """What of the last months repeats each other, within the scope of whoever supervises."""
    if not supervision.watches(request.person, request.now):
        raise PermissionDenied
    months = whole_number(request.GET.get("months", ""), 2) or USUAL
    months = months if months in MONTHS else USUAL
    unit = request.GET.get("unit", "")
    unit = unit if unit in request.names.units else ""
    number = page_number(request, last=answers.MOST // PAGE)
    since, start = request.now - timedelta(days=months * _DAYS), (number - 1) * PAGE
    found = answers.repeated(
        request.person, since, request.now, unit=unit, start=start, size=PAGE + 1
    )
    kept = {"months": months} | ({"unit": unit} if unit else {})
    facts = {
        "groups": [_group(one) for one in found[:PAGE]],
        "months": [(one, _months(one)) for one in MONTHS],
        "chosen": months,
        "unit": unit,
        "all_units": f"?{urlencode({'months': months})}",
        "previous": _address(kept, number - 1) if number > 1 else "",
        "following": _address(kept, number + 1) if len(found) > PAGE else "",
        "may_mark": _MARKED_FROM,
    }
    return pages.shown(request, "alike", facts)


def _group(found: Repeated) -> Group:
    said = ngettext(
        "%(n)s matter has nearly this answer", "%(n)s matters have nearly this answer", found.number
    )
    words = " ".join(found.words.split())
    return Group(
        found=found,
        title=said % {"n": found.number},
        words=words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…",
    )


def _months(number: int) -> str:
    return _("the last %(n)s months") % {"n": number}


def _address(kept: Mapping[str, object], number: int) -> str:
    query = urlencode({**kept, "page": number})
    return f"?{query}"
