"""What the pages of a plan share: its tabs and years, the names of places, amounts as people write them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.words import Names
from xinqiao.matters.queries import today
from xinqiao.rules.assessment import Scale as Weights
from xinqiao.rules.assessment import Scored
from xinqiao.rules.targets import Aim, Measured, told
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.values import CENTS
from xinqiao.targets.values import Place, Scale
from xinqiao.ui.typed import whole_number

UNFIT, CONFLICT = 422, 409
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: The pages of the plan, with what they are called: for its tabs, and for whoever links to them.
_PAGES = ("plan", "plan_letters", "plan_scores", "plan_keys", "plan_close")


def links(year: int) -> list[tuple[str, str]]:
    """The pages of the plan of a year: what each is called, and its address."""
    called = [
        _("Targets"),
        _("Responsibility letters"),
        _("Assessment and ranks"),
        _("Key management"),
        _("Year close"),
    ]
    return [
        (label, f"{reverse(f'desk:{name}')}?year={year}")
        for name, label in zip(_PAGES, called, strict=True)
    ]


def shown(
    request: DeskRequest, template: str, page: str, facts: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page under the tabs of the plan."""
    year = facts.get("year") or year_of(request)
    tabs = [
        {"label": label, "address": address, "current": name == page}
        for name, (label, address) in zip(_PAGES, links(year), strict=True)
    ]
    given = {"tabs": tabs, "year": year, "years": years(request)}
    return render(
        request, f"desk/targets/plans/{template}.html", given | dict(facts), status=status
    )


def year_of(request: DeskRequest) -> int:
    """The year that the address asks for; this one where it is none."""
    asked = whole_number(request.GET.get("year", ""), 4)
    year = today(request.now).year if asked is None else asked
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def years(request: DeskRequest) -> list[int]:
    """The years offered, the latest first."""
    now = today(request.now).year
    return sorted({now - 1, now, now + 1, year_of(request), *queries.years()}, reverse=True)


def office_of(request: DeskRequest) -> str:
    """The office for which the person acts: the one that was sent, else their first. Raises PermissionDenied."""
    offices = queries.keeps(request.person)
    if not offices:
        raise PermissionDenied
    sent = request.POST.get("office", "")
    return sent if sent in offices else offices[0]


def place_name(names: Names, place: Place) -> str:
    """What a place is called."""
    return names.region(place.code) if place.scale is Scale.REGION else names.unit(place.code)


def place_code(place: Place) -> str:
    """A place in one word, for forms."""
    return f"{place.scale}:{place.code}"


def place_of(code: str) -> Place:
    """The place of such a word. Raises ValueError."""
    scale, _colon, rest = code.partition(":")
    return Place(scale=Scale(scale), code=rest)


def indicator_name(names: Names, weights: Weights, code: str) -> str:
    """What an indicator is called; the code of one that the scale has no more."""
    spec = weights.indicators.get(code)
    return spec.name(names.language) if spec is not None else code


def figure(measured: Measured | None, spec: Scored | None) -> str:
    """A figure as it is written in a table; a dash for none."""
    amount = measured.amount if measured is not None else None
    return "—" if amount is None else told(amount, bool(spec and spec.rate))


def aim_said(names: Names, aim: Aim, amount: int, aimed: int | None, rate: bool) -> str:
    """A target in words: the figure; the change with what comes of it; the first half of the band."""
    if aim is Aim.BAND:
        return _("among the first %(share)s") % {"share": told(amount, True)}
    reached = told(aimed or 0, rate)
    if aim is Aim.CHANGE:
        sign = "+" if amount > 0 else ""
        return _("%(reached)s (%(change)s)") % {
            "reached": reached,
            "change": f"{sign}{told(amount, True)}",
        }
    return reached


def distance_said(away: Fraction | None, rate: bool) -> str:
    """How far a figure is from its target: reached, or by how much it is not."""
    if away is None:
        return "—"
    if away <= 0:
        return (
            _("within the target, %(spare)s to spare") % {"spare": told(-away, rate)}
            if away
            else _("just within the target")
        )
    return _("%(away)s away") % {"away": told(away, rate)}


def points_said(cents: int) -> str:
    """Points of hundredths, as they are written."""
    return f"{Decimal(cents) / CENTS:.2f}"
