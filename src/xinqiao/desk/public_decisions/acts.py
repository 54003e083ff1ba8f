"""Doing something on an assessment: a form for each act of the table, and the act itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.public_decisions.access import done, posted, sheet_of
from xinqiao.desk.public_decisions.forms import (
    ActForm,
    CountForm,
    DescribeForm,
    EffectForm,
    FindForm,
    MeasureForm,
    OpenForm,
    OpinionForm,
    ReasonForm,
    SubmitForm,
    SureForm,
)
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import Owner
from xinqiao.matters.numbers import normal_number
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.actions import assessments, opinions
from xinqiao.public_decisions.values import FINDING, AssessmentSheet
from xinqiao.rules.persons import Person
from xinqiao.rules.public_decisions import Conclusion, Question, Verdict
from xinqiao.rules.refusals import Refused
from xinqiao.ui.punctuation import valued

_METHODS = ["GET", "HEAD", "POST"]
Making = Callable[[DeskRequest, AssessmentSheet], ActForm]
Doing = Callable[[str, dict[str, Any], ActForm, Person, datetime], Any]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The page of an act: its form, and what is done with what it says."""

    form: Making
    do: Doing


def _reason(label: Callable[[], str]) -> Making:
    return lambda request, _sheet: ReasonForm(posted(request), label=label())


def _sure(request: DeskRequest, _sheet: AssessmentSheet) -> ActForm:
    return SureForm(posted(request))


def _describe(request: DeskRequest, sheet: AssessmentSheet) -> ActForm:
    initial = DescribeForm.shown(sheet.described)
    return DescribeForm(request.names, [sheet.line.unit], posted(request), initial=initial)


def _submit(request: DeskRequest, sheet: AssessmentSheet) -> ActForm:
    initial = {"words": sheet.conclusion_words, "chosen": sheet.chosen}
    return SubmitForm(request.names, sheet.described.options, posted(request), initial=initial)


PAGES: Mapping[str, Page] = {
    "describe": Page(form=_describe, do=lambda ref, said, form, by, now: assessments.describe(
        ref, form.value(), by=by, now=now)),  # type: ignore[attr-defined]
    "open_opinions": Page(
        form=lambda request, _s: OpenForm(posted(request)),
        do=lambda ref, said, _f, by, now: assessments.open_opinions(ref, **said, by=by, now=now)),
    "enter_opinion": Page(
        form=lambda request, _s: OpinionForm(request.names, posted(request)),
        do=lambda ref, said, form, by, now: opinions.give(ref, form.value(), by=by, now=now)),  # type: ignore[attr-defined]
    "close_opinions": Page(form=_sure, do=lambda ref, said, _f, by, now: assessments.close_opinions(
        ref, by=by, now=now)),
    "plan_measure": Page(
        form=lambda request, _s: MeasureForm(request.names, posted(request)),
        do=lambda ref, said, _f, by, now: assessments.plan_measure(ref, **said, by=by, now=now)),
    "submit": Page(form=_submit, do=lambda ref, said, _f, by, now: assessments.submit(
        ref, Conclusion(said["conclusion"]), said["words"], said["chosen"], by=by, now=now)),
    "return": Page(
        form=_reason(lambda: _("What needs to change")),
        do=lambda ref, said, _f, by, now: assessments.send_back(ref, said["words"], by=by, now=now)),
    "approve": Page(form=_sure, do=lambda ref, said, _f, by, now: assessments.approve(ref, by=by, now=now)),
    "resume": Page(
        form=_reason(lambda: _("Why it is taken up again")),
        do=lambda ref, said, _f, by, now: assessments.resume(ref, said["words"], by=by, now=now)),
    "take_effect": Page(
        form=lambda request, _s: EffectForm(posted(request)),
        do=lambda ref, said, _f, by, now: assessments.take_effect(ref, **said, by=by, now=now)),
    "count_matter": Page(
        form=lambda request, _s: CountForm(posted(request)),
        do=lambda ref, said, _f, by, now: assessments.count_matter(
            ref, normal_number(said["matter"]) or "", said["words"], by=by, now=now)),
    "look_back": Page(
        form=_reason(lambda: _("What the assessment was worth")),
        do=lambda ref, said, _f, by, now: assessments.look_back(ref, said["words"], by=by, now=now)),
    "drop": Page(
        form=_reason(lambda: _("Why it is given up")),
        do=lambda ref, said, _f, by, now: assessments.drop(ref, said["words"], by=by, now=now)),
}  # fmt: skip


@require_http_methods(_METHODS)
@for_working_posts
def begin(request: DeskRequest) -> HttpResponse:
    """Begins an assessment for a unit of the person's."""
    units = sorted(request.person.units())
    form = DescribeForm(request.names, units, posted(request))
    made: list[str] = []

    def do(_form: ActForm) -> None:
        unit = form.cleaned_data.get("unit") or units[0]
        made.append(assessments.begin(unit, form.value(), by=request.person, now=request.now))

    facts = {
        "title": _("New assessment"),
        "back": reverse("desk:decisions"),
        "back_label": _("Assessments"),
    }
    answer = done(
        request, form, 0, do, ("desk:decisions",), facts, "desk/public_decisions/describe.html"
    )
    if made:
        answer["Location"] = reverse("desk:decision", args=made)
    return answer


@require_http_methods(_METHODS)
@for_working_posts
def act(request: DeskRequest, ref: str, act: str) -> HttpResponse:
    """One act on an assessment. Where it is not possible now, it says why instead of the form."""
    sheet, page = sheet_of(request, ref), PAGES.get(act)
    if page is None:
        raise Http404
    offered = {
        line.name: refusal for line, refusal in queries.offered(request.person, ref, request.now)
    }
    facts = _facts(request, sheet, request.names.word("decision_act", act)) | {
        "act": act,
        "lead": request.names.helping("decision_act", act),
    }
    if act not in offered and request.method != "POST":
        raise PermissionDenied
    refusal = offered.get(act)
    facts["refusal"] = request.names.say(refusal) if refusal and request.method != "POST" else ""
    form = page.form(request, sheet)

    def do(form: ActForm) -> None:
        page.do(ref, form.said(), form, request.person, request.now)

    template = (
        "desk/public_decisions/describe.html"
        if act == "describe"
        else "desk/public_decisions/act.html"
    )
    return done(request, form, _seen(sheet), do, ("desk:decision", ref), facts, template)


@require_http_methods(_METHODS)
@for_working_posts
def find(request: DeskRequest, ref: str, question: str) -> HttpResponse:
    """What was found on one of the four questions, with its evidence."""
    sheet = sheet_of(request, ref)
    if question not in set(Question):
        raise Http404
    found = sheet.findings.get(Question(question))
    form = FindForm(
        request.names, found, posted(request), request.FILES if request.method == "POST" else None
    )

    def do(form: ActForm) -> None:
        said = form.said()
        kept = assessments.find(
            ref, Question(question), Verdict(said["verdict"]), said["words"], said["laws"],
            by=request.person, now=request.now,
        )  # fmt: skip
        _keep_files(request, kept, said["files"])

    facts = _facts(request, sheet, request.names.word("decision_question", question))
    facts["lead"] = request.names.helping("decision_question", question)
    return done(request, form, _seen(sheet), do, ("desk:decision", ref), facts)


def _keep_files(request: DeskRequest, finding: int, files: list[Any]) -> None:
    """A file that cannot be kept is named; the finding and the other files are kept all the same."""
    for file in files or ():
        try:
            evidence.keep(
                file.file, name=file.name or "",
                owner=Owner(kind=FINDING, id=finding), by=request.person, now=request.now,
            )  # fmt: skip
        except Refused as refused:
            messages.error(request, valued(file.name, request.names.say(refused.refusal)))


@require_http_methods(_METHODS)
@for_working_posts
def measure(request: DeskRequest, ref: str, measure: int) -> HttpResponse:
    """What was done on a measure."""
    sheet = sheet_of(request, ref)
    found = next((one for one in sheet.measures if one.id == measure), None)
    if found is None:
        raise Http404
    form = ReasonForm(posted(request), label=_("What was done"))

    def do(form: ActForm) -> None:
        words = form.said()["words"]
        assessments.keep_measure(ref, measure, words, by=request.person, now=request.now)

    facts = _facts(request, sheet, request.names.word("decision_act", "keep_measure"))
    return done(
        request, form, _seen(sheet), do, ("desk:decision", ref), facts | {"lead": found.words}
    )


def _seen(sheet: AssessmentSheet) -> int:
    return sheet.history[-1].seq


def _facts(request: DeskRequest, sheet: AssessmentSheet, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "sheet": sheet,
        "back": reverse("desk:decision", args=[sheet.line.number]),
        "back_label": sheet.line.subject,
    }
