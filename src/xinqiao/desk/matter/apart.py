"""Matters that may be about the same, on the page of a matter: one is refused with one key, and that is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter import joint
from xinqiao.directory import queries as directory
from xinqiao.insight.reading import queries as reading
from xinqiao.insight.same import actions, queries
from xinqiao.matters.queries import Line, Sheet
from xinqiao.rules.matters import may
from xinqiao.rules.refusals import Refused
from xinqiao.rules.table import STEPS

_TAKES = {"tell_apart": actions.tell_apart, "tell_alike": actions.tell_alike}


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A matter that is about something else, and who of the staff said so, for which unit, when."""

    line: Line
    who: str
    unit: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """Matters of whomever that may be about the same, and those that were found not to be, as far as one may see them.

    `may_tell`: whether the person may refuse the ones and take back the others.
    """

    alike: Sequence[Line]
    apart: Sequence[Refusal]
    may_tell: bool


def suggested(request: DeskRequest, sheet: Sheet) -> Suggested:
    """What stands on the page of this matter; what is, or was, handled with it stands above."""
    person, matter, now = request.person, sheet.line.id, request.now
    told = {sheet.facts.carried_by, *sheet.facts.carries, *joint.were_together(sheet)}
    found = [one for one in reading.related(person, matter, now) if one.id not in told]
    apart = [one for one in queries.told_apart(person, matter, now) if one.line.id not in told]
    names = directory.account_names({one.account for one in apart}) if apart else {}
    return Suggested(
        alike=found,
        apart=[
            Refusal(
                line=one.line, who=names.get(one.account, ""), unit=request.names.unit(one.unit), at=one.at
            )
            for one in apart
        ],
        may_tell=bool(found or apart) and may(STEPS["tell_apart"], sheet.case) is None,
    )  # fmt: skip


@require_POST
@for_staff
def tell(request: DeskRequest, number: str, step: str) -> HttpResponse:
    """Refuses a suggestion, or takes that back; then the page of the matter again."""
    if step not in _TAKES:
        raise Http404
    sheet, other = sheet_of(request, number), request.POST.get("other", "")
    refusal = may(STEPS[step], sheet.case)
    if refusal is not None and refusal.code == "not_yours":
        raise PermissionDenied
    try:
        _TAKES[step](sheet.line.id, other, by=request.person, now=request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    else:
        messages.success(request, _said(step) % {"number": other})
    return redirect(f"{reverse('desk:matter', args=[number])}#others-title")


def _said(step: str) -> str:
    if step == "tell_apart":
        return _("%(number)s is about something else and is suggested here no more.")
    return _("%(number)s may be about the same after all and is suggested again.")
