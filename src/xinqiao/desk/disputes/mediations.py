"""Mediations: the list, one mediation with what may be done now, its steps, the settlement paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_staff, for_working_posts, sheet_of
from xinqiao.desk.disputes.fields import StepForm, staff_of
from xinqiao.desk.disputes.one import Choice, opened
from xinqiao.desk.disputes.pages import PAGE, form_page, page_number, seen_of, turning, typed
from xinqiao.desk.disputes.told import told
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions import mediations as actions
from xinqiao.disputes.values import MediationLine, MediationSheet
from xinqiao.matters.queries import today
from xinqiao.rules import mediations as rules
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.refusals import Refusal
from xinqiao.ui.jinja import draw

_METHODS = ["GET", "HEAD", "POST"]
_ON_MATTER = (*ACCOUNTS, "accounts_note")
_CONFLICT = 409


@require_safe
@for_working_posts
def listed(request: DeskRequest) -> HttpResponse:
    """The mediations that run, or those that are over, the newest first."""
    running, number = request.GET.get("list") != "over", page_number(request)
    found = queries.mediation_page(request.person, number, PAGE, request.now, running=running)
    facts = {
        "running": running,
        "rows": draw("desk/disputes/mediation_rows.html", request, lines=found[:PAGE]) if found else "",
        **turning(request, number, len(found)),
    }  # fmt: skip
    return render(request, "desk/disputes/mediations.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The same list as an Excel file."""
    running = request.GET.get("list") != "over"
    found = queries.mediation_page(request.person, 1, MOST_ROWS, request.now, running=running)
    headings = [
        _("Subject"), _("Matter"), request.names.word("field", "mediation_kind"),
        request.names.word("field", "side_a"), request.names.word("field", "side_b"), _("Run by"), _("State"),
        _("Asked for on"), _("Sessions"), request.names.word("field", "carry_out_by"),
    ]  # fmt: skip
    note_export(request, "mediations")
    return sheet_response(_("Mediations"), headings, _cells(request, found))


def _cells(
    request: DeskRequest, found: list[MediationLine]
) -> Iterator[list[str | int | date | None]]:
    names = request.names
    for line in found:
        yield [
            line.subject, line.matter, names.word("mediation_kind", line.kind),
            names.word("dispute_role", line.side_a), names.word("dispute_role", line.side_b),
            names.unit(line.unit), names.word("mediation_state", line.state), line.requested_on, line.sessions,
            line.execute_by,
        ]  # fmt: skip


def _opened(request: DeskRequest, mediation: int) -> MediationSheet:
    found = queries.mediation(request.person, mediation, request.now)
    if found is None:
        raise Http404
    return found


def _case(request: DeskRequest, sheet: MediationSheet) -> rules.Case:
    return rules.Case(mediation=sheet.known, units=request.person.units(), today=today(request.now))


@require_safe
@for_staff
def mediation(request: DeskRequest, mediation: int) -> HttpResponse:
    """How it stands: who agreed, who mediates, what was held, and what may be done now."""
    sheet = _opened(request, mediation)
    offered = [
        _choice(request, sheet, move, refusal)
        for move, refusal in rules.offered(_case(request, sheet))
    ]
    names = request.names
    facts = {
        "sheet": sheet,
        "line": sheet.line,
        "possible": [one for one in offered if not one.why_not],
        "shut": [one for one in offered if one.why_not and sheet.line.state in _start(one.step)],
        "agreed": [
            (_side(request, sheet, side), day) for side, day in sheet.agreed.items()
        ],
        "mediator": mediator_words(request, sheet.mediator, sheet.outside_office, sheet.office_name),
        "history": told(sheet.history, "mediation_step", names),
    }  # fmt: skip
    return render(request, "desk/disputes/mediation.html", facts)


def _side(request: DeskRequest, sheet: MediationSheet, side: str) -> str:
    role = getattr(sheet.line, side)
    return f"{request.names.word('side', side)} · {request.names.word('dispute_role', role)}"


def _start(step: str) -> frozenset[rules.State]:
    return rules.MOVES[step].start


def mediator_words(
    request: DeskRequest, mediator: int | None, outside_office: str, office_name: str
) -> str:
    """Who mediates: a member of staff by name, somebody from outside by office."""
    if mediator:
        return directory.account_names([mediator]).get(mediator, "—")
    if outside_office:
        return f"{office_name} · {request.names.word('outside_office', outside_office)}"
    return ""


def _choice(
    request: DeskRequest, sheet: MediationSheet, move: rules.Move, refusal: Refusal | None
) -> Choice:
    names = request.names
    return Choice(
        step=move.name, label=names.word("mediation_step", move.name),
        help=names.helping("mediation_step", move.name),
        url=reverse("desk:mediation_step", args=[sheet.line.id, move.name]),
        why_not=names.say(refusal, with_article=False) if refusal else "",
        article=(refusal.article or "") if refusal else "",
    )  # fmt: skip


@require_http_methods(_METHODS)
@for_staff
def step(request: DeskRequest, mediation: int, step: str) -> HttpResponse:
    """One step of a mediation: asked for by GET, taken by POST."""
    sheet, move = _opened(request, mediation), rules.MOVES.get(step)
    if move is None:
        raise Http404
    if sheet.known.unit not in request.person.units():
        raise PermissionDenied
    refusal, facts = rules.may(move, _case(request, sheet)), _facts(request, sheet, move)
    if refusal is not None:
        why = request.names.say(refusal)
        return render(request, "desk/disputes/not_now.html", facts | {"why": why}, status=_CONFLICT)
    form = _form(request, sheet, move)

    def do() -> str:
        actions.move(
            mediation, step, form.given(), by=request.person, now=request.now, seen=seen_of(request)
        )  # fmt: skip
        there = queries.mediation(request.person, mediation, request.now) is not None
        return reverse("desk:mediation", args=[mediation]) if there else reverse("desk:mediations")

    said = request.names.done(step, "mediation_step")
    return form_page(request, form, facts, do=do, said=said)


def _form(request: DeskRequest, sheet: MediationSheet, move: rules.Move) -> StepForm:
    """The three accounts are asked only where a matter closes with the settlement (art. 27)."""
    needs, may_have = list(move.needs), list(move.may_have)
    if move.name == "settle":
        may_have = ["accounts_note"] if sheet.known.of_matter else []
        needs += [*ACCOUNTS] if sheet.known.of_matter else []
    if move.name == "name_mediator":
        needs, may_have = list(may_have), list(needs)
    accounts = staff_of(_around(request, sheet), request.names, today(request.now))
    initial = {
        "consent_on": today(request.now), "session_on": today(request.now),
        "executed_on": today(request.now),
    }  # fmt: skip
    form = StepForm(
        request.names, rules.FIELDS, needs, may_have, typed(request), accounts=accounts, initial=initial
    )  # fmt: skip
    if (
        move.name == "name_mediator"
    ):  # who mediates is one of two; what is declared is asked of either
        for name, field in form.fields.items():
            field.required = name in rules.INTERESTS
    return form


def _around(request: DeskRequest, sheet: MediationSheet) -> list[str]:
    """The units whose people may mediate: the own one, and those in the same region."""
    units = request.names.units
    region = units[sheet.known.unit].region if sheet.known.unit in units else ""
    inside = units.inside(region, today(request.now)) if region else []
    return [unit.code for unit in inside if unit.code != sheet.side_unit]


def _facts(request: DeskRequest, sheet: MediationSheet, move: rules.Move) -> dict[str, Any]:
    names = request.names
    return {
        "title": names.word("mediation_step", move.name),
        "lead": names.helping("mediation_step", move.name),
        "back": reverse("desk:mediation", args=[sheet.line.id]), "back_label": sheet.line.subject,
        "label": names.word("mediation_step", move.name), "article": move.article, "seen": sheet.last_seq,
    }  # fmt: skip


@require_http_methods(_METHODS)
@for_staff
def new_for_dispute(request: DeskRequest, dispute: int) -> HttpResponse:
    """A mediation is asked for in a dispute."""
    sheet = opened(request, dispute)
    if sheet.known.holder not in request.person.units():
        raise PermissionDenied
    roles = [*sheet.roles, "", ""]
    form = _request_form(request, {"side_a": roles[0], "side_b": roles[1]})

    def do() -> str:
        row = actions.request_for_dispute(dispute, form.given(), by=request.person, now=request.now)
        return reverse("desk:mediation", args=[row])

    back = (reverse("desk:dispute", args=[dispute]), f"{sheet.line.number} {sheet.line.subject}")
    return form_page(request, form, _asking(back), do=do, said=_("Now ask both sides."))


@require_http_methods(_METHODS)
@for_staff
def new_for_matter(request: DeskRequest, number: str) -> HttpResponse:
    """A mediation is asked for in a matter."""
    sheet = sheet_of(request, number)
    if sheet.facts.holder not in request.person.units():
        raise PermissionDenied
    form = _request_form(request, {"mediation_about": sheet.line.subject})

    def do() -> str:
        row = actions.request_for_matter(number, form.given(), by=request.person, now=request.now)
        return reverse("desk:mediation", args=[row])

    back = (reverse("desk:matter", args=[number]), number)
    return form_page(request, form, _asking(back), do=do, said=_("Now ask both sides."))


def _request_form(request: DeskRequest, initial: dict[str, str]) -> StepForm:
    units = [one.code for one in request.names.units.on(today(request.now))]
    return StepForm(
        request.names, rules.FIELDS, rules.REQUEST_NEEDS, rules.REQUEST_MAY_HAVE, typed(request), units=units,
        initial=initial,
    )  # fmt: skip


def _asking(back: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": _("Ask for mediation"),
        "lead": _("Nothing is held before both sides agree and somebody without an interest mediates."),
        "back": back[0], "back_label": back[1], "label": _("Ask for mediation"), "article": "33",
    }  # fmt: skip


@require_safe
@for_staff
def paper(request: DeskRequest, mediation: int) -> HttpResponse:
    """The settlement paper as it was signed, for reading and printing."""
    sheet = _opened(request, mediation)
    if sheet.paper is None:
        raise Http404
    said = sheet.paper.facts
    facts = {
        "sheet": sheet,
        "paper": sheet.paper,
        "said": said,
        "mediator": mediator_words(
            request, said["mediator"], said["outside_office"], said["office_name"]
        ),
        "sessions": [date.fromisoformat(day) for day in said["sessions"]],
    }
    return render(request, "desk/disputes/paper.html", facts)
