"""The register of disputes: as a list, as a map of tiles, and a dispute that is entered."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.disputes.forms import FilterForm, FindingForm
from xinqiao.desk.disputes.pages import PAGE, form_page, page_number, turning, typed
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions import register as actions
from xinqiao.disputes.values import Filters, Line, PartLine, Tile
from xinqiao.matters.queries import today
from xinqiao.rules.dispute_levels import levels
from xinqiao.rules.units import territory
from xinqiao.ui.jinja import draw
from xinqiao.ui.punctuation import listed
from xinqiao.ui.typed import whole_number

_COUNTY_DIGITS = 6


@require_safe
@for_working_posts
def register(request: DeskRequest) -> HttpResponse:
    """One of the lists, what falls due next first."""
    form = FilterForm(request.names, request.GET, request.person.units())
    filters, number = form.filters(), page_number(request)
    found = queries.page(request.person, filters, number, PAGE, request.now)
    facts = {
        "form": form,
        "narrowed": form.narrowed,
        "current": filters.list,
        "tabs": _tabs(request, filters),
        "rows": _rows(request, found[:PAGE]) if found else "",
        "waiting": queries.parts_to_report(request.person, request.now),
        "query": request.GET.urlencode(),
        "places": _places(request),
        **turning(request, number, len(found)),
    }
    return render(request, "desk/disputes/register.html", facts)


def _tabs(request: DeskRequest, filters: Filters) -> list[dict[str, Any]]:
    counts = queries.counts(request.person, request.now)
    labels = {
        "mine": _("With my unit"), "overdue": _("Overdue"), "open": _("All open"), "all": _("All"),
    }  # fmt: skip
    return [
        {
            "label": labels[name], "current": name == filters.list, "count": counts.get(name),
            "most": counts.get(name, 0) >= queries.MOST_COUNTED, "address": _in(request, name),
        }
        for name in queries.LISTS
    ]  # fmt: skip


def _in(request: DeskRequest, name: str) -> str:
    query = request.GET.copy()
    query["list"] = name
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _rows(request: DeskRequest, lines: list[Line]) -> SafeString:
    return draw("desk/disputes/rows.html", request, lines=lines, size=size_words)


def size_words(households: int, people: int) -> str:
    """How large a dispute is, in words."""
    parts = []
    if households:
        said = ngettext("%(count)d household", "%(count)d households", households)
        parts.append(said % {"count": households})
    if people:
        said = ngettext("%(count)d person", "%(count)d people", people)
        parts.append(said % {"count": people})
    return listed(parts) or "—"


def _places(request: DeskRequest) -> str:
    """The region whose map the person looks at first: the largest that a unit of theirs belongs to."""
    units = request.names.units
    regions = [units[code].region for code in request.person.units() if code in units]
    return min(regions, key=lambda region: len(territory(region)), default="")


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The same list as an Excel file."""
    filters = FilterForm(request.names, request.GET, request.person.units()).filters()
    found = queries.lines(request.person, filters, request.now, MOST_ROWS)
    headings = [
        _("Number"), _("Subject"), request.names.word("field", "region"), request.names.word("field", "place"),
        request.names.word("field", "category"), request.names.word("field", "dispute_households"),
        request.names.word("field", "dispute_people"), request.names.word("field", "dispute_level"), _("State"),
        _("With whom"), _("Found on"), _("Next date"),
    ]  # fmt: skip
    note_export(request, "disputes")
    return sheet_response(_("Disputes"), headings, _cells(request, found))


def _cells(request: DeskRequest, found: list[Line]) -> Iterator[list[str | int | date | None]]:
    names = request.names
    for line in found:
        yield [
            line.number, line.subject, names.region(line.region), line.place, names.category(line.category),
            line.households, line.people, names.word("dispute_level", line.level),
            names.word("dispute_state", line.state), names.unit(line.holder), line.found_on, line.due,
        ]  # fmt: skip


# -- the map ------------------------------------------------------------------------------------------------------


@require_safe
@for_working_posts
def tile_map(request: DeskRequest) -> HttpResponse:
    """The open disputes by place: a tile for each, darker with the gravest level there; the same as a table."""
    region = request.GET.get("region", "") or _places(request)
    if not directory.region_exists(region):
        raise Http404
    tiles, rest = queries.tiles(request.person, region, request.now)
    above = region[:_COUNTY_DIGITS] if len(region) > _COUNTY_DIGITS else _around(region)
    facts = {
        "region": region,
        "above": above if above != region and above.startswith(territory(_places(request))) else "",
        "tiles": [_tile(request, one) for one in tiles],
        "rest": _tile(request, rest) if rest.total else None,
        "levels": [(code, request.names.word("dispute_level", code)) for code in levels()],
        "total": sum(one.total for one in tiles) + rest.total,
    }
    return render(request, "desk/disputes/map.html", facts)


def _around(region: str) -> str:
    """The region of the level above, by its code."""
    digits = territory(region)[:-2]
    return digits.ljust(_COUNTY_DIGITS, "0") if digits else ""


def _tile(request: DeskRequest, tile: Tile) -> dict[str, Any]:
    names = request.names
    grave = next((code for code in levels() if tile.counts.get(code)), "none")
    return {
        "region": tile.region,
        "name": names.region(tile.region).rpartition(" ")[2],
        "total": tile.total,
        "grave": grave,
        "counts": [(names.word("dispute_level", code), tile.counts.get(code, 0)) for code in levels()],
        "deeper": bool(directory.region_choices(tile.region)),
    }  # fmt: skip


# -- entering one -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """Enters a dispute; `part` in the address is the part of a round in which it was found."""
    part = _part(request)
    units = frozenset({part.unit}) if part else request.person.units()
    own = frozenset(code for code in units if code in request.names.units)
    if not own:
        raise PermissionDenied
    form = FindingForm(request.names, own, typed(request), part.region if part else "")

    def do() -> str:
        finding = form.value(part.id if part else None)
        row = actions.find(finding, by=request.person, now=request.now)
        return reverse("desk:dispute", args=[row])

    back = reverse("desk:part", args=[part.id]) if part else reverse("desk:disputes")
    facts = {
        "title": _("Enter a dispute"),
        "lead": _(
            "About the matter and the place. Nobody's name: who is part of it is told by role."
        ),
        "back": back,
        "back_label": _("Report of the round") if part else _("Disputes"),
        "label": _("Enter it"),
        "today": today(request.now),
    }
    return form_page(request, form, facts, do=do, said=_("Entered in the register."))


def _part(request: DeskRequest) -> PartLine | None:
    asked = request.GET.get("part", "")
    if not asked:
        return None
    row = whole_number(asked, 17) or 0
    part = queries.part(request.person, row, request.now)
    if part is None:
        raise Http404
    return part
