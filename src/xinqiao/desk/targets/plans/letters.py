"""Responsibility letters: the list of a year, one to read, sign and print."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.targets.plans.common import (
    aim_said,
    indicator_name,
    office_of,
    place_name,
    shown,
    year_of,
)
from xinqiao.desk.targets.plans.targets import METHODS
from xinqiao.directory import queries as directory
from xinqiao.rules.refusals import Refused
from xinqiao.rules.targets import Aim, heads
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import letters as actions
from xinqiao.targets.plans.values import LetterLine
from xinqiao.targets.values import Place, Scale


@require_safe
@for_working_posts
def letters(request: DeskRequest) -> HttpResponse:
    """The letters of a year, and who has none yet."""
    year, offices = year_of(request), queries.keeps(request.person)
    lines = queries.letters(request.person, year)
    signers = directory.account_names([one.signed_by for one in lines if one.signed_by])
    rows = [
        (one, signers.get(one.signed_by or 0, ""), queries.letter_stands(one, by=request.person, now=request.now))
        for one in lines
    ]  # fmt: skip
    waiting = [
        (office, unit)
        for office in offices
        for unit in queries.without_letter(request.person, office, year, request.now)
    ]
    facts = {"year": year, "rows": rows, "waiting": waiting, "offices": offices}
    return shown(request, "letters", "plan_letters", facts)


@require_POST
@for_working_posts
def issue(request: DeskRequest) -> HttpResponse:
    """The office issues the letter of a unit."""
    year, office = year_of(request), office_of(request)
    unit = request.POST.get("unit", "")
    try:
        made = actions.issue(office, unit, year, by=request.person, now=request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
        return redirect(f"{reverse('desk:plan_letters')}?year={year}")
    messages.success(request, _("The letter is issued; the head of the unit signs it."))
    return redirect("desk:plan_letter", made)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The letters of a year as an Excel file."""
    year, names = year_of(request), request.names
    note_export(request, "plan:letters")
    lines = queries.letters(request.person, year)
    signers = directory.account_names([one.signed_by for one in lines if one.signed_by])
    headings = [
        _("Unit"),
        _("Issued by"),
        _("Version"),
        _("Issued"),
        _("Signed"),
        _("Signed by"),
        _("Targets"),
    ]
    cells: Iterator[list[Cell]] = (
        [
            names.unit(one.unit), names.unit(one.office), one.version, one.issued_at, one.signed_at,
            signers.get(one.signed_by or 0, ""), len(_contents(one)["targets"]),
        ]
        for one in lines
    )  # fmt: skip
    return sheet_response(_("Responsibility letters of %(year)s") % {"year": year}, headings, cells)


@require_http_methods(METHODS)
@for_working_posts
def letter(request: DeskRequest, letter: int) -> HttpResponse:
    """One letter as a paper; by POST the head of the unit signs it."""
    line = queries.letter(request.person, letter)
    if line is None:
        raise Http404
    if request.method == "POST":
        if not heads(request.person, line.unit):
            raise PermissionDenied
        try:
            actions.sign(line.id, by=request.person, now=request.now)
        except Refused as refused:
            messages.error(request, request.names.say(refused.refusal))
        else:
            messages.success(request, _("The letter is signed."))
        return redirect("desk:plan_letter", line.id)
    facts = _paper(request, line) | {
        "line": line,
        "signs": heads(request.person, line.unit) and line.newest and line.signed_at is None,
        "stands": line.newest and queries.letter_stands(line, by=request.person, now=request.now),
    }
    return shown(request, "letter", "plan_letters", facts)


def _paper(request: DeskRequest, line: LetterLine) -> dict[str, Any]:
    names, weights = request.names, queries.weights()
    signer = line.signed_by
    said = _contents(line)
    rows = []
    for one in said["targets"]:
        spec = weights.indicators.get(one["indicator"])
        rate = bool(spec and spec.rate)
        place = Place(scale=Scale(one["scale"]), code=one["place"])
        rows.append((
            place_name(names, place), indicator_name(names, weights, one["indicator"]),
            aim_said(names, Aim(one["aim"]), one["amount"], one["aimed"], rate), spec.full if spec else "",
        ))  # fmt: skip
    people: dict[str, list[dict[str, str]]] = {}
    for who in said["people"]:
        people.setdefault(who["kind"], []).append(who)
    return {
        "year": line.year, "targets": rows, "people": people,
        "signer": directory.account_names([signer]).get(signer, "") if signer else "",
    }  # fmt: skip


def _contents(line: LetterLine) -> dict[str, Any]:
    return dict(line.contents)
