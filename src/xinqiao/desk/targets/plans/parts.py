"""One target: what it is, its parts among places below, and parting it by a key or by hand."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.targets.plans.common import (
    CONFLICT,
    UNFIT,
    aim_said,
    figure,
    indicator_name,
    place_code,
    place_name,
    shown,
)
from xinqiao.desk.targets.plans.forms import PartsForm
from xinqiao.desk.targets.plans.targets import METHODS
from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import Key, proposed, told
from xinqiao.targets.plans import places, queries
from xinqiao.targets.plans.actions import setting
from xinqiao.targets.plans.values import TargetLine
from xinqiao.targets.values import Place, Scale


@require_http_methods(METHODS)
@for_working_posts
def target(request: DeskRequest, target: int) -> HttpResponse:
    """One target with its parts; who keeps it parts it. The boxes hold what a key proposes until somebody saves."""
    line = _target(request, target)
    keeps = line.office in queries.keeps(request.person)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    facts = _about(request, line) | {"keeps": keeps, "line": line}
    status = 200
    if keeps and line.aimed is not None and not facts["closed"]:
        form, asked = _form(request, line, facts["rate"])
        facts |= asked | {"form": form, "rows": _rows(request, line, form, asked, facts["spec"])}
        if request.method == "POST":
            status = _saved(request, line, form, asked["key"])
            if not status:
                return redirect("desk:plan_target", line.id)
            facts |= _sums(form, line, facts["rate"])
    return shown(request, "target", "plan", facts, status=status or 200)


def _saved(request: DeskRequest, line: TargetLine, form: PartsForm, key: Key) -> int:
    """0 when the parts were saved; else the status of the answer, with what is wrong told by the form."""
    if not form.is_valid():
        return UNFIT
    if "check" in request.POST:
        return 200
    try:
        setting.part(line.id, key, form.amounts(), by=request.person, now=request.now)
    except Refused as refused:
        form.refuse(refused.refusal)
        return CONFLICT
    messages.success(request, _("The target is parted; the parts sum to it."))
    return 0


@require_http_methods(METHODS)
@for_working_posts
def withdraw(request: DeskRequest, target: int) -> HttpResponse:
    """Takes a target back, after a second look."""
    line = _target(request, target)
    if line.office not in queries.keeps(request.person):
        raise PermissionDenied
    if request.method == "POST":
        try:
            setting.withdraw(line.id, by=request.person, now=request.now)
        except Refused as refused:
            messages.error(request, request.names.say(refused.refusal))
            return redirect("desk:plan_target", line.id)
        messages.success(request, _("The target was withdrawn."))
        return redirect(f"{reverse('desk:plan')}?year={line.year}")
    return shown(request, "withdraw", "plan", _about(request, line) | {"line": line})


def _target(request: DeskRequest, target: int) -> TargetLine:
    line = queries.target(request.person, target)
    if line is None:
        raise Http404
    return line


def _about(request: DeskRequest, line: TargetLine) -> dict[str, Any]:
    names, weights = request.names, queries.weights()
    spec = weights.indicators.get(line.indicator)
    rate = bool(spec and spec.rate)
    last = queries.so_far([line.place], line.year - 1, request.now, [line.indicator])
    this = queries.so_far([line.place], line.year, request.now, [line.indicator])
    key = (line.place, line.indicator)
    return {
        "year": line.year, "back": f"{reverse('desk:plan')}?year={line.year}",
        "spec": spec, "rate": rate, "place": place_name(names, line.place),
        "indicator": indicator_name(names, weights, line.indicator),
        "aim": aim_said(names, line.aim, line.amount, line.aimed, rate),
        "last": figure(last.get(key), spec), "this": figure(this.get(key), spec),
        "setter": directory.account_names([line.set_by]).get(line.set_by, "") if line.set_by else "",
        "parts": [
            (place_name(names, one.place), told(one.amount, rate), one.proposed != one.amount, one.kept)
            for one in line.parts
        ],
        "whole": told(line.aimed, rate) if line.aimed is not None else "",
        "closed": queries.is_closed(line.office, line.year),
    }  # fmt: skip


def _form(request: DeskRequest, line: TargetLine, rate: bool) -> tuple[PartsForm, dict[str, Any]]:
    """The boxes: as they were sent, as they were saved, or as the key of the address proposes."""
    day, names = today(request.now), request.names
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {one.place.scale for one in line.parts if not one.kept}
    scale = _one_of(Scale, asked.get("among", ""), next(iter(chosen), None)) or Scale.REGION
    below = places.below(line.place, scale, day)
    if not below:
        scale = Scale.UNIT if scale is Scale.REGION else Scale.REGION
        below = places.below(line.place, scale, day)
    below = [one for one in below if one != line.place]
    key = _one_of(Key, asked.get("key", ""), line.parted_by) or Key.LAST_YEAR
    among = {one: place_name(names, one) for one in below} | {line.place: _("Kept at this level")}
    saved = {one.place: one.amount for one in line.parts}
    asks = "key" in request.GET or "among" in request.GET
    amounts, why = (
        (saved, "") if saved and not asks else _proposal(request, line, key, list(among), rate)
    )
    data = request.POST if request.method == "POST" else None
    form = PartsForm(names, among, rate, amounts, data)
    return form, {
        "key": key,
        "among": scale,
        "why": why,
        "keys": list(Key),
        "scales": list(Scale),
        "places": list(among),
    }


def _proposal(
    request: DeskRequest, line: TargetLine, key: Key, among: list[Place], rate: bool
) -> tuple[Mapping[Place, int], str]:
    """What the key gives each, and why it gives nothing."""
    try:
        heavy = setting.weights(line.id, key, among, now=request.now)
    except Refused as refused:
        return {}, request.names.say(refused.refusal)
    if rate:
        heavy = {one: weight for one, weight in heavy.items() if one != line.place}
    given = proposed(
        line.aimed or 0, rate, {place_code(one): weight for one, weight in heavy.items()}
    )
    return {one: given[place_code(one)] for one in heavy}, ""


def _rows(
    request: DeskRequest, line: TargetLine, form: PartsForm, asked: Mapping[str, Any], spec: Any
) -> list[tuple[str, str, Any]]:
    """Of each place its name, last year's figure, its box."""
    last = queries.so_far(asked["places"], line.year - 1, request.now, [line.indicator])
    return [
        (
            str(form.fields[place_code(one)].label),
            "" if one == line.place else figure(last.get((one, line.indicator)), spec),
            form[place_code(one)],
        )
        for one in asked["places"]
    ]


def _sums(form: PartsForm, line: TargetLine, rate: bool) -> dict[str, str]:
    """What the boxes sum to, and by how much that is not the target; nothing of rates."""
    if rate or not hasattr(form, "cleaned_data") or line.aimed is None:
        return {}
    total = sum(form.amounts().values())
    return {
        "sum": str(total),
        "difference": f"{total - line.aimed:+d}" if total != line.aimed else "",
    }


def _one_of(codes: Any, asked: str, otherwise: Any) -> Any:
    """The code that was asked for, where there is such a one."""
    known = {one.value for one in codes}
    if asked in known:
        return codes(asked)
    return codes(otherwise) if otherwise in known else None
