"""What the pages of supervision have in common: their own navigation, pages by key, exports, durations in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.exports import note_export, sheet_response
from xinqiao.supervision import queries as supervision
from xinqiao.ui import by_key
from xinqiao.ui.typed import whole_number

PAGE = 50
FIRST_YEAR = 2005
Key = tuple[str, int]
Row = TypeVar("Row")
_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One page of supervision in its navigation, or one part of a list."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    most: bool = False


def tabs(request: DeskRequest) -> list[Tab]:
    """The pages of supervision; what only those who supervise see is left out for others."""
    pages = [
        ("supervision", _("What was found")),
        ("supervision_answers", _("Answers due")),
        ("supervision_recommendations", _("Recommendations")),
        ("supervision_listed", _("Listed cases")),
        ("supervision_units", _("Who held what")),
    ]
    if supervision.watches(request.person, request.now):
        pages.append(("answers_alike", _("Answers alike")))
        pages.append(("supervision_report", _("Yearly report")))
    here = request.path
    found = [(reverse(f"desk:{name}"), label) for name, label in pages]
    best = max((url for url, _label in found if here.startswith(url)), key=len, default="")
    return [Tab(label=label, url=url, current=url == best) for url, label in found]


def shown(
    request: DeskRequest, name: str, facts: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of supervision in its frame."""
    template = f"desk/supervision/{name}.html"
    return render(request, template, {"tabs": tabs(request), **facts}, status=status)


def after(request: DeskRequest) -> Key | None:
    """The key of the last row of the page before, as the address holds it: a day and a number."""
    day, _sep, number = request.GET.get("after", "").partition("_")
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    known = whole_number(number, 17)
    return None if known is None else (day, known)


def neighbours(
    request: DeskRequest, rows: Sequence[Row], key: Callable[[Row], tuple[object, int]]
) -> dict[str, str]:
    """The addresses of the pages before and after, as the pager of a list takes them."""
    beyond = None
    if len(rows) > PAGE:
        day, number = key(rows[PAGE - 1])
        beyond = f"{day}_{number}"
    previous, following = by_key.neighbours(request.GET, "after", beyond)
    return {"previous": previous, "following": following}


def export_address(request: DeskRequest) -> str:
    """The same list as a file."""
    query = by_key.without_place(request.GET, "after")
    query["as"] = "xlsx"
    return f"?{query.urlencode()}"


def is_export(request: DeskRequest) -> bool:
    return request.GET.get("as") == "xlsx"


def export(
    request: DeskRequest, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """The list as an Excel file; that it was taken away is written down."""
    note_export(request, request.path)
    return sheet_response(name, headings, rows)


def year_of(request: DeskRequest) -> int:
    """The year asked for, else this one."""
    typed, now = request.GET.get("year", ""), request.now.year
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else now
    return year if FIRST_YEAR <= year <= now else now


def years(request: DeskRequest) -> list[int]:
    """The years to choose from, this one first."""
    return list(range(request.now.year, request.now.year - 6, -1))


def lasted(minutes: int) -> str:
    """Minutes in words: 3 d 4 h 5 min; what is nothing is left out."""
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    return _said(days, hours, left, minutes)


def about(minutes: int) -> str:
    """The same for a narrow column: of days and more the minutes are left to the tables behind."""
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    return _said(days, hours, 0 if days else left, minutes)


def _said(days: int, hours: int, left: int, minutes: int) -> str:
    parts = [
        _("%(n)s d") % {"n": days} if days else "",
        _("%(n)s h") % {"n": hours} if hours else "",
        _("%(n)s min") % {"n": left} if left or not minutes else "",
    ]
    return " ".join(part for part in parts if part)
