"""The charts of hot spots: how many contacts came, in days, weeks or months as the time between wants it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xinqiao.ui.charts import Chart, ChartKind, Series

#: At most so many days are shown one by one, at most so many by weeks.
_DAYS, _WEEKS = 45, 400
#: The first page looks so many weeks back.
WEEKS_BACK = 26


class Step(NamedTuple):
    """A stretch of time in a chart."""

    first: date
    label: str


def of_list(days: Iterable[date], today: date) -> Chart:
    """The contacts of the spots of a list in the last half year, week by week."""
    first = _monday(today - timedelta(weeks=WEEKS_BACK - 1))
    counted = Counter(_monday(day) for day in days if day >= first)
    weeks = [first + timedelta(weeks=n) for n in range(WEEKS_BACK)]
    values = [counted[week] for week in weeks]
    return Chart(
        title=_("Contacts about these hot spots, by week"), kind=ChartKind.BARS, first=_("Week from"),
        labels=[_short(week) for week in weeks], series=[Series(name=_("Contacts"), values=values)],
        says=_("In the last %(weeks)d weeks %(all)d contacts, %(last)d of them in the last four weeks.")
        % {"weeks": WEEKS_BACK, "all": sum(values), "last": sum(values[-4:])},
    )  # fmt: skip


def of_spot(days: list[date], today: date) -> Chart:
    """The contacts of one spot from its first day until today."""
    first, last = min(days), max(*days, today)
    step, title = _step(last - first)
    places = list(_steps(first, last, step))
    counted = Counter(_start(day, step) for day in days)
    values = [counted[one.first] for one in places]
    return Chart(
        title=title, kind=ChartKind.BARS, first=_("Beginning"), labels=[one.label for one in places],
        series=[Series(name=_("Contacts"), values=values)],
        says=_("%(all)d contacts from %(first)s until %(last)s; at most %(most)d in one step.")
        % {
            "all": len(days), "first": date_format(first, "DATE_FORMAT"),
            "last": date_format(max(days), "DATE_FORMAT"), "most": max(values, default=0),
        },
    )  # fmt: skip


def _step(span: timedelta) -> tuple[str, str]:
    if span.days <= _DAYS:
        return "day", _("Contacts by day")
    if span.days <= _WEEKS:
        return "week", _("Contacts by week")
    return "month", _("Contacts by month")


def _start(day: date, step: str) -> date:
    return {"day": day, "week": _monday(day), "month": day.replace(day=1)}[step]


def _steps(first: date, last: date, step: str) -> Iterator[Step]:
    at, end = _start(first, step), _start(last, step)
    while at <= end:
        yield Step(at, f"{at:%Y-%m}" if step == "month" else _short(at))
        at = _start(at + timedelta(days={"day": 1, "week": 7, "month": 31}[step]), step)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _short(day: date) -> str:
    return f"{day:%m-%d}"
