"""Assessment: points and ranks of a year, one score with its derivation, its appeal and the answer."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets.plans.common import (
    CONFLICT,
    UNFIT,
    figure,
    indicator_name,
    office_of,
    place_name,
    points_said,
    shown,
    year_of,
)
from xinqiao.desk.targets.plans.forms import AnswerForm, AppealForm
from xinqiao.desk.targets.plans.targets import METHODS
from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.evidence import serving
from xinqiao.evidence.values import Owner
from xinqiao.matters.queries import today
from xinqiao.rules.ranking import Size
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import heads, told
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import assessing
from xinqiao.targets.plans.values import APPEAL, PlaceScore, ScoreLine
from xinqiao.ui.files import entries

_LARGEST = 2**63 - 1


@require_safe
@for_working_posts
def scores(request: DeskRequest) -> HttpResponse:
    """Points and ranks of the places that the person sees, by size band."""
    year, offices = year_of(request), queries.keeps(request.person)
    size = Size.POPULATION if request.GET.get("size") == Size.POPULATION else Size.TOTAL
    found = queries.scores(request.person, year, size)
    facts = {
        "size": size,
        "sizes": list(Size),
        "year": year,
        "bands": _by_band(request, found),
        "offices": [one for one in offices if not queries.is_closed(one, year)],
        "over": year < today(request.now).year,
        "weights": queries.weights(),
    }
    return shown(request, "scores", "plan_scores", facts)


@require_POST
@for_working_posts
def assess(request: DeskRequest) -> HttpResponse:
    """The office assesses a year."""
    year, office = year_of(request), office_of(request)
    try:
        count = assessing.assess(office, year, by=request.person, now=request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    else:
        messages.success(request, _("Assessed: %(count)s scores.") % {"count": count})
    return redirect(f"{reverse('desk:plan_scores')}?year={year}")


def _by_band(request: DeskRequest, found: Sequence[PlaceScore]) -> list[dict[str, Any]]:
    """Groups of one scale and size band, each with its places and their scores."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    names, weights = request.names, queries.weights()
    for one in found:
        band = one.rank.band if one.rank else ""
        groups.setdefault((one.place.scale, band), []).append({
            "place": place_name(names, one.place), "total": points_said(one.total), "rank": one.rank,
            "scores": [
                (each, indicator_name(names, weights, each.indicator), points_said(each.points), points_said(each.full))
                for each in one.scores
            ],
        })  # fmt: skip
    return [{"scale": scale, "band": band, "rows": rows} for (scale, band), rows in groups.items()]


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """All points of a year with their derivation as an Excel file."""
    year = year_of(request)
    note_export(request, "plan:scores")
    headings = [
        _("Region or unit"), _("Size band"), _("Rank"), _("Total"), _("Indicator"), _("This year"), _("Target"),
        _("Points"), _("Full points"), _("Derivation"),
    ]  # fmt: skip
    return sheet_response(
        _("Assessment of %(year)s") % {"year": year}, headings, _cells(request, year)
    )


def _cells(request: DeskRequest, year: int) -> Iterator[list[Cell]]:
    names, weights = request.names, queries.weights()
    for place in queries.scores(request.person, year):
        rank = place.rank
        for one in place.scores:
            spec = weights.indicators.get(one.indicator)
            yield [
                place_name(names, place.place), names.word("size_band", rank.band) if rank else "",
                f"{rank.rank}/{rank.of}" if rank else "", points_said(place.total),
                indicator_name(names, weights, one.indicator), figure(one.figure, spec),
                told(one.aimed, bool(spec and spec.rate)) if one.aimed is not None else "", points_said(one.points),
                points_said(one.full), " ".join(_sentences(request, one)),
            ]  # fmt: skip


def _sentences(request: DeskRequest, line: ScoreLine) -> list[str]:
    english = request.names.language.startswith("en")
    return [one.en if english else one.zh for one in line.derivation]


@require_safe
@for_working_posts
def score(request: DeskRequest, score: int) -> HttpResponse:
    """One score: every point derived, what asks for a look beside it, the appeal and its answer."""
    return shown(request, "score", "plan_scores", _about(request, _score(request, score)))


@require_http_methods(METHODS)
@for_working_posts
def appeal(request: DeskRequest, score: int) -> HttpResponse:
    """The head of the unit says something against the score."""
    line = _score(request, score)
    if not heads(request.person, line.unit):
        raise PermissionDenied
    form = AppealForm(
        request.names, *((request.POST, request.FILES) if request.method == "POST" else ())
    )
    status = 200
    if request.method == "POST":
        form.keep(request.person, request.now)
        status = UNFIT
        if form.is_valid():
            try:
                assessing.appeal(
                    line.id,
                    form.cleaned_data["reason"],
                    list(form.held.files),
                    by=request.person,
                    now=request.now,
                )
            except Refused as refused:
                form.refuse(refused.refusal)
                status = CONFLICT
            else:
                messages.success(request, _("The appeal is made; the office answers it."))
                return redirect("desk:plan_score", line.id)
    return shown(
        request, "appeal", "plan_scores", _about(request, line) | {"form": form}, status=status
    )


@require_http_methods(METHODS)
@for_working_posts
def answer(request: DeskRequest, score: int) -> HttpResponse:
    """The office above answers an appeal: which points stand, and why."""
    line = _score(request, score)
    if line.appeal is None or not queries.answers(request.person, line):
        raise PermissionDenied
    form = AnswerForm(
        request.names, line.points, line.full, request.POST if request.method == "POST" else None
    )
    status = 200
    if request.method == "POST":
        status = UNFIT
        if form.is_valid():
            said = form.cleaned_data
            try:
                assessing.answer(
                    line.appeal.id,
                    said["points"],
                    said["reason"],
                    by=request.person,
                    now=request.now,
                )
            except Refused as refused:
                form.refuse(refused.refusal)
                status = CONFLICT
            else:
                messages.success(request, _("The appeal is answered."))
                return redirect("desk:plan_score", line.id)
    return shown(
        request, "answer", "plan_scores", _about(request, line) | {"form": form}, status=status
    )


@require_safe
@for_working_posts
def file(request: DeskRequest, score: int, file: int) -> HttpResponseBase:
    """One file of an appeal, for whom its score exists."""
    line = _score(request, score)
    kept = evidence.file(file) if file <= _LARGEST else None
    if line.appeal is None or kept is None or kept.owner != Owner(kind=APPEAL, id=line.appeal.id):
        raise Http404
    if request.GET.get("show") != serving.PREVIEW:
        audit.record(
            AuditAction.VIEWED, now=request.now, by_account=request.account,
            unit=min(request.person.units(), default=""), object_kind="file", object_id=kept.id,
            detail={"score": line.id},
        )  # fmt: skip
    return serving.answer(request, kept)


def _score(request: DeskRequest, score: int) -> ScoreLine:
    line = queries.score(request.person, score)
    if line is None:
        raise Http404
    return line


def _about(request: DeskRequest, line: ScoreLine) -> dict[str, Any]:
    names, weights, made = request.names, queries.weights(), line.appeal
    spec = weights.indicators.get(line.indicator)
    rate, english = bool(spec and spec.rate), names.language.startswith("en")
    kept = evidence.files_of(Owner(kind=APPEAL, id=made.id)) if made else []
    known = (
        directory.account_names([one for one in (made.by, made.answered_by) if one]) if made else {}
    )
    return {
        "line": line, "year": line.year, "place": place_name(names, line.place),
        "indicator": indicator_name(names, weights, line.indicator), "figure": figure(line.figure, spec),
        "aimed": told(line.aimed, rate) if line.aimed is not None else "", "points": points_said(line.points),
        "full": points_said(line.full), "made": made,
        "derivation": [(one.en if english else one.zh, one.look) for one in line.derivation],
        "files": entries(kept, lambda one: reverse("desk:plan_appeal_file", args=[line.id, one.id])),
        "who": {"by": known.get(made.by or 0, ""), "answered_by": known.get(made.answered_by or 0, "")} if made else {},
        "before": points_said(made.before) if made else "", "after": points_said(made.after or 0) if made else "",
        "appeals": made is None and heads(request.person, line.unit) and not queries.is_closed(line.office, line.year),
        "answers": queries.answers(request.person, line) and not queries.is_closed(line.office, line.year),
    }  # fmt: skip
