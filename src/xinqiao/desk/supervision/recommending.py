"""The three recommendations (art. 40): the list with the yearly table of adoption, a new one, one with its answer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import DeskForm, Pick, Words, labelled
from xinqiao.desk.supervision import pages
from xinqiao.desk.supervision.answers import measures_file
from xinqiao.desk.supervision.pages import PAGE
from xinqiao.desk.words import Names
from xinqiao.matters import queries as matters
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.persons import Role
from xinqiao.rules.recommending import addressees
from xinqiao.rules.refusals import Refused
from xinqiao.rules.units import UnitKind
from xinqiao.rules.urging import RECOMMENDATIONS
from xinqiao.supervision import actions
from xinqiao.supervision import queries as supervision
from xinqiao.supervision.queries import MOST_EXPORTED
from xinqiao.supervision.values import MeasureLine
from xinqiao.ui.jinja import draw

_UNFIT, _CONFLICT = 422, 409
ADOPTIONS = ("adopted", "partly", "not_adopted", "open")


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponseBase:
    """The recommendations of a year and the table of their adoption; each figure leads to its rows."""
    year = pages.year_of(request)
    kind, adoption = request.GET.get("kind", ""), request.GET.get("adoption", "")
    kind = kind if kind in RECOMMENDATIONS else ""
    adoption = adoption if adoption in ADOPTIONS else ""

    def read(after: pages.Key | None, size: int) -> list[MeasureLine]:
        return supervision.recommendations(
            request.person, request.now, year=year, kind=kind, adoption=adoption, after=after, size=size
        )  # fmt: skip

    if pages.is_export(request):
        return measures_file(request, _("Recommendations"), read(None, MOST_EXPORTED))
    found = read(pages.after(request), PAGE)
    facts = {
        "year": year, "years": pages.years(request), "kind": kind, "adoption": adoption,
        "table": adoption_table(request, year), "adoptions": ADOPTIONS,
        "rows": draw("desk/supervision/measures.html", request, rows=found[:PAGE], title=_("Recommendations"))
        if found else "",
        "may_recommend": bool(_offices(request)),
        **pages.neighbours(request, found, lambda line: (line.made_on, line.id)),
        "export": pages.export_address(request),
    }  # fmt: skip
    return pages.shown(request, "recommendations", facts)


def adoption_table(request: DeskRequest, year: int) -> list[dict[str, Any]]:
    """A row for each kind: how many there are, and what became of them."""
    counted = supervision.adoption(request.person, year, request.now)
    return [
        {
            "kind": kind,
            "label": request.names.word("recommendation_kind", kind),
            "cells": [(one, counted.get((kind, one), 0)) for one in ADOPTIONS],
            "all": sum(counted.get((kind, one), 0) for one in ADOPTIONS),
        }
        for kind in RECOMMENDATIONS
    ]


def _offices(request: DeskRequest) -> list[str]:
    """The petition offices that the person heads."""
    units = request.names.units
    heads = request.person.units(frozenset({Role.HEAD}))
    return sorted(
        code for code in heads if code in units and units[code].kind is UnitKind.PETITION_OFFICE
    )


class _NewForm(DeskForm):
    """A recommendation on a unit or a policy, on no single matter."""

    def __init__(self, names: Names, offices: list[str], today: Any, data: Any = None) -> None:
        super().__init__(data, initial={"within": 30, "unit": offices[0]})
        organs = dict.fromkeys(
            one for office in offices for one in addressees(office, names.units, today)
        )
        self.fields["unit"] = forms.ChoiceField(
            choices=[(code, names.unit(code)) for code in offices], label=_("Made by"),
            widget=forms.HiddenInput if len(offices) == 1 else forms.Select,
        )  # fmt: skip
        self.fields["kind"] = forms.ChoiceField(
            choices=[(code, names.word("recommendation_kind", code)) for code in RECOMMENDATIONS],
            label=names.word("field", "recommendation_kind"), widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["addressee"] = Pick(
            labelled((code, names.unit(code)) for code in organs),
            label=names.word("field", "addressee"), help_text=names.helping("field", "addressee"),
        )  # fmt: skip
        self.fields["subject"] = Words(
            label=_("What it concerns"), max_length=200,
            help_text=_("A unit's way of working, or a policy; no names of people."),
        )  # fmt: skip
        for name in ("facts_found", "legal_basis", "advice"):
            self.fields[name] = Words(
                long=True, label=names.word("field", name), help_text=names.helping("field", name)
            )
        spec = FIELDS["answer_within"]
        self.fields["within"] = forms.IntegerField(
            min_value=spec.low, max_value=spec.high, label=names.word("field", "answer_within"),
            help_text=names.helping("field", "answer_within"),
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """A recommendation on no single matter, by the head of a petition office."""
    offices = _offices(request)
    if not offices:
        raise PermissionDenied
    today = matters.today(request.now)
    data = request.POST if request.method == "POST" else None
    form = _NewForm(request.names, offices, today, data)
    if data is None or not form.is_valid():
        return pages.shown(request, "recommend", {"form": form}, 200 if data is None else _UNFIT)
    try:
        made = actions.recommend_at_large(**form.cleaned_data, by=request.person, now=request.now)
    except Refused as refused:
        form.add_error(None, request.names.say(refused.refusal))
        return pages.shown(request, "recommend", {"form": form}, _CONFLICT)
    messages.success(request, _("The recommendation was made and delivered."))
    return redirect("desk:supervision_recommendation", made)


class _AnswerForm(DeskForm):
    """Whether it is adopted, and what is done or why not."""

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(data)
        self.fields["adoption"] = forms.ChoiceField(
            choices=[(code, names.word("adoption", code)) for code in FIELDS["adoption"].choices],
            label=names.word("field", "adoption"), widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["answer"] = Words(
            long=True,
            label=names.word("field", "answer"),
            help_text=names.helping("step", "answer_recommendation"),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def one(request: DeskRequest, measure: int) -> HttpResponse:
    """One recommendation with its words; the organ addressed answers it here."""
    sheet = supervision.recommendation(request.person, measure, request.now)
    if sheet is None:
        raise Http404
    answers = sheet.row.open and sheet.row.unit in request.person.units()
    data = request.POST if request.method == "POST" else None
    if data is not None and not answers:
        raise PermissionDenied
    form, status = _AnswerForm(request.names, data), 200
    if data is not None:
        if form.is_valid() and _answered(request, measure, form):
            return redirect("desk:supervision_recommendation", measure)
        status = _UNFIT
    return pages.shown(
        request, "recommendation", {"sheet": sheet, "row": sheet.row, "form": form if answers else None}, status
    )  # fmt: skip


def _answered(request: DeskRequest, measure: int, form: _AnswerForm) -> bool:
    try:
        actions.answer_recommendation(
            measure, **form.cleaned_data, by=request.person, now=request.now
        )
    except Refused as refused:
        form.add_error(None, request.names.say(refused.refusal))
        return False
    messages.success(request, _("The answer was given."))
    return True
