"""Why a clock reads as it does: reasons, each naming an article or a calendar entry."""

from collections.abc import Iterator
from datetime import date

from xinqiao.law.calendar import DayKind
from xinqiao.law.events import EventType
from xinqiao.law.limits import Unit
from xinqiao.law.periods import Period, days_of
from xinqiao.law.provisions import roll_citation
from xinqiao.law.wording import Reason

VOID_CODES = {
    EventType.OBJECTION_UPHELD: "void_objection",
    EventType.ACCEPTED: "void_accepted",
    EventType.WITHDRAWN: "void_withdrawn",
    EventType.REMANDED: "void_remanded",
}


def why(period: Period) -> tuple[Reason, ...]:
    """The reasons of a clock, in the order of the count: the limit, what changed it, the roll."""
    return (*_limit(period), *_changes(period), *_calendar(period), *_ending(period))


def provisional_years(period: Period) -> list[int]:
    """The years of its dates whose day-off notice is not in the calendar in use."""
    days = [period.start] if period.due_day is None else [period.start, period.due_day]
    return sorted({day.year for day in days if period.calendar.is_provisional(day)})


def _limit(period: Period) -> Iterator[Reason]:
    limit, start = period.limit, period.start
    if period.due is None or period.last is None:
        yield Reason.of("period_started", limit=limit, start=start)
    elif limit.unit is Unit.HOURS:
        yield Reason.of("period_hours", limit=limit, start=period.began.at, due=period.due)
    elif limit.unit is Unit.SET:
        yield Reason.of("period_set", limit=limit, start=start, day=period.last)
    else:
        code = _counting_code(period)
        yield Reason.of(code, limit=limit, start=start, last=period.last, amount=period.amount)
    if limit.local:
        amount = limit.local.national_amount
        yield Reason.of("local", limit=limit, cite=limit.local.cite, law=amount)


def _counting_code(period: Period) -> str:
    if period.began.within:
        return "period_within"
    if period.limit.unit is Unit.WORKING_DAYS:
        return "period_working_days"
    return "period_changed" if period.extension or period.hearings else "period_days"


def _changes(period: Period) -> Iterator[Reason]:
    if extension := period.extension:
        late = extension.event.day > extension.former_due
        yield Reason.of(
            "extended_late" if late else "extended",
            limit=extension.limit,
            day=extension.event.day,
            days=extension.days,
            former=extension.former_due,
        )
    for hearing in period.hearings:
        opened, limit = hearing.opened.day, period.limit
        if hearing.closed:
            closed, days = hearing.closed.day, days_of([hearing])
            yield Reason.of("hearing", limit=limit, opened=opened, closed=closed, days=days)
        else:
            yield Reason.of("paused", limit=limit, opened=opened)


def _calendar(period: Period) -> Iterator[Reason]:
    due, last = period.due_day, period.last
    if due is not None and last is not None and period.limit.unit is not Unit.HOURS:
        yield from _days_off(period, last, due)
        if (entry := period.calendar.entry(due)).kind is DayKind.MAKE_UP:
            yield Reason.of("make_up_day", entry=entry)
        if period.cap == due:
            yield Reason.of("capped", limit=period.limit, due=due)
    for year in provisional_years(period):
        yield Reason.of("provisional", year=year)


def _days_off(period: Period, last: date, due: date) -> Iterator[Reason]:
    calendar = period.calendar
    if period.limit.unit is Unit.WORKING_DAYS:
        if days := tuple(calendar.days_off_after(period.start, due)):
            yield Reason.of("skipped", entries=tuple(calendar.entry(day) for day in days))
    elif calendar.is_day_off(last):
        entry, moved = calendar.entry(last), calendar.roll(last)
        yield Reason.of("rolled", entry=entry, due=moved, cite=roll_citation(last))


def _ending(period: Period) -> Iterator[Reason]:
    if voided := period.voided:
        late = period.due_day is not None and voided.day > period.due_day
        code = VOID_CODES[voided.type] + ("_after_due" if late else "")
        yield Reason.of(code, limit=period.limit, day=voided.day)
    elif period.met and period.met.type is EventType.SETTLED:
        yield Reason.of("settled", limit=period.limit, day=period.met.day)
