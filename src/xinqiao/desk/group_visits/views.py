"""Group visits on the spot: the lists with their clocks, one visit from call to review, a table to take away."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts, sheet_of
from xinqiao.desk.duties import rows as duty_rows
from xinqiao.desk.exports import MOST_ROWS, Cell, note_export, sheet_response
from xinqiao.desk.group_visits import rows
from xinqiao.desk.group_visits.forms import do, form_of
from xinqiao.duties import queries as duties
from xinqiao.duties.values import Source
from xinqiao.group_visits import queries
from xinqiao.group_visits.values import List, VisitLine
from xinqiao.intake import queries as intake
from xinqiao.matters.queries import Sheet, today
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.group_visits import Verb, limit
from xinqiao.rules.refusals import Refused
from xinqiao.ui.typed import page_number

_UNFIT = 422
#: The step of the ledger that each verb takes; what it is called and explained with.
STEP_OF = {
    Verb.ACKNOWLEDGE: "acknowledge_call", Verb.ARRIVE: "arrive_on_spot", Verb.HEAR: "hear_representatives",
    Verb.OFFER_HELP: "offer_way_home", Verb.PROMISE: "give_duty", Verb.REVIEW: "review_group_visit",
}  # fmt: skip
_PRESSED = (Verb.ACKNOWLEDGE, Verb.ARRIVE)


@require_safe
@for_working_posts
def visits(request: DeskRequest) -> HttpResponse:
    """One of the lists."""
    queue, number = _queue(request), page_number(request)
    page = queries.page(request.person, queue, number, request.now)
    title = request.names.word("visit_list", queue)
    facts = {
        "title": title,
        "queue": queue,
        "lead": request.names.helping("visit_list", queue),
        "tabs": [
            {"label": request.names.word("visit_list", one), "current": one is queue, "address": f"?queue={one}"}
            for one in List
        ],
        "rows": rows.table(request, page.rows, title) if page.rows else "",
        "previous": f"?queue={queue}&page={number - 1}" if number > 1 else "",
        "following": f"?queue={queue}&page={number + 1}" if page.following else "",
    }  # fmt: skip
    return render(request, "desk/group_visits/list.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as an Excel file: what the page would show, on all its pages."""
    queue, names = _queue(request), request.names
    lines = queries.everything(request.person, queue, request.now, MOST_ROWS + 1)
    note_export(request, "group_visits")
    headings = [
        _("Number"), names.word("field", "subject"), names.word("field", "called_unit"),
        names.word("field", "visit_reason"), _("State"), _("Called at"), names.done("acknowledge_call"),
        names.done("arrive_on_spot"), names.done("hear_representatives"), names.word("field", "needless_if"),
    ]  # fmt: skip
    return sheet_response(names.word("visit_list", queue), headings, _cells(request, lines))


def _cells(request: DeskRequest, lines: Iterable[VisitLine]) -> Iterator[Sequence[Cell]]:
    names = request.names
    for one in lines:
        yield [
            one.number, one.subject, names.unit(one.unit), names.word("visit_reason", one.reason),
            names.word("visit_stage", one.stage), one.called_at, one.acknowledged_at, one.arrived_at, one.heard_at,
            names.word("needless_if", one.needless_if),
        ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def visit(request: DeskRequest, visit: int) -> HttpResponse:
    """One visit; by POST one of its verbs is done. Raises Http404 when it does not exist for the person."""
    line = queries.find(request.person, visit, request.now)
    if line is None:
        raise Http404
    sheet = sheet_of(request, line.number)
    if request.method == "POST":
        verb = _verb(request)
        if verb is None:
            return render(
                request, "desk/group_visits/visit.html", _shown(request, line, sheet), status=_UNFIT
            )
        form = form_of(verb, request.names, today(request.now), sheet, request.POST)
        if form.is_valid() and _done(request, line, verb, form):
            return redirect("desk:group_visit", visit)
        facts = _shown(request, line, sheet, verb, form)
        return render(request, "desk/group_visits/visit.html", facts, status=_UNFIT)
    return render(request, "desk/group_visits/visit.html", _shown(request, line, sheet))


def _done(request: DeskRequest, line: VisitLine, verb: Verb, form: Any) -> bool:
    """Does what was asked; what is refused is told on the form, and what was typed stays."""
    try:
        do(verb, line, form, request.person, request.now)
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, request.names.done(STEP_OF[verb]))
    return True


def _verb(request: DeskRequest) -> Verb | None:
    """Which verb's button was pressed; None for what is none."""
    typed = request.POST.get("do", "")
    return Verb(typed) if typed in set(Verb) else None


def _shown(
    request: DeskRequest, line: VisitLine, sheet: Sheet, sent: Verb | None = None, form: Any = None
) -> dict[str, Any]:
    names, day = request.names, today(request.now)
    moves = queries.moves(request.person, line, request.now)
    open_now = [verb for verb, no in moves if no is None]
    if sent is not None and sent not in open_now:
        open_now.append(sent)
    contact = next(one for one in intake.of_matter(line.matter) if one.id == line.contact)
    promised = duties.of_source(
        request.person, Source(kind=SourceKind.GROUP_VISIT, id=line.id), request.now
    )
    return {
        "line": line,
        "contact": contact,
        "clocks": [(one, limit(one.id, day).source(names.language)) for one in line.clocks(request.now)],
        "demands": _text(sheet, line.id, "hear_representatives", "demands"),
        "lesson": _text(sheet, line.id, "review_group_visit", "lesson"),
        "promised": duty_rows.few(request, promised) if promised else "",
        "forms": [
            (verb, STEP_OF[verb], form if verb is sent else form_of(verb, names, day, sheet), verb in _PRESSED)
            for verb in open_now
        ],
        "refused": [(STEP_OF[verb], names.say(no, with_article=False), no.article) for verb, no in moves if no][:1],
    }  # fmt: skip


def _text(sheet: Sheet, visit: int, step: str, field: str) -> str:
    """The words of a step of this visit, from the ledger of its matter."""
    of_step = (one for one in reversed(sheet.entries) if one.step == step)
    found = next((one for one in of_step if one.payload.get("group_visit") == visit), None)
    return (found.texts.get(field) or "") if found else ""


def _queue(request: DeskRequest) -> List:
    typed = request.GET.get("queue", "")
    if typed in set(List):
        return List(typed)
    return List.MINE if queries.heads(request.person) else List.OPEN
