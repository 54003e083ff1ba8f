"""Opinions to answer: one by one or by kind, and what everybody may read of them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.desk.public_decisions.access import PAGE, after_of, done, posted, sheet_of
from xinqiao.desk.public_decisions.forms import ActForm, AnswerForm, ReleaseForm, coded
from xinqiao.desk.words import Names
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.actions import opinions as acting
from xinqiao.public_decisions.queries import OpinionFilters
from xinqiao.public_decisions.values import (
    Answer,
    AssessmentSheet,
    Heed,
    Opinion,
    Role,
    Source,
    Stance,
)
from xinqiao.rules.refusals import Refused
from xinqiao.text.personal_numbers import seen_in
from xinqiao.ui import by_key
from xinqiao.ui.jinja import draw
from xinqiao.ui.punctuation import listed

_METHODS = ["GET", "HEAD", "POST"]
_MOST_ROWS, _LONGEST_ID = 10**9, 18


class FilterForm(DeskForm):
    """What the opinions are narrowed by."""

    def __init__(self, names: Names, answers: list[Answer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        put = [("0", _("without an answer")), *((str(one.id), one.title) for one in answers)]
        for name, label, choices in (
            ("answer", _("Answer given"), put),
            ("stance", _("What it says"), coded(names, "opinion_stance", Stance)),
            ("source", _("Heard"), coded(names, "opinion_source", Source)),
            ("role", _("Touched as"), coded(names, "touched_role", Role)),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=every + choices, required=False
            )
        self.fields["words"] = Words(label=_("Words in it"), max_length=100, required=False)

    def filters(self) -> OpinionFilters:
        """What to look for; a value that is none of the choices narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        answer = said.get("answer")
        return OpinionFilters(
            stance=said.get("stance", ""), source=said.get("source", ""), role=said.get("role", ""),
            words=said.get("words", "").replace("\0", ""), answer=int(answer) if answer else None,
        )  # fmt: skip


@require_http_methods(_METHODS)
@for_working_posts
def opinions(request: DeskRequest, ref: str) -> HttpResponse:
    """The opinions of an assessment; those chosen, or all that the filters find, are put under an answer."""
    sheet = sheet_of(request, ref)
    if request.method == "POST":
        return _put(request, sheet)
    answers = list(sheet.answers)
    form = FilterForm(request.names, answers, request.GET)
    filters = form.filters()
    rows = queries.opinions(sheet.line.id, filters, after_of(request), PAGE)
    possible = {
        act.name
        for act, refusal in queries.offered(request.person, ref, request.now)
        if not refusal
    }
    titles = {one.id: one.title for one in answers}
    previous, following = by_key.neighbours(
        request.GET, "after", rows[PAGE - 1].number if len(rows) > PAGE else None
    )
    facts = {
        "sheet": sheet,
        "line": sheet.line,
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "answers": answers,
        "found": queries.filtered(sheet.line.id, filters).count(),
        "may_answer": "answer" in possible,
        "rows": draw(
            "desk/public_decisions/opinions.html", request, rows=rows[:PAGE], titles=titles, number=ref,
            choose="answer" in possible, release="release" in possible,
        ) if rows else "",
        "previous": previous,
        "following": following,
        "kept": _kept(request.GET).urlencode(),
    }  # fmt: skip
    return render(request, "desk/public_decisions/opinion_list.html", facts)


def _kept(query: QueryDict) -> QueryDict:
    """The filters of an address, without the place in the list."""
    kept = by_key.without_place(query, "after")
    for name in ("csrfmiddlewaretoken", "put", "opinion"):
        kept.pop(name, None)
    return kept


def _put(request: DeskRequest, sheet: AssessmentSheet) -> HttpResponse:
    """Puts opinions under the answer chosen, and goes back to the same list."""
    here = f"{reverse('desk:decision_opinions', args=[sheet.line.number])}?{request.POST.get('kept', '')}"
    to = request.POST.get("to", "")
    chosen = [
        int(one) for one in request.POST.getlist("opinion") if one.isascii() and one.isdecimal()
    ]
    every = request.POST.get("put") == "all"
    form = FilterForm(request.names, list(sheet.answers), QueryDict(request.POST.get("kept", "")))
    if not to.isascii() or not to.isdecimal() or len(to) > _LONGEST_ID:
        messages.error(request, _("Choose an answer first; if none fits, write a new one."))
    elif not every and not chosen:
        messages.error(
            request, _("No opinion is chosen. Choose some, or put all that the list finds.")
        )
    else:
        _put_under(request, sheet, int(to), chosen, form.filters() if every else None)
    return redirect(here)


def _put_under(
    request: DeskRequest, sheet: AssessmentSheet, answer: int, chosen: list[int], filters: OpinionFilters | None
) -> None:  # fmt: skip
    try:
        moved = acting.put_under(
            sheet.line.number, answer, by=request.person, now=request.now,
            opinions=[one for one in chosen if one < _MOST_ROWS], filters=filters,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
        return
    said = ngettext("%(moved)d opinion was put there.", "%(moved)d opinions were put there.", moved)
    messages.success(request, said % {"moved": moved})


@require_http_methods(_METHODS)
@for_working_posts
def answer(request: DeskRequest, ref: str, row: int = 0) -> HttpResponse:
    """A new answer, or one worded anew."""
    sheet = sheet_of(request, ref)
    before = next((one for one in sheet.answers if one.id == row), None)
    if row and before is None:
        raise Http404
    initial = {"title": before.title, "heed": before.heed, "words": before.words} if before else {}
    form = AnswerForm(request.names, posted(request), initial=initial)

    def do(form: ActForm) -> None:
        said = form.said()
        acting.write_answer(
            ref, said["title"], said["words"], Heed(said["heed"]), by=request.person, now=request.now,
            answer=row or None,
        )  # fmt: skip

    facts = {
        "title": _("Answer to one kind of opinion"),
        "sheet": sheet,
        "back": reverse("desk:decision_opinions", args=[ref]),
        "back_label": _("Opinions"),
    }
    return done(request, form, sheet.history[-1].seq, do, ("desk:decision_opinions", ref), facts)


@require_http_methods(_METHODS)
@for_working_posts
def release(request: DeskRequest, ref: str, row: int) -> HttpResponse:
    """What everybody may read of one opinion; numbers of somebody are pointed out before."""
    sheet = sheet_of(request, ref)
    found = queries.opinion(sheet.line.id, row)
    if found is None:
        raise Http404
    form = ReleaseForm(posted(request), initial={"words": found.shown or found.words})

    def do(form: ActForm) -> None:
        acting.release(ref, row, form.said()["words"], by=request.person, now=request.now)

    facts = {
        "title": _("Show opinion %(number)s to everybody") % {"number": row},
        "sheet": sheet,
        "said": found.words,
        "numbers": listed(seen_in(found.words)),
        "back": reverse("desk:decision_opinions", args=[ref]),
        "back_label": _("Opinions"),
    }
    template = "desk/public_decisions/release.html"
    return done(
        request, form, sheet.history[-1].seq, do, ("desk:decision_opinions", ref), facts, template
    )


@require_safe
@for_working_posts
def export(request: DeskRequest, ref: str) -> HttpResponseBase:
    """The opinions that the filters find, as a table to take away."""
    sheet = sheet_of(request, ref)
    filters = FilterForm(request.names, list(sheet.answers), request.GET).filters()
    rows = queries.opinions(sheet.line.id, filters, 0, MOST_ROWS)
    note_export(request, "decision_opinions")
    headings = [
        _("No."), _("Heard"), _("What it says"), _("Touched as"), _("How many said so"), _("Opinion"),
        _("Answer given"),
    ]  # fmt: skip
    return sheet_response(f"opinions-{ref}", headings, _cells(request.names, rows, sheet))


def _cells(names: Names, rows: list[Opinion], sheet: AssessmentSheet) -> Iterator[list[Any]]:
    titles = {one.id: one.title for one in sheet.answers}
    for one in rows:
        yield [
            one.number, names.word("opinion_source", one.source), names.word("opinion_stance", one.stance),
            names.word("touched_role", one.role), one.people, one.words, titles.get(one.answer or 0, ""),
        ]  # fmt: skip
