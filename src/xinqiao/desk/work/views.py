"""My work: what waits for whom, nearest date first."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.words import Names
from xinqiao.desk.work import lists
from xinqiao.desk.work.bulk import steps_for
from xinqiao.desk.work.filters import LISTS, FilterForm
from xinqiao.desk.work.queues import EVERY, title
from xinqiao.desk.work.saved import SaveForm
from xinqiao.matters.queries import EVERYTHING, MOST_COUNTED, WAITING
from xinqiao.search import saved as searches
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number
from xinqiao.workspace import actions as workspace
from xinqiao.workspace import queries as workspaces


@require_safe
@for_staff
def work(request: DeskRequest) -> HttpResponse:
    """The lists of the person, one of them open; without an address, the one that opens first or was open last."""
    if not request.person.units():
        return render(request, "desk/work/no_post.html")
    views = workspaces.views(request.account)
    if not request.GET:
        start = next((one.address for one in views if one.opens_first), "")
        start = start or workspaces.last_list(request.account)
        if start:
            return HttpResponseRedirect(f"{reverse('desk:work')}?{start}")
    queue = lists.known(request.GET.get("queue", WAITING))
    form = FilterForm(request.names, request.GET, units=request.person.units())
    found = lists.page(request.person, form.filters(queue), page_number(request), request.now)
    counts = lists.counts(request.person, request.now)
    kept = form.kept(queue)
    _remember(request, kept)
    facts = {
        "queue": queue,
        "title": title(queue, request.names),
        "lead": _lead(queue, request.names),
        "tabs": _tabs(counts, kept, request.names),
        "views": [(one, one.address == kept.urlencode()) for one in views],
        "save": SaveForm(initial={"address": kept.urlencode()}),
        "form": form,
        "narrowed": form.narrowed,
        "searched": lists.searched(request.person, form.filters(queue), request.now),
        "chips": form.chips(queue),
        "here": kept.urlencode(),
        "page": found,
        "rows": _rows(request, found, title(queue, request.names)) if found.rows else "",
        "steps": steps_for(request.person, request.names.units),
        "previous": _address(kept, found.number - 1) if found.number > 1 else "",
        "following": _address(kept, found.number + 1) if found.following else "",
        "ahead": None if found.rows else lists.next_due(request.person, request.now),
        "waiting": counts[WAITING],
        "has_searches": searches.has_any(request.account),
    }
    return render(request, "desk/work/list.html", facts)


def _rows(request: DeskRequest, found: lists.Page, title: str) -> SafeString:
    return draw(
        "desk/work/rows.html", request, rows=found.rows, title=title, contacts_said=_contacts_said
    )


def _contacts_said(contacts: int) -> str:
    said = ngettext("(%(contacts)d contact)", "(%(contacts)d contacts)", contacts)
    return said % {"contacts": contacts}


def _remember(request: DeskRequest, kept: QueryDict) -> None:
    """The list opens again at the next visit; what was searched for once does not."""
    if request.GET and not kept.get("words"):
        workspace.remember_list(request.account, kept.urlencode())


def _address(kept: QueryDict, number: int) -> str:
    query = kept.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _lead(queue: str, names: Names) -> str:
    own = {
        WAITING: _("Everything whose next step is your unit's, the nearest date first."),
        EVERYTHING: _("Also what others hold, and what is closed."),
        "to_notify": _("The petitioner has not been told yet what becomes of it."),
        "to_extend": _("An extension was asked for; the head of the unit approves or refuses it."),
    }
    return own[queue] if queue in own else names.helping("queue", queue)


def _tabs(counts: Mapping[str, int], kept: QueryDict, names: Names) -> list[dict[str, Any]]:
    """The lists to choose from: the general ones, and the queues in which something waits. Filters stay."""
    current = kept["queue"]
    return [
        {
            "name": name,
            "label": title(name, names),
            "count": counts.get(name),
            "most": counts.get(name, 0) >= MOST_COUNTED,
            "current": name == current,
            "address": f"?{_in(kept, name).urlencode()}",
        }
        for name in LISTS
        if name not in EVERY or name == current or counts[name]
    ]


def _in(kept: QueryDict, queue: str) -> QueryDict:
    address = kept.copy()
    address["queue"] = queue
    return address
