"""Who answers for petition work: by unit and year, as a table to read and print; kept by heads and administrators."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.controls import Pick, Words, labelled
from xinqiao.desk.duties.forms import staff_of
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.forms import RuledForm
from xinqiao.desk.leadership.common import UNFIT, people, shown
from xinqiao.desk.words import Names
from xinqiao.leadership.actions import responsibility as actions
from xinqiao.leadership.queries import responsibility as queries
from xinqiao.leadership.values import ResponsibleLine
from xinqiao.matters.queries import today
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.refusals import Refusal, Refused

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class NameForm(RuledForm):
    """Who, as what, where, for which field."""

    def __init__(self, names: Names, units: Sequence[str], day: Any, data: Any = None) -> None:
        super().__init__(names, data)
        kinds = [(one.value, names.word("responsible", one)) for one in Responsible]
        self.fields |= {
            "unit": Pick(labelled((code, names.unit(code)) for code in units), label=_("Unit")),
            "account": Pick(staff_of(units, names, day), label=_("Person who answers")),
            "kind": forms.ChoiceField(choices=kinds, label=_("As what"), widget=forms.RadioSelect),
            "duty_words": Words(
                max_length=200, required=False, label=_("Field"),
                help_text=_("For double duty: for petition work in which field of work."),
            ),
        }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def responsibility(request: DeskRequest) -> HttpResponse:
    """The table of a year; by POST somebody is named or taken off."""
    if not request.person.posts:
        raise PermissionDenied
    day, year = today(request.now), _year(request)
    shown_units = queries.units_shown(request.person)
    kept = [
        code
        for code in queries.kept(request.person, shown_units)
        if request.names.units[code].exists_on(day)
    ]
    form = (
        NameForm(request.names, kept, day, request.POST if _names(request) else None)
        if kept
        else None
    )
    if request.method == "POST" and _done(request, form, year):
        return redirect(f"{reverse('desk:responsibility')}?year={year}")
    lines = queries.lines(request.person, year)
    known = people(one.account for one in lines)
    facts = {
        "year": year,
        "years": sorted({year - 1, year, year + 1, *queries.years()}, reverse=True),
        "units": _by_unit(lines, known, set(kept)),
        "form": form,
    }
    return shown(
        request,
        "responsibility",
        "responsibility",
        facts,
        status=UNFIT if form and form.errors else 200,
    )


@require_safe
@for_staff
def export(request: DeskRequest) -> HttpResponseBase:
    """The table of a year as an Excel file."""
    lines, names = queries.lines(request.person, _year(request)), request.names
    note_export(request, "responsibility")
    known = people(one.account for one in lines)
    headings = [_("Year"), _("Unit"), _("As what"), _("Person who answers"), _("Field")]
    cells: Iterator[list[Cell]] = (
        [
            one.year,
            names.unit(one.unit),
            names.word("responsible", one.kind),
            known.get(one.account, ""),
            one.field,
        ]
        for one in lines
    )
    return sheet_response(_("Who answers for petition work"), headings, cells)


def _names(request: DeskRequest) -> bool:
    return request.method == "POST" and "off" not in request.POST


def _done(request: DeskRequest, form: NameForm | None, year: int) -> bool:
    by: dict[str, Any] = {"by": request.person, "now": request.now}
    off = request.POST.get("off", "")
    try:
        if form is None:
            raise Refused(Refusal("responsibility_not_yours", "5"))
        if off:
            actions.take_off(int(off) if off.isdecimal() and len(off) < 18 else 0, **by)
        elif not form.is_valid():
            return False
        else:
            said = form.cleaned_data
            kind = Responsible(said["kind"])
            actions.name(said["unit"], year, kind, int(said["account"]), said["duty_words"], **by)
    except Refused as refused:
        if form is not None and form.is_bound:
            form.refuse(refused.refusal)
            return False
        messages.error(request, request.names.say(refused.refusal))
    return True


def _by_unit(lines: Sequence[ResponsibleLine], known: Any, kept: set[str]) -> list[dict[str, Any]]:
    """A row a unit: first in charge, leader in charge, members with their fields."""
    found: dict[str, dict[str, Any]] = {}
    for one in lines:
        row = found.setdefault(
            one.unit,
            {
                "unit": one.unit,
                "kept": one.unit in kept,
                **{kind.value: [] for kind in Responsible},
            },
        )
        row[one.kind.value].append((one, known.get(one.account, "")))
    return list(found.values())


def _year(request: DeskRequest) -> int:
    asked = request.GET.get("year", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdecimal() and len(asked) == 4
        else today(request.now).year
    )
    return min(max(year, _FIRST_YEAR), _LAST_YEAR)
