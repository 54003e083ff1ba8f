"""Finding matters by any words of theirs: what was found, where it stands, or in words why there is nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.search import saved
from xinqiao.desk.search.forms import LONGEST, SearchForm, asked
from xinqiao.desk.search.names import spelled
from xinqiao.desk.work.filters import Chip
from xinqiao.evidence import queries as evidence
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import today
from xinqiao.search import queries as searches
from xinqiao.search import saved as saving
from xinqiao.search.queries import MOST_COUNTED, SHORTEST
from xinqiao.search.values import Found, Order, Unusable
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Why nothing is shown, and what to do."""

    title: str
    advice: str


@require_safe
@for_working_posts
def search(request: DeskRequest) -> HttpResponse:
    """Matters that hold the words `q`, within what the person may see; a number leads to the list that finds it."""
    words = request.GET.get("q", "").strip()
    if intake.matter_number(words):
        return HttpResponseRedirect(
            f"{reverse('desk:work')}?{urlencode({'queue': 'all', 'words': words})}"
        )
    form = asked(request, request.GET)
    filters, order = form.filters(""), _order(request)
    number = page_number(request, last=MOST_COUNTED // PAGE)
    found, nothing = None, _unfit(words)
    if nothing is None:
        try:
            found = searches.find(
                request.person, words, filters, request.now, number=number, size=PAGE, order=order
            )
        except Unusable:
            nothing = _broken()
    facts = _shown(request, form, found, number, order) if found else {}
    facts |= {"nothing": nothing or facts.get("nothing"), "whole": searches.is_whole()}
    facts["saved"] = [] if words else saved.rows(request)
    facts["spelled"] = spelled(words, request.names, today(request.now))
    facts |= {"words": words, "form": form, "longest": LONGEST, "chips": form.chips("")}
    return render(request, "desk/search/search.html", facts)


def _order(request: DeskRequest) -> Order:
    return Order.RELEVANCE if request.GET.get("sort") == Order.RELEVANCE else Order.NEWEST


def _shown(
    request: DeskRequest, form: SearchForm, found: Found, number: int, order: Order
) -> dict[str, Any]:
    address = form.kept().urlencode()
    kept, following = _sorted(form.kept(), order), number * PAGE < found.number
    return {
        "found": found,
        "counted": _counted(found),
        "hits": _drawn(request, found) if found.hits else "",
        "nothing": None if found.hits else _none(form.chips(""), beyond=found.number > 0),
        "previous": _address(kept, number - 1) if number > 1 else "",
        "following": _address(kept, number + 1) if following else "",
        "orders": _orders(form, order) if found.number > 1 else [],
        "ranked": order is Order.RELEVANCE,
        "address": address,
        "is_saved": saving.look_at(request.account, address, found.all, request.now),
    }


def _orders(form: SearchForm, order: Order) -> list[tuple[str, str, bool]]:
    """The two orders: words, address, whether it is the one in use."""
    words = {Order.NEWEST: _("Latest first"), Order.RELEVANCE: _("Most relevant first")}
    return [
        (words[one], f"?{_sorted(form.kept(), one).urlencode()}", one is order) for one in Order
    ]


def _sorted(kept: QueryDict, order: Order) -> QueryDict:
    if order is Order.RELEVANCE:
        kept["sort"] = order.value
    return kept


def _drawn(request: DeskRequest, found: Found) -> SafeString:
    return draw("desk/search/hits.html", request, hits=found.hits)


def _address(kept: QueryDict, number: int) -> str:
    query = kept.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _counted(found: Found) -> str:
    """How many there are, no further than is counted."""
    if found.more:
        said = _(
            "More than %(number)d matters. The latest are shown; narrow the search to see the rest."
        )
    else:
        said = ngettext("%(number)d matter", "%(number)d matters", found.number)
    return said % {"number": found.number}


def _unfit(words: str) -> Nothing | None:
    """What cannot be looked for, in words."""
    if not words:
        return Nothing(title=_("What are you looking for?"), advice=f"{_advice()} {_of_files()}")
    if searches.length(words) < SHORTEST:
        return Nothing(
            title=_("Too short to look for"), advice=_("Type two characters or more, or a number.")
        )
    if len(words) > LONGEST:
        said = _(
            "Type %(most)d characters or fewer: a few words that tell it from others are enough."
        )
        return Nothing(title=_("Too long to look for"), advice=said % {"most": LONGEST})
    return None


def _advice() -> str:
    return _(
        "Type a piece of what was written: a place, a name of a company, words of an answer. "
        "Traditional or simplified, full or half width, capitals or not: it is found all the same. "
        "Words with blanks between find matters that have each of them."
    )


def _of_files() -> str:
    """What of files is found, and what is not."""
    if evidence.pictures_are_read():
        return _(
            "Files are found by their names and by what they say: PDF, Word, Excel, plain text, pictures. Sound is not."
        )
    return _(
        "Files are found by their names and by what they say: PDF, Word, Excel, plain text. Pictures and scans are not "
        "read here, and sound is not."
    )


def _broken() -> Nothing:
    return Nothing(
        title=_("The search is out of order"),
        advice=_(
            "The index has to be made anew; tell your administrator. Lists, numbers and all other pages work as always."
        ),
    )


def _none(chips: list[Chip], *, beyond: bool) -> Nothing:
    if beyond:
        return Nothing(title=_("The hits end before this page"), advice=_("Go back a page."))
    advice = _("Try fewer characters, or another word for it.")
    if chips:
        advice = _("Take a filter off, or try fewer characters.")
    return Nothing(title=_("Nothing that you may see has these words"), advice=advice)
