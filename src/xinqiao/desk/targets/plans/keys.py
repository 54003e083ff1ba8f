"""Key management: how far each region is from each limit; how many people live there."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets.forecast.words import chance_said
from xinqiao.desk.targets.plans.common import (
    CONFLICT,
    UNFIT,
    indicator_name,
    place_name,
    shown,
    year_of,
)
from xinqiao.desk.targets.plans.forms import PopulationForm
from xinqiao.desk.targets.plans.targets import METHODS
from xinqiao.matters.queries import today
from xinqiao.rules.key_management import Far, Stand
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import told
from xinqiao.targets.forecast.values import Crossing
from xinqiao.targets.plans import places, queries
from xinqiao.targets.plans.actions import setting
from xinqiao.targets.plans.files import key_rules
from xinqiao.targets.plans.standing import key_stands, looking_ahead, populations
from xinqiao.targets.plans.values import PlaceStand
from xinqiao.targets.values import Scale
from xinqiao.ui.templatetags.figures import said


@require_safe
@for_working_posts
def key_management(request: DeskRequest) -> HttpResponse:
    """Each region under the person's offices, each limit, the distance to it; the listed ones first."""
    found = sorted(_stands(request), key=lambda one: not one.listed)
    rules = key_rules()
    english = request.names.language.startswith("en")
    facts = {
        "stands": [(_named(request, one), rows_of(request, one)) for one in found],
        "keeps": queries.keeps(request.person),
        "source": rules.source_en if english else rules.source_zh,
        "listed": sum(one.listed for one in found),
    }
    return shown(request, "keys", "plan_keys", facts)


def _stands(request: DeskRequest) -> list[PlaceStand]:
    return looking_ahead(key_stands(request.person, request.now), request.now)


def _named(request: DeskRequest, one: PlaceStand) -> dict[str, Any]:
    return {
        "place": place_name(request.names, one.place), "population": one.population, "listed": one.listed,
        "people": said(one.population),
    }  # fmt: skip


def rows_of(request: DeskRequest, one: PlaceStand) -> list[dict[str, Any]]:
    """Each condition of each rule, with the figure, the limit and how far it is away, in words."""
    return [
        _row(request, stand, far) | {"expected": _expected(request, far, one.expected.get(far.condition))}
        for stand in one.stands
        for far in stand.far
    ]  # fmt: skip


def _expected(request: DeskRequest, far: Far, crossing: Crossing | None) -> str:
    """On which day the expected course passes the limit, and how likely it is until the end of the period."""
    if crossing is None or far.holds:
        return ""
    facts = {"chance": chance_said(crossing.probability)}
    if crossing.already or (crossing.day is not None and crossing.day <= today(request.now)):
        return _("any day now (%(chance)s)") % facts
    if crossing.day is None:
        return _("not in this period (%(chance)s)") % facts
    return _("%(day)s (%(chance)s)") % (facts | {"day": crossing.day.isoformat()})


def _row(request: DeskRequest, stand: Stand, far: Far) -> dict[str, Any]:
    english = request.names.language.startswith("en")
    rate = queries.weights().indicators.get(far.condition.indicator)
    percent = bool(rate and rate.rate)
    return {
        "rule": stand.rule.en if english else stand.rule.zh, "listed": stand.listed, "holds": far.holds,
        "what": what_is_asked(request, far, percent), "value": _amount(far.value, percent),
        "limit": _amount(far.condition.limit, percent),
        "left": _left(far, percent),
    }  # fmt: skip


def what_is_asked(request: DeskRequest, far: Far, percent: bool) -> str:
    """The condition in words: of which period, per how many people, above or below what."""
    one, names = far.condition, request.names
    facts = {
        "what": indicator_name(names, queries.weights(), one.indicator), "limit": _amount(one.limit, percent),
        "period": names.word("running_span", one.period), "people": one.per,
    }  # fmt: skip
    if one.per:
        return _("%(period)s, %(what)s: above %(limit)s per %(people)s people") % facts
    if one.above:
        return _("%(period)s, %(what)s: above %(limit)s") % facts
    return _("%(period)s, %(what)s: below %(limit)s") % facts


def _amount(value: Fraction | None, percent: bool) -> str:
    if value is None:
        return "—"
    return told(value * 100, True) if percent else told(value, False)


def _left(far: Far, percent: bool) -> str:
    if far.left is None:
        if far.condition.per:
            return _("population not known, or no figure")
        return _("no figure")
    if far.left < 0:
        return _("beyond the limit by %(by)s") % {"by": _amount(-far.left, percent)}
    return _("%(left)s left") % {"left": _amount(far.left, percent)}


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The distances as an Excel file."""
    note_export(request, "plan:keys")
    headings = [
        _("Region"),
        _("Population"),
        _("Rule"),
        _("Condition"),
        _("Current figure"),
        _("Threshold"),
        _("Distance"),
        _("Expected to be passed (chance)"),
        _("Listed"),
    ]

    def cells() -> Iterator[Sequence[Cell]]:
        for one in _stands(request):
            for row in rows_of(request, one):
                yield [
                    place_name(request.names, one.place), one.population, row["rule"], row["what"], row["value"],
                    row["limit"], row["left"], row["expected"], request.names.yes_no(row["listed"]),
                ]  # fmt: skip

    return sheet_response(_("Key management"), headings, cells())


@require_http_methods(METHODS)
@for_working_posts
def population(request: DeskRequest) -> HttpResponse:
    """How many people live in a region: entered by the head of its petition office."""
    offices = queries.keeps(request.person)
    if not offices:
        raise PermissionDenied
    names, day = request.names, today(request.now)
    regions = {
        one.code: place_name(names, one)
        for office in offices
        for one in places.of_office(office, day)
        if one.scale is Scale.REGION
    }
    initial = {"year": year_of(request), "office": offices[0]}
    data = request.POST if request.method == "POST" else None
    form = PopulationForm(names, offices, regions, data, initial)
    status = 200
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            typed = form.cleaned_data
            try:
                setting.enter_population(
                    typed["office"], typed["region"], typed["year"], typed["people"], typed["source"],
                    by=request.person, now=request.now,
                )  # fmt: skip
            except Refused as refused:
                form.refuse(refused.refusal)
                status = CONFLICT
            else:
                messages.success(request, _("The population is entered."))
                return redirect("desk:plan_keys")
    known = populations(list(regions), year_of(request))
    rows = [(regions[code], known.get(code)) for code in regions]
    return shown(request, "population", "plan_keys", {"form": form, "rows": rows}, status=status)
