"""How right the warnings were: what those looked at turned out to be, by tier, between two days."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.controls import Day, DeskForm
from xinqiao.desk.insight.hotspots.access import for_lookouts
from xinqiao.insight.spots.precision import precision
from xinqiao.matters.queries import today

_BACK = timedelta(days=365)


class PeriodForm(DeskForm):
    """Between which days."""

    def __init__(self, data: Any, first: date, last: date) -> None:
        super().__init__(data, initial={"first": first, "last": last})
        self.fields["first"] = Day(label=_("From the day"), required=False)
        self.fields["last"] = Day(label=_("Until the day"), required=False)

    def clean(self) -> dict[str, date]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("The period ends before it begins."))
        return said


@require_safe
@for_lookouts
def page(request: DeskRequest) -> HttpResponse:
    """By tier: given, looked at, true, known, false, and the share that was right."""
    last = today(request.now)
    first = last - _BACK
    form = PeriodForm(request.GET or None, first, last)
    if form.is_valid():
        first, last = form.cleaned_data.get("first") or first, form.cleaned_data.get("last") or last
    rows = [
        (request.names.word("spot_tier", one.tier), one)
        for one in precision(request.person, first, last, request.now)
    ]
    facts = {"form": form, "first": first, "last": last, "rows": rows}
    return render(request, "desk/insight/hotspots/precision.html", facts)
