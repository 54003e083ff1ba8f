"""My work: what waits for whom, nearest date first."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.words import Names
from xinqiao.desk.work import lists
from xinqiao.desk.work.filters import EVERYTHING, LISTS, WAITING, FilterForm
from xinqiao.matters.queries import QUEUES

_LAST_PAGE = 200  # further on one narrows the list instead of turning pages


@require_safe
@for_staff
def work(request: DeskRequest) -> HttpResponse:
    """The lists of the person, one of them open."""
    if not request.person.units():
        return render(request, "desk/work/no_post.html")
    queue = lists.known(request.GET.get("queue", WAITING))
    form = FilterForm(request.names, request.GET)
    filters = form.filters(queue)
    found = lists.page(request.person, filters, _page_number(request), request.now)
    counts = lists.counts(request.person, request.now)
    facts = {
        "queue": queue,
        "title": _title(queue, request.names),
        "lead": _lead(queue, request.names),
        "tabs": _tabs(counts, queue, request.names),
        "form": form,
        "narrowed": form.narrowed,
        "page": found,
        "previous": _address(request, found.number - 1) if found.number > 1 else "",
        "following": _address(request, found.number + 1) if found.following else "",
        "ahead": None if found.rows else lists.next_due(request.person, request.now),
        "waiting": counts[WAITING],
    }
    return render(request, "desk/work/list.html", facts)


def _page_number(request: DeskRequest) -> int:
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 6 else 1
    return max(1, min(number, _LAST_PAGE))


def _address(request: DeskRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _title(queue: str, names: Names) -> str:
    if queue == WAITING:
        return _("Waiting for my unit")
    return _("All that I may see") if queue == EVERYTHING else names.word("queue", queue)


def _lead(queue: str, names: Names) -> str:
    if queue == WAITING:
        return _("Everything whose next step is your unit's, the nearest date first.")
    if queue == EVERYTHING:
        return _("Also what others hold, and what is closed.")
    return names.helping("queue", queue)


def _tabs(counts: Mapping[str, int], current: str, names: Names) -> list[dict[str, Any]]:
    """The lists to choose from: the general ones, and the queues in which something waits."""
    return [
        {
            "name": name,
            "label": _title(name, names),
            "count": counts.get(name),
            "current": name == current,
        }
        for name in LISTS
        if name not in QUEUES or name == current or counts[name]
    ]
