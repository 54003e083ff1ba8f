"""A dispute: how it stands, its level and why, what was done, and what the person may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.disputes.fields import StepForm
from xinqiao.desk.disputes.pages import form_page, seen_of, typed
from xinqiao.desk.disputes.register import size_words
from xinqiao.desk.disputes.told import told
from xinqiao.disputes import queries
from xinqiao.disputes.actions import register as actions
from xinqiao.disputes.values import Sheet
from xinqiao.insight.spots import queries as spots
from xinqiao.matters.queries import today
from xinqiao.rules import disputes as rules
from xinqiao.rules.refusals import Refusal

#: In the order in which they are offered.
_ORDER = (
    "acknowledge", "take_on", "decide", "hand_over", "refuse", "settle", "record_visit", "show_path", "take_up_again",
    "close", "change_level",
)  # fmt: skip
_CONFLICT = 409


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A step of the person: possible, or with the reason why not and its article."""

    step: str
    label: str
    help: str
    url: str
    why_not: str = ""
    article: str = ""


def opened(request: DeskRequest, dispute: int) -> Sheet:
    """The dispute, if it exists for the person. Raises Http404."""
    found = queries.sheet(request.person, dispute, request.now)
    if found is None:
        raise Http404
    return found


def case_of(request: DeskRequest, sheet: Sheet) -> rules.Case:
    """What the rules look at when this person asks."""
    return rules.Case(
        dispute=sheet.known, person=request.person, today=today(request.now), units=request.names.units
    )  # fmt: skip


@require_safe
@for_staff
def dispute(request: DeskRequest, dispute: int) -> HttpResponse:
    """The page of a dispute; that it was looked at is written down."""
    sheet = opened(request, dispute)
    audit.record(
        AuditAction.VIEWED, now=request.now, by_account=request.account, unit=min(request.person.units()),
        object_kind="dispute", object_id=sheet.line.id,
    )  # fmt: skip
    possible, shut = choices(request, sheet)
    names = request.names
    facts = {
        "sheet": sheet,
        "line": sheet.line,
        "possible": possible,
        "shut": shut,
        "history": told(sheet.history, "dispute_step", names),
        "roles": [names.word("dispute_role", one) for one in sheet.roles],
        "criteria": [names.word("dispute_criterion", one) for one in sheet.criteria],
        "size": size_words(sheet.line.households, sheet.line.people),
        "mediate": may_ask(request, sheet),
        "spot": spots.of_dispute(request.person, dispute, request.now),
        "petition": rules.may(rules.MOVES["become_matter"], case_of(request, sheet)) is None,
    }
    return render(request, "desk/disputes/one.html", facts)


def may_ask(request: DeskRequest, sheet: Sheet) -> bool:
    """Whether the person may ask for a mediation of it now."""
    state = sheet.known.state in rules.MOVES["begin_mediation"].start
    running = any(one.state in {"requested", "begun", "settled"} for one in sheet.mediations)
    return state and not running and sheet.known.holder in request.person.units()


def choices(request: DeskRequest, sheet: Sheet) -> tuple[list[Choice], list[Choice]]:
    """What may be done now, and what of the person's own steps may not, with the reason."""
    found = {move.name: refusal for move, refusal in rules.offered(case_of(request, sheet))}
    made = [_choice(request, sheet, name, found[name]) for name in _ORDER if name in found]
    return [one for one in made if not one.why_not], [one for one in made if one.why_not]


def _choice(request: DeskRequest, sheet: Sheet, name: str, refusal: Refusal | None) -> Choice:
    names = request.names
    return Choice(
        step=name, label=names.word("dispute_step", name), help=names.helping("dispute_step", name),
        url=reverse("desk:dispute_step", args=[sheet.line.id, name]),
        why_not=names.say(refusal, with_article=False) if refusal else "",
        article=(refusal.article or "") if refusal else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def step(request: DeskRequest, dispute: int, step: str) -> HttpResponse:
    """One step on a dispute: asked for by GET, taken by POST."""
    sheet, move = opened(request, dispute), rules.MOVES.get(step)
    if move is None or move.inside:
        raise Http404
    case = case_of(request, sheet)
    if not rules.stands_by(move, case):
        raise PermissionDenied
    facts = _facts(request, sheet, move)
    refusal = rules.may(move, case)
    if refusal is not None:
        why = request.names.say(refusal)
        return render(request, "desk/disputes/not_now.html", facts | {"why": why}, status=_CONFLICT)
    units = rules.targets(sheet.known, request.names.units, today(request.now))
    form = StepForm(
        request.names, rules.FIELDS, move.needs, move.may_have, typed(request), units=units
    )

    def do() -> str:
        actions.move(
            dispute, step, form.given(), by=request.person, now=request.now, seen=seen_of(request)
        )  # fmt: skip
        there = queries.sheet(request.person, dispute, request.now) is not None
        return reverse("desk:dispute", args=[dispute]) if there else reverse("desk:disputes")

    said = f"{sheet.line.number} · {request.names.done(step, 'dispute_step')}"
    return form_page(request, form, facts, do=do, said=said)


def _facts(request: DeskRequest, sheet: Sheet, move: rules.Move) -> dict[str, Any]:
    names = request.names
    return {
        "title": names.word("dispute_step", move.name), "lead": names.helping("dispute_step", move.name),
        "back": reverse("desk:dispute", args=[sheet.line.id]),
        "back_label": f"{sheet.line.number} {sheet.line.subject}",
        "label": names.word("dispute_step", move.name), "article": move.article, "seen": sheet.last_seq,
    }  # fmt: skip


def mediation_rows(sheet: Sheet) -> Sequence[Any]:
    """The mediations of a dispute, the newest first."""
    return sorted(sheet.mediations, key=lambda one: -one.id)
