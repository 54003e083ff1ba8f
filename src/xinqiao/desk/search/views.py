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
from xinqiao.desk.work.filters import Chip, FilterForm
from xinqiao.intake import queries as intake
from xinqiao.search import queries as searches
from xinqiao.search.queries import MOST_COUNTED, SHORTEST
from xinqiao.search.values import Found, Unusable
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

PAGE = 20
#: So many characters are looked for at the most.
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Why nothing is shown, and what to do."""

    title: str
    advice: str


class SearchForm(FilterForm):
    """The filters of the lists beside the words that are looked for, which are one question with them."""

    def __init__(self, *args: Any, words: str, **named: Any) -> None:
        super().__init__(*args, **named)
        del self.fields["words"]
        self.looked_for = words

    def kept(self, queue: str = "") -> QueryDict:
        """The question as an address keeps it."""
        address = super().kept(queue)
        del address["queue"]
        address["q"] = self.looked_for
        return address


@require_safe
@for_working_posts
def search(request: DeskRequest) -> HttpResponse:
    """Matters that hold the words `q`, within what the person may see; a number leads to the list that finds it."""
    words = request.GET.get("q", "").strip()
    if intake.matter_number(words):
        return HttpResponseRedirect(
            f"{reverse('desk:work')}?{urlencode({'queue': 'all', 'words': words})}"
        )
    form = SearchForm(request.names, request.GET, words=words, units=request.person.units())
    filters = form.filters("")
    number = page_number(request, last=MOST_COUNTED // PAGE)
    found, nothing = None, _unfit(words)
    if nothing is None:
        try:
            found = searches.find(
                request.person, words, filters, request.now, number=number, size=PAGE
            )
        except Unusable:
            nothing = _broken()
    facts = _shown(request, form, found, number) if found else {}
    return render(
        request,
        "desk/search/search.html",
        {"words": words, "form": form, "longest": LONGEST, "chips": form.chips(""), **facts}
        | {"nothing": nothing or facts.get("nothing"), "whole": searches.is_whole()},
    )


def _shown(request: DeskRequest, form: SearchForm, found: Found, number: int) -> dict[str, Any]:
    kept, following = form.kept(), number * PAGE < found.number
    return {
        "found": found,
        "counted": _counted(found),
        "hits": _drawn(request, found) if found.hits else "",
        "nothing": None if found.hits else _none(form.chips(""), beyond=found.number > 0),
        "previous": _address(kept, number - 1) if number > 1 else "",
        "following": _address(kept, number + 1) if following else "",
    }


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
        return Nothing(
            title=_("What are you looking for?"),
            advice=_(
                "Type a piece of what was written: a place, a name of a company, words of an answer. "
                "Traditional or simplified, full or half width, capitals or not: it is found all the same."
            ),
        )
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
