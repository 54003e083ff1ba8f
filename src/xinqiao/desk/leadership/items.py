"""The items of a meeting: matters that meet a criterion, what units propose, what was decided and handed out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts, sheet_of
from xinqiao.desk.duties import rows as duty_rows
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.desk.leadership.common import UNFIT, shown
from xinqiao.desk.leadership.conferences import kept, kept_one, one
from xinqiao.desk.leadership.forms import AnswerForm, DecideForm, ProposeForm, SubjectForm
from xinqiao.leadership.actions import conferences as actions
from xinqiao.leadership.queries import conferences as queries
from xinqiao.leadership.values import ConferenceLine, ItemLine
from xinqiao.matters import queries as matters
from xinqiao.rules.leadership import ConferenceOutcome, ConferenceState, ItemState
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import Kind, State
from xinqiao.rules.table import STEPS
from xinqiao.ui.punctuation import in_turn

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@for_working_posts
def candidates(request: DeskRequest, conference: int) -> HttpResponse:
    """Matters that meet a criterion; the chosen ones are put on the agenda, each by itself."""
    line = kept_one(request, conference)
    listed = queries.candidates(request.person, line.id, request.now)
    if request.method == "POST":
        chosen = set(request.POST.getlist("matter"))
        for found in listed:
            if found.number in chosen:
                _put_on(request, line, found.matter, found.criteria)
        return redirect("desk:conference", line.id)
    return render(request, "desk/leadership/candidates.html", {"line": line, "rows": listed})


@require_http_methods(_METHODS)
@for_working_posts
def propose(request: DeskRequest, number: str) -> HttpResponse:
    """A unit proposes a matter for a meeting that is planned."""
    sheet = sheet_of(request, number)
    meetings = queries.ahead(request.person, request.now)
    if sheet.facts.kind is Kind.REPORT or sheet.facts.kind is None:
        raise Http404
    form = ProposeForm(
        request.names, [(one.id, _said(request, one)) for one in meetings], request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.propose(
                said["conference"],
                matter=sheet.line.id,
                reason=said["reason"],
                by=request.person,
                now=request.now,
            )
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            messages.success(request, request.names.done_of("conference_verb", "propose"))
            return redirect("desk:matter", number)
    facts = {"form": form, "line": sheet.line, "meetings": meetings}
    return render(
        request, "desk/leadership/propose.html", facts, status=UNFIT if form.errors else 200
    )


@require_http_methods(_METHODS)
@for_working_posts
def propose_subject(request: DeskRequest, conference: int) -> HttpResponse:
    """An item about no matter."""
    line = one(request, conference)
    form = SubjectForm(request.names, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(
                line.id, matter=None, **form.cleaned_data, by=request.person, now=request.now
            )
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return redirect("desk:conference", line.id)
    facts = {"form": form, "conference": line}
    return render(
        request, "desk/leadership/subject.html", facts, status=UNFIT if form.errors else 200
    )


@require_http_methods(_METHODS)
@for_working_posts
def item(request: DeskRequest, item: int) -> HttpResponse:
    """One item: why it is there, what was decided; the office takes it up, leaves it off, writes the decision down."""
    line = queries.item(request.person, item, request.now)
    if line is None:
        raise Http404
    forms = _forms(request, line)
    if request.method == "POST" and _done(request, line, *forms):
        return redirect("desk:conference_item", line.id)
    failed = any(form is not None and form.errors for form in forms)
    facts = _about(request, line) | {"decide": forms[0], "answer": forms[1]}
    return shown(request, "item", "conferences", facts, status=UNFIT if failed else 200)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """What was decided, as an Excel file."""
    lines = queries.decided(request.person, request.now, MOST_ROWS + 1)
    note_export(request, "conferences")
    names = request.names
    headings = [
        _("Meeting on"), _("Subject of the item"), _("Number"), _("Why it came up"),
        names.word("field", "conference_outcome"), names.word("field", "decision"), _("Decided on"),
    ]  # fmt: skip
    cells = (
        [
            one.meets_at, one.subject, one.number, _why(request, one), names.word("conference_outcome", one.outcome),
            one.decision, one.decided_at,
        ]
        for one in lines
    )  # fmt: skip
    return sheet_response(_("Decisions of the joint conference"), headings, cells)


def _why(request: DeskRequest, line: ItemLine) -> str:
    said = [request.names.word("criterion", code) for code in line.criteria]
    return in_turn([*said, *([line.reason] if line.reason else [])])


def _said(request: DeskRequest, line: ConferenceLine) -> str:
    when = timezone.localtime(line.meets_at).strftime("%Y-%m-%d %H:%M")
    return f"{when} · {line.place} · {request.names.unit(line.unit)}"


def _put_on(
    request: DeskRequest, line: ConferenceLine, matter: int, criteria: Sequence[str]
) -> None:
    try:
        actions.put_on(
            line.id, matter=matter, criteria=criteria, by=request.person, now=request.now
        )
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))


def _forms(request: DeskRequest, line: ItemLine) -> tuple[DecideForm | None, AnswerForm | None]:
    """The forms of whoever prepares the meeting, as long as it is not over."""
    meeting = queries.find(request.person, line.conference, request.now)
    if (
        meeting is None
        or meeting.unit not in kept(request)
        or meeting.state is not ConferenceState.PLANNED
    ):
        return None, None
    decides = request.method == "POST" and request.POST.get("do") == "decide"
    answers = request.method == "POST" and not decides
    decide = answer = None
    if line.state is ItemState.ON_AGENDA and meeting.meets_at <= request.now:
        sheet = matters.sheet(request.person, line.matter, request.now) if line.matter else None
        decide = DecideForm(
            request.names, matters.today(request.now), _outcomes(request, sheet), sheet.facts if sheet else None,
            request.POST if decides else None,
        )  # fmt: skip
    if line.state in (ItemState.PROPOSED, ItemState.ON_AGENDA):
        answer = AnswerForm(request.names, request.POST if answers else None)
    return decide, answer


def _outcomes(request: DeskRequest, sheet: matters.Sheet | None) -> list[ConferenceOutcome]:
    """What can be decided: whose it is only where the dispute lies with the conference, a listing by who may list."""
    found = [ConferenceOutcome.MEASURES, ConferenceOutcome.ADJOURNED]
    if (
        sheet
        and sheet.facts.state is State.DISPUTED
        and sheet.facts.holder in request.person.units()
    ):
        found.insert(0, ConferenceOutcome.COMPETENCE)
    if sheet and may(STEPS["list_supervision"], sheet.case) is None:
        found.insert(-1, ConferenceOutcome.LISTED)
    return found


def _done(
    request: DeskRequest, line: ItemLine, decide: DecideForm | None, answer: AnswerForm | None
) -> bool:
    """Does what was asked; what is refused is told on the form, and what was typed stays."""
    form = decide if request.POST.get("do") == "decide" else answer
    if form is None or not form.is_valid():
        return False
    by: dict[str, Any] = {"by": request.person, "now": request.now}
    said = form.cleaned_data
    try:
        if isinstance(form, DecideForm):
            outcome = ConferenceOutcome(said["outcome"])
            to_unit = said.get("to_unit") or ""
            actions.decide(
                line.id, outcome, said["decision"], to_unit=to_unit, until=said.get("until"),
                handed_out=form.promises(), **by,
            )  # fmt: skip
        else:
            actions.answer_proposal(
                line.id, request.POST.get("do") == "take_up", said["reason"], **by
            )
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    return True


def _about(request: DeskRequest, line: ItemLine) -> dict[str, Any]:
    handed = queries.handed_out(request.person, [line.id], request.now).get(line.id, [])
    return {
        "line": line,
        "why": _why(request, line),
        "handed": duty_rows.few(request, handed) if handed else "",
    }
