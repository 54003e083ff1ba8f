"""Reception days at the desk: the calendar of a month, one day with who booked, the notice for the wall, a table."""

from calendar import Calendar, monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.exports import Cell, note_export, sheet_response
from xinqiao.desk.reception.arrange import kept_offices
from xinqiao.desk.templatetags.reception_days import desk_called
from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayValue, SlotState, TimeLine
from xinqiao.reception.values import TicketValue
from xinqiao.rules.refusals import Refused
from xinqiao.ui.jinja import draw

_MONDAY = 0
_Give = Callable[[], TicketValue]


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the calendar: its first day, its weeks as days, the months beside it."""

    first: date
    weeks: Sequence[Sequence[date]]
    before: date
    after: date

    @classmethod
    def of(cls, first: date) -> "Month":
        weeks = Calendar(_MONDAY).monthdatescalendar(first.year, first.month)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        before = (first - timedelta(days=1)).replace(day=1)
        return cls(first=first, weeks=weeks, before=before, after=last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day of the month."""
        return self.after - timedelta(days=1)


@require_safe
@for_staff
def month(request: DeskRequest) -> HttpResponse:
    """Who receives on which day of a month, as far as the person may know of it; all halls, or one, or one leader."""
    shown, hall, leader = (
        _month(request),
        request.GET.get("hall", ""),
        request.GET.get("leader", ""),
    )
    of_month = queries.between(request.person, shown.first, shown.last, request.now)
    found = [
        one for one in of_month if hall in ("", one.hall.code) and leader in ("", str(one.leader))
    ]
    facts = {
        "month": shown,
        "today": matters.today(request.now),
        "weeks": _weeks(shown, found),
        "leaders": leaders_of(of_month),
        "any": bool(found),
        "hall": hall,
        "leader": leader,
        "halls": {one.hall.code: one.hall for one in of_month},
        "kept": urlencode({"hall": hall, "leader": leader}),
        "keeps": bool(kept_offices(request)),
        "own": queries.next_days(request.account, matters.today(request.now)),
    }
    return render(request, "desk/reception/days.html", facts)


@require_safe
@for_staff
def notice(request: DeskRequest) -> HttpResponse:
    """The reception days of a month as they hang on the wall: for print."""
    shown = _month(request)
    found = [
        one
        for one in queries.between(request.person, shown.first, shown.last, request.now)
        if one.cancelled_at is None
    ]
    facts = {
        "month": shown,
        "days": found,
        "leaders": leaders_of(found),
        "offices": _offices(found),
    }
    return render(request, "desk/reception/notice.html", facts)


@require_safe
@for_staff
def export(request: DeskRequest) -> HttpResponseBase:
    """The reception days of the year of this month, as an Excel file. Numbers of bookings, nobody who booked."""
    year = _month(request).first.year
    found = queries.between(request.person, date(year, 1, 1), date(year, 12, 31), request.now)
    note_export(request, "reception_days")
    word = request.names.word
    headings = [
        word("field", "day"), word("field", "leader"), _("Unit"), _("Hall"), word("field", "window"),
        _("On what"), _("Times"), _("Given"), _("State"),
    ]  # fmt: skip
    name = _("Reception days %(year)s") % {"year": year}
    return sheet_response(name, headings, _cells(request, found))


def _cells(request: DeskRequest, days: Sequence[DayValue]) -> Iterator[Sequence[Cell]]:
    names, leaders = request.names, leaders_of(days)
    for one in days:
        state = _("cancelled") if one.cancelled_at else ""
        yield [
            one.day, leaders.get(one.leader, ""), names.unit(one.unit), one.hall.name, one.label, one.topics,
            one.slots, one.given, state,
        ]  # fmt: skip


@require_safe
@for_staff
def day(request: DeskRequest, day: int) -> HttpResponse:
    """One day. Its times, with who booked masked, only for those who run it."""
    found = _day(request, day)
    runs = queries.runs(request.person, found)
    times = queries.times_of(found, request.now) if runs else []
    today = matters.today(request.now)
    facts = {
        "day": found,
        "leaders": leaders_of([found]),
        "keeps": found.hall.unit in kept_offices(request) and found.day >= today,
        "runs": runs,
        "rows": _rows(request, found, times) if times else "",
        "heard": _heard(request, found) if runs else [],
        "is_today": found.day == today and found.cancelled_at is None,
    }
    return render(request, "desk/reception/day.html", facts)


@require_POST
@for_staff
def arrive(request: DeskRequest, day: int, booking: int) -> HttpResponse:
    """Who booked is here: a number of the hall is given out."""
    found = _day(request, day)
    if booking not in {one.booking for one in queries.times_of(found, request.now)}:
        raise Http404
    return _numbered(
        request, found, lambda: actions.arrive(booking, by=request.person, now=request.now)
    )


@require_POST
@for_staff
def walk_in(request: DeskRequest, day: int) -> HttpResponse:
    """Somebody came without booking: a number, and the next free time if there is one."""
    found = _day(request, day)
    return _numbered(
        request, found, lambda: actions.walk_in(found.id, by=request.person, now=request.now)
    )


def _numbered(request: DeskRequest, found: DayValue, give: _Give) -> HttpResponse:
    try:
        ticket = give()
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    else:
        words = _("Number %(number)s was given out for %(desk)s.")
        messages.success(
            request, words % {"number": ticket.number, "desk": desk_called(found.label)}
        )
    return redirect("desk:reception_day", found.id)


def _rows(request: DeskRequest, found: DayValue, times: Sequence[TimeLine]) -> SafeString:
    known = _about(request, times)
    return draw(
        "desk/reception/times.html", request, times=times, day=found, known=known,
        arrives=found.day == matters.today(request.now) and found.cancelled_at is None,
        booked=SlotState.BOOKED, csrf_token=get_token(request),
    )  # fmt: skip


def _about(request: DeskRequest, times: Sequence[TimeLine]) -> Mapping[str, str]:
    """The numbers of matters behind the numbers that were named, where those exist for the person."""
    named = {one.about: intake.matter_number(one.about) for one in times if one.about}
    seen = matters.scope(request.person, request.now).filter(number__in=list(named.values()))
    numbers = {line.number for line in matters.lines(seen)}
    return {about: number for about, number in named.items() if number in numbers}


def _heard(request: DeskRequest, found: DayValue) -> list[matters.Line]:
    """The matters that were brought on this day, as far as they exist for the person."""
    ids = {one.matter for one in queries.heard(found.id)}
    return matters.lines(
        matters.scope(request.person, request.now).filter(id__in=ids).order_by("id")
    )


def leaders_of(days: Sequence[DayValue]) -> Mapping[int, str]:
    """The names of those who receive on these days, and of those who were announced first."""
    accounts = {one.leader for one in days} | {one.replaced for one in days if one.replaced}
    return directory.account_names(accounts) if accounts else {}


def _offices(days: Sequence[DayValue]) -> Sequence[str]:
    return sorted({one.hall.unit for one in days})


def _weeks(shown: Month, days: Sequence[DayValue]) -> list[list[tuple[date, list[DayValue]]]]:
    by_day: dict[date, list[DayValue]] = {}
    for one in days:
        by_day.setdefault(one.day, []).append(one)
    return [[(day, by_day.get(day, [])) for day in week] for week in shown.weeks]


def _month(request: DeskRequest) -> Month:
    """The month that was asked for; what is none is this one."""
    typed = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{typed}-01")
    except ValueError:
        first = matters.today(request.now).replace(day=1)
    return Month.of(min(max(first, date(2005, 5, 1)), date(2099, 1, 1)))


def _day(request: DeskRequest, day: int) -> DayValue:
    """Raises Http404 when there is no such day for them."""
    found = queries.one(request.person, day, request.now)
    if found is None:
        raise Http404
    return found
