"""Forecasts at the desk: of a place every indicator; of one indicator its months, what if, and a limit."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.targets.asking import Asked, address_of, asked
from xinqiao.desk.targets.forecast.forms import PlaceForm, WhatIfForm
from xinqiao.desk.targets.forecast.words import chance_said, words_of
from xinqiao.desk.targets.indicator import known
from xinqiao.matters.queries import today
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.rules.what_if import shifts_of
from xinqiao.targets.forecast import installed, queries
from xinqiao.targets.forecast.values import Ahead, ForecastLine, month_after
from xinqiao.targets.values import Period
from xinqiao.ui.charts import Chart, ChartKind, Series, Value
from xinqiao.ui.templatetags.figures import said

#: What is answered to a form that cannot be read.
UNFIT = 422


@require_safe
@for_working_posts
def board(request: DeskRequest) -> HttpResponse:
    """What each indicator of a place is expected to come to by the end of the year."""
    question = asked(request)
    lines = queries.lines(question.place, today(request.now).year)
    facts = {
        "asked": question,
        "form": PlaceForm(question),
        "year": today(request.now).year,
        "installed": installed(),
        "made_at": max((one.made_at for one in lines.values()), default=None),
        "rows": [
            _row(request, question, lines[name]) for name in indicators() if name in lines
        ],
        "query": question.query(),
    }  # fmt: skip
    return render(request, "desk/targets/forecast/board.html", facts)


def _row(request: DeskRequest, question: Asked, line: ForecastLine) -> dict[str, Any]:
    one, ahead = indicators()[line.indicator], line.ahead
    return {
        "label": one.label(request.names.language), "url": address_of("forecast", question, one.id),
        "seen": _seen(ahead), "whole": words_of(ahead.total, ahead), "how": _method(ahead),
    }  # fmt: skip


@require_safe
@for_working_posts
def one(request: DeskRequest, indicator: str) -> HttpResponse:
    """One forecast with its months; by the address also what if, and the crossing of a limit."""
    which, question = known(indicator), asked(request)
    year = today(request.now).year
    line = queries.of(question.place, which.id, year)
    if line is None:
        facts = {
            "asked": question, "label": which.label(request.names.language), "query": question.query(),
            "installed": installed(),
        }  # fmt: skip
        return render(request, "desk/targets/forecast/none.html", facts)
    form = WhatIfForm(
        question, shifts_of(which.id), request.names.language, rate=line.ahead.rate, data=request.GET
    )  # fmt: skip
    valid = form.is_bound and form.is_valid()
    facts = _facts(request, question, which, line) | {
        "form": form if installed() else None,
        "shifted": _shifted(request, line, form) if valid else None,
        "crossing": _crossing(line, form, today(request.now)) if valid else None,
    }
    status = UNFIT if form.is_bound and not valid else 200
    return render(request, "desk/targets/forecast/one.html", facts, status=status)


def _facts(request: DeskRequest, question: Asked, which: Indicator, line: ForecastLine) -> dict[str, Any]:  # fmt: skip
    ahead, label = line.ahead, which.label(request.names.language)
    year = Period(first=date(ahead.first.year, 1, 1), end=date(ahead.first.year + 1, 1, 1))
    seen = queries.seen(line.place, line.indicator, Period(first=year.first, end=ahead.first))
    errors = ahead.errors
    return {
        "asked": question, "indicator": which, "label": label, "query": question.query(), "line": line,
        "year": ahead.first.year, "whole": words_of(ahead.total, ahead), "seen": _seen(ahead), "how": _method(ahead),
        "chart": _chart(request, label, line, seen), "months": _months(request, ahead),
        "error": _size(errors.method, ahead), "naive": _size(errors.naive, ahead), "errors": errors,
        "cover80": said(errors.cover80, True) if errors.cover80 is not None else "",
        "cover95": said(errors.cover95, True) if errors.cover95 is not None else "",
    }  # fmt: skip


def _month(request: DeskRequest, month: date) -> str:
    return (
        f"{month:%Y-%m}"
        if request.names.language.startswith("en")
        else f"{month.year}年{month.month}月"
    )


def _months(request: DeskRequest, ahead: Ahead) -> list[dict[str, str]]:
    return [
        {"month": _month(request, month_after(ahead.first, place))} | words_of(one, ahead)
        for place, one in enumerate(ahead.months)
    ]


def _chart(request: DeskRequest, label: str, line: ForecastLine, seen: list[Value]) -> Chart:
    ahead, gap = line.ahead, 12 - len(line.ahead.months)
    expected: list[Value] = [None] * gap + [one.mean for one in ahead.months]
    told = words_of(ahead.total, ahead)
    words = _(
        "%(indicator)s: for the whole year %(mean)s is expected, most likely between %(lo80)s and %(hi80)s."
    )
    first = date(ahead.first.year, 1, 1)
    return Chart(
        title=_("%(indicator)s to the end of the year") % {"indicator": label}, kind=ChartKind.LINE, first=_("Month"),
        labels=[_month(request, month_after(first, one)) for one in range(12)],
        series=[
            Series(name=_("seen"), values=[*seen, *[None] * (12 - len(seen))]),
            Series(name=_("expected"), values=expected),
        ],
        band80=[*[None] * gap, *((one.lo80, one.hi80) for one in ahead.months)],
        band95=[*[None] * gap, *((one.lo95, one.hi95) for one in ahead.months)],
        percent=ahead.rate, says=words % {"indicator": label, **told},
    )  # fmt: skip


def _shifted(request: DeskRequest, line: ForecastLine, form: WhatIfForm) -> dict[str, Any] | None:
    wanted, play = form.asked(), queries.playing()
    if wanted is None or play is None:
        return None
    shift, amount = wanted
    changed: Ahead = play.what_if(line.ahead, shift, amount)
    shown = said(amount, True) if shift.most <= 1 else f"{amount:g}"
    return {"words": f"{shift.label(request.names.language)} {shown}"} | words_of(
        changed.total, changed
    )


def _crossing(line: ForecastLine, form: WhatIfForm, day: date) -> dict[str, Any] | None:
    """The chance of ending the year above a limit; of a number also the day on which the expected course passes it.

    A day that is gone lies in the month that runs, of which only the end is expected: it is soon.
    """
    limit = form.limit()
    if limit is None:
        return None
    chance = queries.beyond(line, limit)
    if chance is None:
        return None
    told: dict[str, Any] = {"limit": said(limit, line.ahead.rate), "chance": chance_said(chance)}
    if not line.ahead.rate:
        first = date(line.ahead.first.year, 1, 1)
        year = Period(first=first, end=date(first.year + 1, 1, 1))
        found = queries.crossing(line.place, line.indicator, limit, year)
        passed = found.day if found else None
        told |= {
            "day": passed,
            "already": bool(found and found.already),
            "soon": passed is not None and passed <= day,
        }
    return told


def _seen(ahead: Ahead) -> str:
    if not ahead.rate:
        return said(round(ahead.seen))
    return said(ahead.seen / ahead.seen_of, True) if ahead.seen_of else "—"


def _size(error: float | None, ahead: Ahead) -> str:
    if error is None:
        return ""
    points = _("%(number)s points") % {"number": f"{100 * error:.1f}"}
    return points if ahead.rate else f"{error:.1f}"


def _method(ahead: Ahead) -> str:
    """How the forecast was made, in words."""
    if ahead.replaced:
        return _("as in the year before: the other forecast did worse")
    words = {
        "naive": _("as in the year before"),
        "level": _("mean of the last twelve months"),
        "blend": _("mean of four forecasts, with seasons"),
    }
    return words[ahead.method.value]
