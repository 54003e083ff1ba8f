"""Lead assignments: the lists, one case with its progress and visits, a leader taking charge."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_staff, for_working_posts, sheet_of
from xinqiao.desk.duties import rows as duty_rows
from xinqiao.desk.exports import MOST_ROWS, Cell, note_export, sheet_response
from xinqiao.desk.leadership.common import (
    UNFIT,
    address,
    not_now,
    pager,
    people,
    shown,
    with_unit,
)
from xinqiao.desk.leadership.forms import AssignForm, EndForm, ProgressForm
from xinqiao.duties import queries as duties
from xinqiao.leadership.actions import leads as actions
from xinqiao.leadership.queries import leads as queries
from xinqiao.leadership.queries.leads import LISTS, MINE, RUNNING, Filters
from xinqiao.leadership.values import LeadLine
from xinqiao.matters import queries as matters
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.leadership import LeadOutcome
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refused
from xinqiao.rules.table import STEPS
from xinqiao.ui.jinja import draw
from xinqiao.ui.templatetags.ui import clock_drawn
from xinqiao.ui.typed import page_number

_METHODS = ["GET", "HEAD", "POST"]
_OF_THE_LEADER = ("lead_progress", "field_visit", "end_lead")


@require_safe
@for_working_posts
def cases(request: DeskRequest) -> HttpResponse:
    """The cases that leaders are in charge of, as far as their matters exist for the person."""
    queue, number = _queue(request), page_number(request)
    lines, following = queries.page(request.person, Filters(queue=queue), number, request.now)
    title = request.names.word("lead_list", queue)
    facts = {
        "queue": queue,
        "queues": [
            (f"?queue={one}", request.names.word("lead_list", one), one == queue) for one in LISTS
        ],
        "rows": drawn(request, lines, title) if lines else "",
        "table": address(request, 0, queue=queue),
        **pager(request, number, following),
    }
    return shown(request, "cases", "cases", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as an Excel file."""
    names, queue = request.names, _queue(request)
    lines = queries.everything(request.person, Filters(queue=queue), request.now, MOST_ROWS + 1)
    note_export(request, "cases")
    headings = [
        _("Number"), names.word("field", "subject"), names.word("field", "lead_official"),
        names.word("field", "lead_unit"),
        names.word("field", "settle_by"), _("State"), _("Taken on"), _("Last progress"), _("Ended on"),
        names.word("field", "lead_outcome"),
    ]  # fmt: skip
    return sheet_response(names.word("lead_list", queue), headings, _cells(request, lines))


@require_http_methods(_METHODS)
@for_staff
def assign(request: DeskRequest, number: str) -> HttpResponse:
    """A leader takes charge of a matter."""
    sheet = sheet_of(request, number)
    refused_now = not_now(request, sheet, "assign_lead")
    if refused_now is not None:
        return refused_now
    form = AssignForm(request.names, matters.today(request.now), sheet, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lead = actions.assign(sheet.line.id, by=request.person, now=request.now, **form.given())
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            messages.success(request, request.names.done("assign_lead"))
            return redirect("desk:case", lead)
    facts = {"form": form, "line": sheet.line}
    return render(
        request, "desk/leadership/assign.html", facts, status=UNFIT if form.errors else 200
    )


@require_http_methods(_METHODS)
@for_working_posts
def case(request: DeskRequest, lead: int) -> HttpResponse:
    """One case: its measures, how far it has come, visits and promises; by POST progress, or its end."""
    line = queries.find(request.person, lead, request.now)
    if line is None:
        raise Http404
    ends = request.POST.get("do") == "end"
    progress = ProgressForm(request.names, *_sent(request, not ends))
    ending = EndForm(request.names, *_sent(request, ends)[:1])
    if request.method == "POST":
        done = _ended(request, line, ending) if ends else _reported(request, line, progress)
        if done:
            return redirect("desk:case", line.id)
    facts = _about(request, line) | {"progress": progress, "ending": ending, "ends": ends}
    failed = request.method == "POST"
    return shown(request, "case", "cases", facts, status=UNFIT if failed else 200)


def drawn(request: DeskRequest, lines: Iterable[LeadLine], title: str) -> Any:
    """A table of cases with the clock of each."""
    listed, day = list(lines), matters.today(request.now)
    return draw(
        "desk/leadership/cases.html",
        request,
        rows=[(one, clock_drawn(one.clock(day), request.now)) for one in listed],
        people=people(one.leader for one in listed),
        title=title,
    )


def _sent(request: DeskRequest, sent: bool) -> tuple[Any, Any]:
    """What this form was sent, if it is the one that was."""
    return (request.POST, request.FILES) if request.method == "POST" and sent else (None, None)


def _reported(request: DeskRequest, line: LeadLine, form: ProgressForm) -> bool:
    form.keep(request.person, request.now)
    if not form.is_valid():
        return False
    record, files = form.cleaned_data["record"], form.held.files
    try:
        actions.report_progress(line.id, record, files=files, by=request.person, now=request.now)
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, request.names.done("lead_progress"))
    return True


def _ended(request: DeskRequest, line: LeadLine, form: EndForm) -> bool:
    if not form.is_valid():
        return False
    outcome = LeadOutcome(form.cleaned_data["lead_outcome"])
    try:
        actions.end(
            line.id, outcome, form.cleaned_data["reason"], by=request.person, now=request.now
        )
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, request.names.done("end_lead"))
    return True


def _about(request: DeskRequest, line: LeadLine) -> dict[str, Any]:
    """What stands on the page of a case."""
    measures, reported = queries.told_of(line)
    visits = queries.visits_of(request.person, [line.id], request.now)
    promised = duties.of_sources(
        request.person, SourceKind.FIELD_VISIT, [one.id for one in visits], request.now
    )
    known = people(
        [line.leader, *(one.account for one in reported), *(one.leader for one in visits)]
    )
    names, sheet = request.names, matters.sheet(request.person, line.matter, request.now)
    takes = {name for name in _OF_THE_LEADER if sheet and may(STEPS[name], sheet.case) is None}
    return {
        "line": line,
        "clock": line.clock(matters.today(request.now)),
        "leader": with_unit(known, line.leader, names.unit(line.unit)),
        "measures": measures,
        "reported": [(one, with_unit(known, one.account, names.unit(one.unit))) for one in reported],
        "visits": [
            (one, [names.unit(code) for code in one.with_units],
             duty_rows.few(request, [duty for duty in promised if duty.source.id == one.id]))
            for one in visits
        ],
        "takes": takes if line.ended_on is None else set(),
    }  # fmt: skip


def _queue(request: DeskRequest) -> str:
    """The list that was asked for; a leader's own first, if there is any."""
    asked = request.GET.get("queue", "")
    if asked in LISTS:
        return asked
    own = queries.page(request.person, Filters(queue=MINE), 1, request.now)[0]
    return MINE if own else RUNNING


def _cells(request: DeskRequest, lines: list[LeadLine]) -> Iterator[list[Cell]]:
    names, known = request.names, people(one.leader for one in lines)
    for one in lines:
        yield [
            one.number, one.subject, known.get(one.leader, ""), names.unit(one.unit), one.settle_by,
            names.word("state", one.state), one.assigned_at, one.progress_at, one.ended_on,
            names.word("lead_outcome", one.outcome),
        ]  # fmt: skip
