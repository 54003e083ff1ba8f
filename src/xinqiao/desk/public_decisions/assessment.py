"""The page of one assessment with its parts and its way, and the files of its findings."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.public_decisions.access import sheet_of
from xinqiao.desk.public_decisions.acts import PAGES
from xinqiao.desk.public_decisions.chart import chart
from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.evidence import serving
from xinqiao.public_decisions import counting, queries
from xinqiao.public_decisions.values import FINDING, AssessmentSheet
from xinqiao.rules.public_decisions import Question
from xinqiao.ui.files import entries

_LATEST = 10
_LARGEST = 2**63 - 1


@require_safe
@for_working_posts
def decision(request: DeskRequest, ref: str) -> HttpResponse:
    """One assessment: what it is about, the four questions, opinions, answers, measures, what came after."""
    sheet = sheet_of(request, ref)
    offered = queries.offered(request.person, ref, request.now)
    possible = {act.name for act, refusal in offered if refusal is None}
    facts = {
        "sheet": sheet,
        "line": sheet.line,
        "questions": _questions(request, sheet),
        "stances": [
            (one, number) for one, number in queries.stances(sheet.line.id).items() if number
        ],
        "possible": possible,
        "acts": [
            (act.name, request.names.say(refusal) if refusal else "")
            for act, refusal in offered
            if act.name in PAGES
        ],
        "history": _history(request, sheet),
        **_after(request, sheet),
    }
    return render(request, "desk/public_decisions/decision.html", facts)


def _questions(request: DeskRequest, sheet: AssessmentSheet) -> list[dict[str, Any]]:
    found = sheet.findings
    files = evidence.files_of_each(FINDING, [one.id for one in found.values()])
    return [
        {
            "code": question,
            "found": found.get(question),
            "laws": found[question].laws.splitlines() if question in found else [],
            "files": entries(
                files[found[question].id] if question in found else [],
                lambda file: reverse("desk:decision_file", args=[sheet.line.number, file.id]),
            ),
        }
        for question in Question
    ]


def _after(request: DeskRequest, sheet: AssessmentSheet) -> dict[str, Any]:
    """The petitions that touch the decision, if it is in force."""
    counts = counting.months(request.person, sheet, request.now)
    if not counts:
        return {"chart": None}
    return {
        "chart": chart(counts),
        "before": counting.average(counts, after=False),
        "after": counting.average(counts, after=True),
        "matters": counting.latest(request.person, sheet, request.now, _LATEST),
    }


def _history(request: DeskRequest, sheet: AssessmentSheet) -> list[dict[str, Any]]:
    """The way so far in words, the latest first."""
    names = directory.account_names({one.account for one in sheet.history if one.account})
    return [
        {
            "title": request.names.word("decision_act", one.act),
            "at": one.at,
            "by": " ".join(part for part in (request.names.unit(one.unit), names.get(one.account or 0, "")) if part),
            "words": one.words if one.act not in {"find", "answer"} else "",
            "about": _about(request, one.facts),
        }
        for one in reversed(sheet.history)
    ]  # fmt: skip


def _about(request: DeskRequest, facts: Any) -> str:
    """What of the facts of a happening says which part it was."""
    if "question" in facts:
        question = request.names.word("decision_question", facts["question"])
        return f"{question} · {request.names.word('decision_verdict', facts['verdict'])}"
    if "conclusion" in facts:
        return request.names.word("decision_conclusion", facts["conclusion"])
    if "answer" in facts:
        said = ngettext(
            "%(moved)d opinion was put there.",
            "%(moved)d opinions were put there.",
            facts["number"],
        )
        return said % {"moved": facts["number"]}
    return str(facts.get("title", ""))


@require_safe
@for_working_posts
def file(request: DeskRequest, ref: str, file: int) -> HttpResponseBase:
    """A file of a finding of this assessment; everything else gives 404."""
    kept = evidence.file(file) if file <= _LARGEST else None
    if kept is None or kept.owner.kind != FINDING:
        raise Http404
    if not queries.finding_of(request.person, ref, kept.owner.id, request.now):
        raise Http404
    if request.GET.get("show") != serving.PREVIEW:
        audit.record(
            AuditAction.VIEWED, now=request.now, by_account=request.account,
            unit=min(request.person.units(), default=""), object_kind="file", object_id=kept.id,
        )  # fmt: skip
    return serving.answer(request, kept)
