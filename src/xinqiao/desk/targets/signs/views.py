"""Signs of integrity: the list, and one sign with its picture, its cases and what was said to it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.forms import OutcomeForm
from xinqiao.desk.targets.signs import picture, words
from xinqiao.desk.targets.signs.forms import answer_form
from xinqiao.directory import queries as directory
from xinqiao.rules.integrity import signs
from xinqiao.rules.refusals import Refused
from xinqiao.targets.integrity import actions, queries
from xinqiao.targets.integrity.queries import Wanted
from xinqiao.targets.integrity.values import SignLine
from xinqiao.ui.jinja import draw

_UNFIT = 422
_PARTS = ("all", "strong", "new", "past")


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponseBase:
    """The signs of the person's units, and of those over which they supervise."""
    part = request.GET.get("part", "all")
    kind = request.GET.get("sign", "")
    wanted = Wanted(
        sign=kind if kind in signs() else "", unit=request.GET.get("unit", "")[:60], strong=part == "strong",
        unanswered=part == "new", past=part == "past",
    )  # fmt: skip
    found = queries.listed(request.person, wanted, request.now)
    if request.GET.get("as") == "xlsx":
        note_export(request, request.path)
        return sheet_response(
            _("Signs of integrity"), words.headings(), words.rows(found, request.names)
        )
    lang = get_language() or "zh"
    facts = {
        "rows": [words.said(line, request.names) for line in found],
        "kinds": [(one.id, one.label(lang)) for one in signs().values()],
        "kind": wanted.sign, "part": part if part in _PARTS else "all", "unit": wanted.unit,
        "unit_name": request.names.unit(wanted.unit) if wanted.unit else "",
        "export": _address(request, {"as": "xlsx"}),
        "parts": [(code, label, _address(request, {"part": code})) for code, label in _parts()],
    }  # fmt: skip
    return render(request, "desk/targets/signs/list.html", facts)


def _parts() -> list[tuple[str, str]]:
    return [
        ("all", _("All that stand")), ("strong", _("Strong ones")), ("new", _("Not looked at yet")),
        ("past", _("No longer standing")),
    ]  # fmt: skip


def _address(request: DeskRequest, changed: dict[str, str]) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def one(request: DeskRequest, sign: int) -> HttpResponse | HttpResponseBase:
    """One sign; whoever sees it may say what it turned out to be."""
    line = queries.one(request.person, sign, request.now)
    if line is None:
        raise Http404
    if request.GET.get("as") == "xlsx":
        return _cases_file(request, line)
    form = answer_form(request.names, request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, line, form):
        messages.success(
            request, _("Your answer was added. It stands beside the sign from now on.")
        )
        return redirect("desk:sign", sign=line.id)
    status = _UNFIT if form.errors else 200
    return render(
        request, "desk/targets/signs/one.html", _facts(request, line, form), status=status
    )


def _answered(request: DeskRequest, line: SignLine, form: OutcomeForm) -> bool:
    try:
        actions.answer(line.id, **form.cleaned_data, by=request.person, now=request.now)
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    return True


def _facts(request: DeskRequest, line: SignLine, form: OutcomeForm) -> dict[str, Any]:
    lang, sign = get_language() or "zh", signs()[line.sign]
    found = queries.cases(request.person, line.id, request.now)
    answers = queries.answers(line.id)
    names = directory.account_names({one.account for one in answers})
    bars, label = picture.bars(line), picture.caption(line)
    return {
        "shown": words.said(line, request.names), "means": sign.means(lang), "otherwise": sign.otherwise(lang),
        "article": sign.article, "chance": words.chance(line.q), "form": form, "bars": bars,
        "picture": picture.drawn(bars, label), "caption": label,
        "cases": draw("desk/supervision/matters.html", request, rows=found) if found else "",
        "answers": [
            {"outcome": words.outcome(one.outcome), "words": one.words, "at": one.at,
             "unit": request.names.unit(one.unit), "name": names.get(one.account, "")}
            for one in answers
        ],
    }  # fmt: skip


def _cases_file(request: DeskRequest, line: SignLine) -> HttpResponseBase:
    """The cases within the person's scope, as a file."""
    note_export(request, request.path)
    names, shown = request.names, words.said(line, request.names)
    headings = [
        _("Number"), names.word("field", "subject"), names.word("field", "region"), _("State"), _("Unit"),
        names.word("field", "received_at"),
    ]  # fmt: skip
    rows: Iterable[list[Cell]] = (
        [
            one.number, one.subject, names.region(one.region) if one.region else "", names.word("state", one.state),
            names.unit(one.holder), one.received_at,
        ]
        for one in queries.cases(request.person, line.id, request.now)
    )  # fmt: skip
    return sheet_response(f"{shown.name} {shown.unit}", headings, rows)
