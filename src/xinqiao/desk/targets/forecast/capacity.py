"""What a place can bear: the last twelve months played again, with more petitions or officers elsewhere."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import labelled
from xinqiao.desk.targets.asking import asked
from xinqiao.desk.targets.forecast.forms import CapacityForm
from xinqiao.desk.targets.forecast.pages import UNFIT
from xinqiao.targets.capacity import installed, queries
from xinqiao.targets.capacity.values import Impossible, Outcome, Played, Span, Year
from xinqiao.ui.templatetags.figures import said

#: A difference below this is nothing to speak of.
_NOTICED = 0.0005


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponse:
    """The form; with an answer also what it comes to, by unit."""
    question = asked(request)
    year = queries.last_year(question.place, request.now) if installed() else None
    busy = sorted({one.unit for one in year.cases if year.counts(one.due)}) if year else []
    units = labelled((code, request.names.unit(code)) for code in busy)
    form = CapacityForm(question, units, request.GET)
    played = (
        _played(request, form, year)
        if year and busy and form.is_bound and form.is_valid()
        else None
    )
    facts = {
        "asked": question, "form": form, "query": question.query(), "installed": installed(),
        "too_many": installed() and year is None, "nothing": year is not None and not busy, "year": year,
        "played": _told(request, played) if played else None,
    }  # fmt: skip
    status = UNFIT if form.errors else 200
    return render(request, "desk/targets/forecast/capacity.html", facts, status=status)


def _played(request: DeskRequest, form: CapacityForm, year: Year) -> Played | None:
    """The answer; what cannot be asked is told at its field."""
    try:
        return queries.played(year, form.question())
    except Impossible as refused:
        field, words = _refusal(request, refused, year)
        form.add_error(field, words)
        return None


def _refusal(request: DeskRequest, refused: Impossible, year: Year) -> tuple[str, str]:
    match refused.code:
        case "too_few_officers":
            here = max(1, year.officers.get(refused.unit, 0))
            facts = {"unit": request.names.unit(refused.unit), "number": here}
            return "officers", _(
                "%(unit)s has %(number)s officers; at least one has to stay."
            ) % facts
        case "same_unit":
            return "taker", _("Choose another unit than the one they come from.")
        case "unit_not_here":
            return "taker", _("This unit is not in the place that was chosen.")
        case _:
            return "growth", _("Between -100 and 500.")


def _told(request: DeskRequest, played: Played) -> dict[str, Any]:
    whole = _row(request, played.whole)
    rows = [_row(request, one) for one in played.units]
    changed = [row for row in rows if row["changed"]]
    return {
        "whole": whole, "changed": changed, "same": len(rows) - len(changed), "runs": played.runs,
        "close": abs(played.whole.replayed.mean - played.whole.seen) <= 0.03,
    }  # fmt: skip


def _row(request: DeskRequest, one: Outcome) -> dict[str, Any]:
    change = one.asked.mean - one.replayed.mean
    points = _("%(number)s points") % {"number": f"{100 * abs(change):.1f}"}
    sign = "" if abs(change) < _NOTICED else "+" if change > 0 else "−"
    return {
        "unit": request.names.unit(one.unit) if one.unit else _("All units"), "cases": one.cases,
        "seen": said(one.seen, True), "replayed": said(one.replayed.mean, True), "asked": said(one.asked.mean, True),
        "between": _between(one.asked), "change": f"{sign}{points}" if sign else _("as it was"),
        "wait": f"{one.wait:.1f}", "wait_asked": f"{one.wait_asked:.1f}", "officers": one.officers,
        "at_once": one.at_once, "waited": one.waited, "few": one.cases < 20,
        "changed": abs(change) >= _NOTICED or one.officers[0] != one.officers[1],
    }  # fmt: skip


def _between(span: Span) -> str:
    return f"{said(span.low, True)} – {said(span.high, True)}"
