"""The lists of assessments and of suggestion calls, and the assessments as a table to take away."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.desk.public_decisions.access import PAGE
from xinqiao.desk.words import Names
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.values import AssessmentLine
from xinqiao.rules.public_decisions import Stage
from xinqiao.rules.suggestion_calls import CallStage
from xinqiao.ui.jinja import draw
from xinqiao.ui.typed import page_number


@require_safe
@for_working_posts
def decisions(request: DeskRequest) -> HttpResponse:
    """The assessments that the person may see, the newest first."""
    stage, words, number = _asked(request)
    rows = queries.page(request.person, stage, words, number, PAGE, request.now)
    facts = {
        "rows": draw("desk/public_decisions/rows.html", request, rows=rows[:PAGE]) if rows else "",
        "tabs": _tabs(request.names, "decision_stage", Stage, stage),
        "words": words,
        "stage": stage,
        "kept": _kept(request.GET).urlencode(),
        **_pages(request, number, len(rows)),
    }
    return render(request, "desk/public_decisions/list.html", facts)


@require_safe
@for_working_posts
def calls(request: DeskRequest) -> HttpResponse:
    """The suggestion calls that the person may see, the newest first."""
    stage = request.GET.get("stage", "")
    stage = stage if stage in set(CallStage) else ""
    number = page_number(request)
    rows = reading.page(request.person, stage, number, PAGE, request.now)
    facts = {
        "rows": draw("desk/public_decisions/call_rows.html", request, rows=rows[:PAGE])
        if rows
        else "",
        "tabs": _tabs(request.names, "call_stage", CallStage, stage),
        **_pages(request, number, len(rows)),
    }
    return render(request, "desk/public_decisions/call_list.html", facts)


@require_safe
@for_working_posts
def export(request: DeskRequest) -> HttpResponseBase:
    """The assessments that the list finds, as a table to take away."""
    stage, words, _number = _asked(request)
    rows = queries.page(request.person, stage, words, 1, MOST_ROWS, request.now)
    note_export(request, "decisions")
    headings = [
        _("Number"), _("What is to be decided"), _("Drafted by"), _("Area"), _("Stage"), _("Conclusion"),
        _("Opinions"), _("without an answer"), _("Last day for opinions"), _("In force from"),
    ]  # fmt: skip
    return sheet_response("decisions", headings, _cells(request.names, rows))


def _cells(names: Names, rows: list[AssessmentLine]) -> Iterator[list[Any]]:
    for one in rows:
        yield [
            one.number, one.subject, names.unit(one.unit), names.region(one.region),
            names.word("decision_stage", one.stage), names.word("decision_conclusion", one.conclusion or ""),
            one.opinions, one.unanswered, one.closes_on, one.effective_on,
        ]  # fmt: skip


def _asked(request: DeskRequest) -> tuple[str, str, int]:
    """Stage, words and page of an address; what is no stage narrows nothing."""
    stage = request.GET.get("stage", "")
    words = " ".join(request.GET.get("words", "").replace("\0", "").split())[:100]
    return (stage if stage in set(Stage) else ""), words, page_number(request)


def _tabs(names: Names, group: str, codes: Any, chosen: str) -> list[tuple[str, str, bool]]:
    """Addresses and names of the stages, and whether each is the one shown."""
    every = [("?", _("all"), not chosen)]
    return every + [(f"?stage={code}", names.word(group, code), code == chosen) for code in codes]


def _kept(query: QueryDict) -> QueryDict:
    kept = query.copy()
    kept.pop("page", None)
    return kept


def _pages(request: DeskRequest, number: int, rows: int) -> dict[str, str]:
    """Addresses of the pages before and after."""

    def address(page: int) -> str:
        query = _kept(request.GET)
        query["page"] = str(page)
        return f"{reverse(request.resolver_match.view_name)}?{query.urlencode()}"  # type: ignore[union-attr]

    return {
        "previous": address(number - 1) if number > 1 else "",
        "following": address(number + 1) if rows > PAGE else "",
    }
