"""Reading the reception halls. Nothing here is about a person: halls, desks, hours, numbers."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from xinqiao.matters.clockwork import calendar
from xinqiao.matters.queries import today
from xinqiao.reception.days.queries import next_days, ticket_of, today_at
from xinqiao.reception.models import Hall, Hours, Received, Ticket, Window
from xinqiao.reception.values import (
    HallValue,
    OpenDesk,
    Screen,
    Span,
    TicketValue,
    WhereReceived,
    WindowValue,
)
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.units import within

__all__ = ["next_days"]  # of the reception days, for the leader's own page
_ON_SCREEN = 8
_MONDAY = 1


def halls(*, closed: bool = False) -> list[HallValue]:
    """The halls, in the order in which they were made; closed ones only when asked for."""
    rows = Hall.objects.order_by("id")
    return [hall_value(row) for row in (rows if closed else rows.filter(closed=False))]


def hall(code: str) -> HallValue | None:
    """The hall of this code, closed or not."""
    row = Hall.objects.filter(code=code).first()
    return hall_value(row) if row else None


def windows(hall_code: str, *, closed: bool = False) -> list[WindowValue]:
    """The desks of a hall with their hours, in their order."""
    rows = Window.objects.filter(hall__code=hall_code).order_by("place", "id")
    rows = rows if closed else rows.filter(closed=False)
    return [window_value(row) for row in rows.prefetch_related("hours")]


def window(window_id: int) -> tuple[HallValue, WindowValue] | None:
    """A desk with its hall."""
    row = Window.objects.filter(pk=window_id).select_related("hall").first()
    return (hall_value(row.hall), window_value(row)) if row else None


def open_today(region: str, now: datetime) -> list[OpenDesk]:
    """The desks that receive today in the halls of a region and what lies in it ("" for everywhere), by hall and place.

    Days off by the calendar are closed. A make-up working day has the hours of its weekday, or else those of Monday.
    """
    found = []
    for place in halls():
        if region and not within(place.region, region):
            continue
        for desk in windows(place.code):
            spans = open_spans(desk, today(now))
            if spans:
                at = now.astimezone(SHANGHAI).time()
                found.append(
                    OpenDesk(hall=place, window=desk, spans=spans, open_now=_within(at, spans))
                )
    return found


def open_spans(desk: WindowValue, day: date) -> list[Span]:
    """From when to when a desk is open on a day."""
    if calendar().is_day_off(day):
        return []
    weekday = day.isoweekday()
    spans = desk.hours.get(weekday, ())
    if not spans and weekday > 5:  # Saturday or Sunday, worked in place of another day
        spans = desk.hours.get(_MONDAY, ())
    return list(spans)


def _within(at: time, spans: Iterable[Span]) -> bool:
    return any(opens <= at < closes for opens, closes in spans)


def waiting(hall_code: str, day: date) -> QuerySet[Ticket]:
    """The tickets of a day that nobody has called yet: by the time that was booked, else first come first."""
    rows = Ticket.objects.filter(hall__code=hall_code, day=day, called_at__isnull=True)
    return rows.filter(ended_at__isnull=True).order_by(Coalesce("turn_at", "given_at"), "number")


def waiting_for(hall_code: str, window_id: int, day: date) -> QuerySet[Ticket]:
    """Those of them that this desk may call: its own, and those for any desk unless a leader receives here today."""
    mine = Q(window_id=window_id)
    if not today_at(window_id, day):
        mine |= Q(window__isnull=True)
    return waiting(hall_code, day).filter(mine)


def screen(hall_code: str, now: datetime) -> Screen:
    """What hangs in the hall: the numbers called last, the latest first."""
    day = today(now)
    called = Ticket.objects.filter(
        hall__code=hall_code, day=day, called_at__isnull=False, ended_at__isnull=True
    )
    rows = called.select_related("hall", "window").order_by("-called_at", "-id")[:_ON_SCREEN]
    return Screen(called=[ticket_of(row) for row in rows], waiting=waiting(hall_code, day).count())


def ticket(ticket_id: int) -> TicketValue | None:
    row = Ticket.objects.filter(pk=ticket_id).select_related("hall", "window").first()
    return ticket_of(row) if row else None


def at_window(window_id: int) -> TicketValue | None:
    """The ticket whose turn it is at a desk."""
    rows = Ticket.objects.filter(
        window_id=window_id, called_at__isnull=False, ended_at__isnull=True
    )
    row = rows.select_related("hall", "window").first()
    return ticket_of(row) if row else None


def where_received(contacts: Collection[int]) -> dict[int, WhereReceived]:
    """Room and leader of visits, by contact; contacts without are left out. The caller has asked for them in scope."""
    rows = Received.objects.filter(contact__in=list(contacts))
    return {row.contact: WhereReceived(room=row.room, leader=row.leader) for row in rows}


def hall_value(row: Hall) -> HallValue:
    names = HallValue.__dataclass_fields__
    return HallValue(**{name: getattr(row, name) for name in names})


def window_value(row: Window) -> WindowValue:
    hours: dict[int, list[Span]] = {}
    listed: Iterable[Hours] = row.hours.all()
    for one in sorted(listed, key=lambda one: (one.weekday, one.opens)):
        hours.setdefault(one.weekday, []).append((one.opens, one.closes))
    return WindowValue(
        id=row.pk, label=row.label, unit=row.unit, topics=row.topics, topics_en=row.topics_en,
        place=row.place, closed=row.closed, hours=hours,
    )  # fmt: skip
