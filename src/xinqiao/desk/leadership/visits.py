"""Field visits: the list, and writing one down with what was promised."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_staff, for_working_posts, sheet_of
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.desk.leadership.common import UNFIT, not_now, pager, people, shown
from xinqiao.desk.leadership.forms import VisitForm
from xinqiao.duties import queries as duties
from xinqiao.leadership.actions import leads as actions
from xinqiao.leadership.queries import leads as queries
from xinqiao.leadership.values import LeadLine, VisitLine
from xinqiao.matters import queries as matters
from xinqiao.rules.duties import SourceKind, State
from xinqiao.rules.refusals import Refused
from xinqiao.ui.punctuation import listed
from xinqiao.ui.typed import page_number


@require_safe
@for_working_posts
def visits(request: DeskRequest) -> HttpResponse:
    """Where leaders went to see, the latest first, with how many promises are open."""
    number = page_number(request)
    lines, following = queries.visits(request.person, number, request.now)
    facts = {"rows": _rows(request, lines), **pager(request, number, following)}
    return shown(request, "visits", "visits", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as an Excel file."""
    lines = queries.all_visits(request.person, request.now, MOST_ROWS + 1)
    note_export(request, "visits")
    names, known = request.names, people(one.leader for one in lines)
    headings = [
        _("When"), names.word("field", "place"), names.word("field", "lead_official"), _("Units that came along"),
        _("What was found"), _("Number"), names.word("field", "subject"),
    ]  # fmt: skip
    cells = (
        [
            one.visited_at, one.place, known.get(one.leader, ""),
            listed(names.unit(code) for code in one.with_units),
            one.found, one.number, one.subject,
        ]
        for one in lines
    )  # fmt: skip
    return sheet_response(_("Field visits"), headings, cells)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new(request: DeskRequest, lead: int) -> HttpResponse:
    """A visit in a case, with what was found and promised."""
    line = queries.find(request.person, lead, request.now)
    if line is None or line.ended_on is not None:
        raise Http404
    sheet = sheet_of(request, line.number)
    refused_now = not_now(request, sheet, "field_visit")
    if refused_now is not None:
        return refused_now
    day = matters.today(request.now)
    form = VisitForm(request.names, day, sheet, request.POST or None, request.FILES or None)
    form.keep(request.person, request.now)
    if request.method == "POST" and form.is_valid() and _written(request, line, form):
        return redirect("desk:case", line.id)
    facts = {"form": form, "line": line}
    return render(
        request, "desk/leadership/visit.html", facts, status=UNFIT if form.errors else 200
    )


def _written(request: DeskRequest, line: LeadLine, form: VisitForm) -> bool:
    said = form.cleaned_data
    try:
        actions.visit(
            line.id, visited_at=said["visited_at"], place=said["place"], found=said["record"],
            with_units=said["with_units"], promises=form.promises(), files=form.held.files,
            by=request.person, now=request.now,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, request.names.done("field_visit"))
    return True


def _rows(
    request: DeskRequest, lines: list[VisitLine]
) -> list[tuple[VisitLine, str, list[str], int, int]]:
    """Each with its leader, the units that came along, and how many promises it made and are open."""
    known = people(one.leader for one in lines)
    made = duties.of_sources(
        request.person, SourceKind.FIELD_VISIT, [one.id for one in lines], request.now
    )
    return [
        (
            one,
            known.get(one.leader, ""),
            [request.names.unit(code) for code in one.with_units],
            sum(duty.source.id == one.id for duty in made),
            sum(duty.source.id == one.id and duty.state is State.OPEN for duty in made),
        )
        for one in lines
    ]
