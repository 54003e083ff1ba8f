"""Hot spots by place, in time, and as a list by heat."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.insight.hotspots import drawing, rising, words
from xinqiao.desk.insight.hotspots.access import for_lookouts
from xinqiao.desk.insight.hotspots.forms import LISTS, FilterForm
from xinqiao.desk.words import Names
from xinqiao.insight.reading.words import county
from xinqiao.insight.spots import queries, rises
from xinqiao.insight.spots.gauge import TIERS
from xinqiao.insight.spots.values import Filters, SpotLine
from xinqiao.matters.queries import today
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number

PAGE = 25
_COUNTY = 6
#: The shade of a tile: that of the gravest tier.
_SHADES = {"alert": "major", "watch": "substantial", "": "ordinary"}


@require_safe
@for_lookouts
def hotspots(request: DeskRequest) -> HttpResponse:
    """What is rising where, since when, how sure, and what was done; the hottest first."""
    form = _form(request)
    filters = form.filters()
    everything = queries.listed(request.person, Filters(lately=filters.lately), request.now)
    found = [one for one in everything if queries.fits(one, filters)]
    number = page_number(request, last=queries.MOST // PAGE)
    shown = found[(number - 1) * PAGE : number * PAGE]
    day = today(request.now)
    facts = {
        "form": form, "narrowed": form.narrowed, "current": filters.list, "query": request.GET.urlencode(),
        "tabs": _tabs(request, everything, filters), "tiles": _tiles(request, everything, filters),
        "tiers": [(one, request.names.word("spot_tier", one), _SHADES[one]) for one in TIERS],
        "chart": drawing.of_list((one_day for one in found for one_day in one.days), day) if found else None,
        "rows": draw("desk/insight/hotspots/rows.html", request, lines=shown, w=words) if shown else "",
        "previous": _in(request, page=str(number - 1)) if number > 1 else "",
        "following": _in(request, page=str(number + 1)) if len(found) > number * PAGE else "",
        "everything": len(everything), "rises": _rises(request, filters.region),
    }  # fmt: skip
    return render(request, "desk/insight/hotspots/list.html", facts)


def _form(request: DeskRequest) -> FilterForm:
    return FilterForm(request.names, request.GET, request.person.units(), today(request.now))


def _tabs(
    request: DeskRequest, everything: Sequence[SpotLine], filters: Filters
) -> list[dict[str, Any]]:
    labels = {
        "lately": _("In the last thirty days"), "new": _("Nobody has acted yet"), "handed": _("Handed over"),
        "judged": _("Judged"), "all": _("All"),
    }  # fmt: skip
    return [
        {
            "label": labels[name], "current": name == filters.list, "address": _in(request, list=name, page=""),
            "count": sum(queries.fits(one, replace(filters, list=name)) for one in everything),
        }
        for name in LISTS
    ]  # fmt: skip


def _rises(request: DeskRequest, region: str) -> list[Mapping[str, Any]]:
    """What rises in a field and a place, in words and figures."""
    return [
        rising.said(request.names, one)
        for one in rises.standing(request.person, region, request.now)
    ]


def _in(request: DeskRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _tiles(
    request: DeskRequest, everything: Iterable[SpotLine], filters: Filters
) -> list[Mapping[str, Any]]:
    """A tile for each county with hot spots of this list, the gravest first; what is wider stands under the city.

    A tile leads to what it counts: a city's, and what has no place, to nothing, since counties lie in a city.
    """
    names, wanted = request.names, replace(filters, region="")
    here = [one for one in everything if queries.fits(one, wanted)]
    counted = Counter((one.region[:_COUNTY], one.tier) for one in here)
    places = {place for place, _tier in counted}
    made = [
        {
            "region": place, "address": _in(request, region=place, page="") if county(place) else "",
            "name": names.region(place) if place else _("place not known"),
            "counts": [(names.word("spot_tier", tier), counted[place, tier]) for tier in TIERS],
            "total": sum(counted[place, tier] for tier in (*TIERS, "")),
            "shade": next(_SHADES[tier] for tier in (*TIERS, "") if counted[place, tier]),
            "current": bool(place) and filters.region == place,
        }
        for place in places
    ]  # fmt: skip
    ranks = list(_SHADES.values())
    return sorted(made, key=lambda one: (ranks.index(one["shade"]), -one["total"], one["region"]))


@require_safe
@for_lookouts
def export(request: DeskRequest) -> HttpResponseBase:
    """The same list as an Excel file."""
    filters = _form(request).filters()
    found = queries.listed(request.person, filters, request.now)
    names = request.names
    headings = [
        _("Hot spot"), _("Place by name"), names.word("field", "region"), names.word("field", "category"), _("Tier"),
        _("Warned since"), _("People"), _("Matters"), _("Contacts"), _("First"), _("Last"), _("How sure"),
        _("Handed to"), names.word("field", "settle_by"), _("What it turned out to be"),
    ]  # fmt: skip
    note_export(request, "hotspots")
    return sheet_response(_("Hot spots"), headings, _cells(names, found))


def _cells(names: Names, found: Iterable[SpotLine]) -> Iterator[Sequence[Cell]]:
    for one in found:
        yield [
            words.name(one), one.place, names.region(one.region), names.category(one.category),
            names.word("spot_tier", one.tier), one.tier_on, one.people, one.matters, one.contacts, one.first_on,
            one.last_on, words.sure(one.sure), names.unit(one.handed_to) if one.handed_to else "", one.settle_by,
            names.word("spot_outcome", one.outcome),
        ]  # fmt: skip


def address_of(line: SpotLine) -> str:
    """The page of a spot."""
    return reverse("desk:hotspot", args=[line.id])
