"""The joint conference: the meetings, one meeting with agenda, papers, who came, what is left of the last ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.duties import rows as duty_rows
from xinqiao.desk.leadership.common import UNFIT, pager, people, shown, with_unit
from xinqiao.desk.leadership.forms import AnswerForm, MeetingForm, PapersForm
from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.evidence import serving
from xinqiao.evidence.values import Owner
from xinqiao.leadership.actions import conferences as actions
from xinqiao.leadership.queries import conferences as queries
from xinqiao.leadership.values import ConferenceLine
from xinqiao.matters import queries as matters
from xinqiao.rules.leadership import ConferenceState, keeps_conference
from xinqiao.rules.persons import WORKING_ROLES
from xinqiao.rules.refusals import Refused
from xinqiao.ui.files import entries
from xinqiao.ui.typed import page_number

_METHODS = ["GET", "HEAD", "POST"]
_LARGEST = 2**63 - 1


@require_safe
@for_working_posts
def conferences(request: DeskRequest) -> HttpResponse:
    """The meetings that exist for the person, the latest first."""
    number = page_number(request)
    lines, following = queries.page(request.person, number, request.now)
    known = people(one.chair for one in lines)
    facts = {
        "rows": [(one, known.get(one.chair, "")) for one in lines],
        "keeps": bool(kept(request)),
        **pager(request, number, following),
    }
    return shown(request, "conferences", "conferences", facts)


@require_http_methods(_METHODS)
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """Plans a meeting."""
    units = kept(request)
    if not units:
        raise PermissionDenied
    form = MeetingForm(request.names, matters.today(request.now), units, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(form.value(), by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return redirect("desk:conference", made)
    return _form_page(request, form, None)


@require_http_methods(_METHODS)
@for_working_posts
def change(request: DeskRequest, conference: int) -> HttpResponse:
    """Another day, place, chair or other units called."""
    line = kept_one(request, conference)
    called = [one.unit for one in queries.called(line.id)]
    day = matters.today(request.now)
    form = MeetingForm(request.names, day, [line.unit], line, called, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(line.id, form.value(), by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:conference", line.id)
    return _form_page(request, form, line)


@require_http_methods(_METHODS)
@for_working_posts
def conference(request: DeskRequest, conference: int) -> HttpResponse:
    """One meeting; by POST it is closed, or called off with a reason."""
    line = one(request, conference)
    form = AnswerForm(request.names, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "cancel":
                actions.cancel(
                    line.id, form.cleaned_data["reason"], by=request.person, now=request.now
                )
            else:
                actions.hold(line.id, by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return redirect("desk:conference", line.id)
    status = UNFIT if form.errors else 200
    return shown(
        request, "conference", "conferences", _about(request, line) | {"form": form}, status=status
    )


@require_http_methods(_METHODS)
@for_working_posts
def attendance(request: DeskRequest, conference: int) -> HttpResponse:
    """Who of the units called came."""
    line = kept_one(request, conference)
    called, names, day = queries.called(line.id), request.names, matters.today(request.now)
    staff = directory.staff([one.unit for one in called], day, WORKING_ROLES)
    choices = {
        one.unit: [(line.account, line.name) for line in staff if line.unit == one.unit]
        for one in called
    }
    if request.method == "POST":
        came = {one.unit: request.POST.get(f"came-{one.unit}") == "yes" for one in called}
        who = {
            unit: account
            for unit, listed in choices.items()
            for account, _name in listed
            if came[unit] and request.POST.get(f"who-{unit}") == str(account)
        }
        try:
            actions.note_attendance(line.id, came, who, by=request.person, now=request.now)
        except Refused as refused:
            messages.error(request, names.say(refused.refusal))
        else:
            messages.success(request, _("Saved."))
        return redirect("desk:conference", line.id)
    rows = [(one, names.unit(one.unit), choices[one.unit]) for one in called]
    return render(request, "desk/leadership/attendance.html", {"line": line, "rows": rows})


@require_POST
@for_working_posts
def add_papers(request: DeskRequest, conference: int) -> HttpResponse:
    """Papers for those who are called."""
    line = kept_one(request, conference)
    form = PapersForm(request.names, request.POST, request.FILES)
    form.keep(request.person, request.now)
    if form.is_valid():
        try:
            actions.add_papers(line.id, form.held.files, by=request.person, now=request.now)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return redirect("desk:conference", line.id)
    facts = _about(request, line) | {"form": AnswerForm(request.names), "papers_form": form}
    return shown(request, "conference", "conferences", facts, status=UNFIT)


@require_safe
@for_working_posts
def paper(request: DeskRequest, conference: int, file: int) -> HttpResponseBase:
    """One paper of a meeting, for who is called to it."""
    line = one(request, conference)
    kept_file = evidence.file(file) if file <= _LARGEST else None
    if kept_file is None or kept_file.owner != Owner(kind=actions.PAPERS, id=line.id):
        raise Http404
    if request.GET.get("show") != serving.PREVIEW:
        audit.record(
            AuditAction.VIEWED, now=request.now, by_account=request.account,
            unit=min(request.person.units(), default=""), object_kind="file", object_id=kept_file.id,
            detail={"conference": line.id},
        )  # fmt: skip
    return serving.answer(request, kept_file)


def kept(request: DeskRequest) -> list[str]:
    """The units for which the person prepares conferences."""
    return sorted(keeps_conference(request.person, request.names.units))


def one(request: DeskRequest, conference: int) -> ConferenceLine:
    """The meeting of an address. Raises Http404 when there is none for the person."""
    found = queries.find(request.person, conference, request.now)
    if found is None:
        raise Http404
    return found


def kept_one(request: DeskRequest, conference: int) -> ConferenceLine:
    """The same, which the person prepares. Raises PermissionDenied for another's."""
    line = one(request, conference)
    if line.unit not in kept(request):
        raise PermissionDenied
    return line


def _about(request: DeskRequest, line: ConferenceLine) -> dict[str, Any]:
    names, called = request.names, queries.called(line.id)
    items = queries.items(request.person, line.id, request.now)
    handed = queries.handed_out(request.person, [one.id for one in items], request.now)
    events = queries.history(request.person, line.id, request.now)
    known = people([line.chair, *(one.account for one in called), *(one.account for one in events)])
    left = queries.follow_up(request.person, line.id, request.now)
    keeps = line.unit in kept(request)
    papers = evidence.files_of(Owner(kind=actions.PAPERS, id=line.id))
    return {
        "line": line,
        "chair": known.get(line.chair, ""),
        "called": [(one, names.unit(one.unit), known.get(one.account or 0, "")) for one in called],
        "items": [(one, duty_rows.few(request, handed[one.id]) if one.id in handed else "") for one in items],
        "left": duty_rows.few(request, left) if left else "",
        "papers": entries(papers, lambda file: reverse("desk:conference_paper", args=[line.id, file.id])),
        "papers_form": PapersForm(names),
        "events": [
            (one, names.done_of("conference_verb", one.verb), with_unit(known, one.account, names.unit(one.unit)))
            for one in reversed(events)
        ],
        "keeps": keeps,
        "planned": line.state is ConferenceState.PLANNED,
        "begun": line.meets_at <= request.now,
    }  # fmt: skip


def _form_page(
    request: DeskRequest, form: MeetingForm, line: ConferenceLine | None
) -> HttpResponse:
    facts = {"form": form, "line": line}
    return render(
        request, "desk/leadership/meeting.html", facts, status=UNFIT if form.errors else 200
    )
