"""Duties due: the lists, one duty with its history, giving one on a matter, a table to take away."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts, sheet_of
from xinqiao.desk.duties import rows
from xinqiao.desk.duties.forms import DutyForm, FilterForm, MoveForm, known
from xinqiao.desk.exports import MOST_ROWS, Cell, note_export, sheet_response
from xinqiao.directory import queries as directory
from xinqiao.duties import actions, queries
from xinqiao.duties.queries import MOST_COUNTED, OWED, Filters
from xinqiao.duties.values import DutyLine, Source
from xinqiao.matters import queries as matters
from xinqiao.rules.duties import MOVES, SourceKind, Verb
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refused
from xinqiao.rules.table import STEPS
from xinqiao.ui.typed import page_number

_UNFIT, _CONFLICT = 422, 409
_DO = {
    Verb.REPORT_DONE: actions.report_done, Verb.CONFIRM: actions.confirm,
    Verb.SEND_BACK: actions.send_back, Verb.WITHDRAW: actions.withdraw,
}  # fmt: skip


@require_safe
@for_working_posts
def duties(request: DeskRequest) -> HttpResponse:
    """One of the lists, nearest date first."""
    form = FilterForm(request.names, matters.today(request.now), request.GET)
    queue, given = known(request.GET.get("queue", OWED)), form.given()
    page = queries.page(
        request.person, Filters(queue=queue, **given), page_number(request), request.now
    )
    counts = queries.counts(request.person, request.now)
    title = request.names.word("duty_list", queue)
    facts = {
        "queue": queue,
        "title": title,
        "lead": request.names.helping("duty_list", queue),
        "tabs": _tabs(request, queue, counts),
        "form": form,
        "narrowed": bool(given),
        "page": page,
        "rows": rows.table(request, page.rows, title) if page.rows else "",
        "previous": _address(request, page.number - 1) if page.number > 1 else "",
        "following": _address(request, page.number + 1) if page.following else "",
        "ahead": None if page.rows else _ahead(request),
        "table": _address(request, 0),
    }
    return render(request, "desk/duties/list.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as an Excel file: what the page would show, on all its pages."""
    form = FilterForm(request.names, matters.today(request.now), request.GET)
    queue = known(request.GET.get("queue", OWED))
    filters = Filters(queue=queue, **form.given())
    lines = queries.everything(request.person, filters, request.now, MOST_ROWS + 1)
    note_export(request, "duties")
    names = request.names
    headings = [
        *(names.word("field", name) for name in ("due_on", "duty_words", "duty_unit", "duty_account")),
        _("State"), _("Reported done on"), names.word("field", "duty_source"), _("Number"), _("Given by"),
        _("Given on"),
    ]  # fmt: skip
    return sheet_response(names.word("duty_list", queue), headings, _cells(request, lines))


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def duty(request: DeskRequest, duty: int) -> HttpResponse:
    """One duty with its history; by POST one says how it stands."""
    line = queries.find(request.person, duty, request.now)
    if line is None:
        raise Http404
    form = MoveForm(list(MOVES), request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _moved(request, line, form):
            return redirect("desk:duty", line.id)
        status = _UNFIT
    return render(request, "desk/duties/duty.html", _shown(request, line, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def give(request: DeskRequest, number: str) -> HttpResponse:
    """Gives a duty on a matter."""
    sheet = sheet_of(request, number)
    refusal = may(STEPS["give_duty"], sheet.case)
    if refusal is not None and refusal.code == "not_yours":
        raise PermissionDenied
    if refusal is not None:
        messages.error(request, request.names.say(refusal))
        return redirect("desk:matter", number)
    form = DutyForm(request.names, matters.today(request.now), sheet, request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = Source(kind=SourceKind.MATTER, id=sheet.line.id)
        try:
            actions.give(source, form.value(sheet.line.id), by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            messages.success(request, _("The duty is given."))
            return redirect("desk:matter", number)
    facts = {"form": form, "line": sheet.line}
    return render(request, "desk/duties/give.html", facts, status=_UNFIT if form.errors else 200)


def _moved(request: DeskRequest, line: DutyLine, form: MoveForm) -> bool:
    """Does what was asked; what is refused is told on the form, and what was typed stays."""
    verb = Verb(form.cleaned_data["verb"])
    try:
        _DO[verb](line.id, form.cleaned_data["words"], by=request.person, now=request.now)
    except Refused as refused:
        field = "words" if refused.refusal.facts.get("field") else None
        form.add_error(field, request.names.say(refused.refusal))
        return False
    messages.success(request, request.names.done_of("duty_verb", verb))
    return True


def _shown(request: DeskRequest, line: DutyLine, form: MoveForm) -> dict[str, Any]:
    names, events = request.names, queries.history(line.id)
    named = {line.account, line.given_by, *(one.account for one in events)}
    people = directory.account_names([one for one in named if one is not None])
    moves = queries.moves(request.person, line.id, request.now)
    return {
        "line": line,
        "clock": line.clock(matters.today(request.now)),
        "owner": _with(people, line.account, names.unit(line.unit)),
        "giver": _with(people, line.given_by, names.unit(line.giver)),
        "events": [
            (one, names.done_of("duty_verb", one.verb), _with(people, one.account, names.unit(one.unit)))
            for one in reversed(events)
        ],
        "form": form,
        "moves": [verb for verb, no in moves if no is None],
        "not_now": [(verb, names.say(no, with_article=False), no.article) for verb, no in moves if no],
    }  # fmt: skip


def _with(people: Mapping[int, str], account: int | None, unit: str) -> str:
    """A unit, and who it was there."""
    return " · ".join(filter(None, (unit, people.get(account or 0, ""))))


def _tabs(request: DeskRequest, queue: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": request.names.word("duty_list", name),
            "count": counts.get(name),
            "most": counts.get(name, 0) >= MOST_COUNTED,
            "current": name == queue,
            "address": f"?queue={name}",
        }
        for name in queries.LISTS
    ]


def _ahead(request: DeskRequest) -> DutyLine | None:
    return queries.next_due(request.person, request.now)


def _cells(request: DeskRequest, lines: Iterable[DutyLine]) -> Iterator[list[Cell]]:
    listed, names = list(lines), request.names
    people = rows.people_of(listed)
    for one in listed:
        yield [
            one.due, one.words, names.unit(one.unit), people.get(one.account or 0, ""),
            names.word("duty_state", one.state), one.reported_on, names.word("duty_source", one.source.kind),
            one.number, names.unit(one.giver), one.given_at,
        ]  # fmt: skip


def _address(request: DeskRequest, number: int) -> str:
    """The same list at another page; without one for 0."""
    query = request.GET.copy()
    query.pop("page", None)
    query["queue"] = known(request.GET.get("queue", OWED))
    if number:
        query["page"] = str(number)
    return f"?{query.urlencode()}"
