"""What is asked, what was decided and why, what was adopted: for everybody to read."""

from datetime import date, datetime
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.matters.queries import today
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.public_decisions.opinion import asked
from xinqiao.portal.public_decisions.suggest import called
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.values import AssessmentLine, AssessmentSheet, Call, Suggestion
from xinqiao.rules.public_decisions import Stage
from xinqiao.rules.suggestion_calls import CallStage

_FEW = 5
_ASKED, _GOOD_SECONDS = "portal-asked-now", 60


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The calls and decisions in which one can take part today, and those that are over."""
    now, words = cast(PortalRequest, request).now, Words.here()
    open_calls, past_calls = reading.public_calls(now)
    asking, decided = queries.public_decisions(now)
    facts = {
        "calls": [_call(words, one) for one in open_calls],
        "asking": [_line(words, one) for one in asking],
        "decided": [_line(words, one) for one in decided],
        "past_calls": [_call(words, one) for one in past_calls],
        "adopted": [_adopted(words, *one) for one in reading.shown(most=_FEW)],
    }
    return render(request, "portal/public_decisions/list.html", facts)


def asked_now(now: datetime) -> list[tuple[str, str]]:
    """The addresses and names of the few decisions and calls that end first, as they were a minute ago at most."""
    found: list[tuple[str, str]] | None = cache.get(_ASKED)
    if found is None:
        found = _asked(now)
        cache.set(_ASKED, found, _GOOD_SECONDS)
    return found


def _asked(now: datetime) -> list[tuple[str, str]]:
    open_calls, _past = reading.public_calls(now)
    asking, _decided = queries.public_decisions(now)
    found = [
        (one.closes_on or date.max, reverse("portal:decision", args=[one.number]), one.subject)
        for one in asking
    ]
    found += [
        (one.closes_on, reverse("portal:suggestion_call", args=[one.number]), one.topic)
        for one in open_calls
    ]
    return [(address, name) for _day, address, name in sorted(found)[:_FEW]]


@require_safe
@portal_page
def decision(request: PortalRequest, ref: str) -> HttpResponse:
    """One decision: while it is asked, what is planned; afterwards what was decided, why, and the answers."""
    sheet, words = asked(ref), Words.here()
    done = sheet.line.stage is Stage.CONCLUDED
    facts = {
        "sheet": sheet,
        "one": _line(words, sheet.line),
        "open_now": sheet.line.stage is Stage.GATHERING and not _over(sheet, request),
        "done": done,
        "touched": [(words.label("touched_role", one.role), one.number) for one in sheet.described.touched],
        "regions": [directory.region_name(code) for code in sheet.described.regions],
        "verdicts": _verdicts(words, sheet) if done else [],
        "answers": [(one, words.label("opinion_heed", one.heed)) for one in sheet.answers] if done else [],
        "measures": [(one, words.unit(one.owner)) for one in sheet.measures] if done else [],
        "shown": queries.shown_opinions(sheet.line.id),
        "mine": _mine(request, sheet),
    }  # fmt: skip
    return render(request, "portal/public_decisions/decision.html", facts)


def _over(sheet: AssessmentSheet, request: PortalRequest) -> bool:
    return sheet.line.closes_on is not None and sheet.line.closes_on < today(request.now)


def _verdicts(words: Words, sheet: AssessmentSheet) -> list[tuple[str, str]]:
    return [
        (words.label("decision_question", question), words.label("decision_verdict", found.verdict))
        for question, found in sheet.findings.items()
    ]


def _mine(request: PortalRequest, sheet: AssessmentSheet) -> dict[str, Any] | None:
    """What became of the opinion whose number was typed; answers are public when the conclusion is."""
    typed = request.GET.get("opinion", "")
    if not (typed.isascii() and typed.isdecimal() and 0 < len(typed) < 10):
        return None
    number = int(typed)
    known = 1 <= number <= sheet.line.opinions
    ready = sheet.line.stage is Stage.CONCLUDED
    answer = queries.answer_to(sheet.line.id, number) if known and ready else None
    return {"number": number, "known": known, "answer": answer}


@require_safe
def call(request: HttpRequest, ref: str) -> HttpResponse:
    """One call: what is asked and until when; afterwards what came of it."""
    found, words = called(ref), Words.here()
    day = today(cast(PortalRequest, request).now)
    facts = {
        "call": found,
        "one": _call(words, found),
        "open_now": found.stage is CallStage.OPEN and found.opens_on <= day <= found.closes_on,
        "ahead": found.stage is CallStage.OPEN and day < found.opens_on,
        "shown": [_adopted(words, *one) for one in reading.shown(found.id)],
    }
    return render(request, "portal/public_decisions/call.html", facts)


@require_safe
def adopted(request: HttpRequest) -> HttpResponse:
    """What was adopted, of all calls, without names."""
    words = Words.here()
    facts = {"adopted": [_adopted(words, *one) for one in reading.shown()]}
    return render(request, "portal/public_decisions/adopted.html", facts)


def _line(words: Words, line: AssessmentLine) -> dict[str, Any]:
    return {
        "line": line,
        "unit": words.unit(line.unit),
        "region": directory.region_name(line.region),
        "stage": words.label("decision_stage", line.stage),
        "about_stage": words.help("decision_stage", line.stage),
        "conclusion": words.label("decision_conclusion", line.conclusion)
        if line.conclusion
        else "",
    }


def _call(words: Words, call: Call) -> dict[str, Any]:
    return {
        "call": call,
        "unit": words.unit(call.unit),
        "region": directory.region_name(call.region),
    }


def _adopted(words: Words, call: Call, suggestion: Suggestion) -> dict[str, Any]:
    """A released suggestion with what was decided; nothing that leads to who made it, not even its number."""
    adoption = words.label("adoption", suggestion.adoption) if suggestion.adoption else ""
    return {
        "call": call, "words": suggestion.shown, "adoption": adoption, "why": suggestion.why,
        "outcome": suggestion.outcome,
    }  # fmt: skip
