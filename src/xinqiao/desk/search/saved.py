"""Saved searches, always one's own: what each finds that is new, told by looking again for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.search.forms import LONGEST, SearchForm, asked
from xinqiao.rules.refusals import Refused
from xinqiao.search import queries as searches
from xinqiao.search import saved as kept
from xinqiao.search.queries import SHORTEST
from xinqiao.search.values import Saved, Unusable


@dataclass(frozen=True, kw_only=True)
class Row:
    """A saved search as it is shown: its words, its filters in words, and how much of it is new."""

    id: int
    address: str
    words: str
    filters: Sequence[str]
    new: int
    told: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def saved(request: DeskRequest) -> HttpResponse:
    """The saved searches by GET; by POST the search that was open is kept."""
    if request.method != "POST":
        return render(request, "desk/search/saved.html", {"rows": rows(request)})
    form = asked(request, QueryDict(request.POST.get("address", "")))
    address = _address(form)
    if not fits(form.looked_for):
        return redirect("desk:searches")
    try:
        found = searches.find_all(request.person, form.looked_for, form.filters(""), request.now)
        kept.save(request.account, address, found, request.now)
    except Unusable:
        messages.error(request, _("The search is out of order, so that it could not be saved."))
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
        return redirect("desk:searches")
    else:
        messages.success(request, _("Saved. What is new stands beside it from now on."))
    return HttpResponseRedirect(f"{reverse('desk:search')}?{address}")


@require_POST
@for_working_posts
def forget(request: DeskRequest, search: int) -> HttpResponse:
    """Drops a saved search. What is not one's own changes nothing."""
    if kept.drop(request.account, search):
        messages.success(request, _("The search was removed. No matter was touched."))
    return redirect("desk:searches")


@require_safe
@for_working_posts
def news(request: DeskRequest) -> HttpResponse:
    """Those of the saved searches that find something new, for the page on which work begins."""
    found = [row for row in rows(request) if row.new]
    return render(request, "desk/search/news.html", {"rows": found})


def rows(request: DeskRequest) -> list[Row]:
    """All saved searches, looked for again."""
    return [_row(request, one) for one in kept.saved(request.account)]


def fits(words: str) -> bool:
    """Whether this can be looked for."""
    return searches.length(words) >= SHORTEST and len(words) <= LONGEST


def _row(request: DeskRequest, one: Saved) -> Row:
    form = asked(request, QueryDict(one.address))
    filters = form.filters("")
    try:
        new = one.new_among(
            searches.find_all(request.person, form.looked_for, filters, request.now)
        )
        told = ngettext("%(n)s new", "%(n)s new", new) % {"n": new} if new else _("nothing new")
    except Unusable:
        new, told = 0, _("out of order")
    return Row(
        id=one.id, address=one.address, words=form.looked_for, new=new, told=told,
        filters=[chip.value or chip.label for chip in form.chips("")],
    )  # fmt: skip


def _address(form: SearchForm) -> str:
    """The question with nothing in it but words and filters that exist."""
    form.filters("")
    return form.kept().urlencode()
