"""Reading reception days. What is public is public for all; who booked, only those who run the day see, masked.

Nothing here finds a booking by a person: the number and code of one booking open that one.
"""

import hmac
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from xinqiao.matters.numbers import normal_number
from xinqiao.matters.queries import today
from xinqiao.people import queries as people
from xinqiao.reception.codes import booking_mac
from xinqiao.reception.days.values import (
    BookingValue,
    DayValue,
    HeardLine,
    SlotState,
    SlotValue,
    TimeLine,
)
from xinqiao.reception.models import Booking, Day, Received, Slot, Ticket
from xinqiao.reception.values import HallValue, Outcome, TicketValue
from xinqiao.rules.counting_leaders import ReceptionDay
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.reception_days import may_book, starts_at

_STANDING = Q(cancelled_at__isnull=True)
_WORKING = frozenset({Role.CLERK, Role.OFFICER, Role.HEAD})
_KEEPERS = frozenset({Role.HEAD, Role.ADMIN})
PAGE = 50


def next_days(account: int, today: date, most: int = 5) -> list[DayValue]:
    """The days on which this leader receives next, the nearest first; for the leader's own page."""
    rows = Day.objects.filter(_STANDING, leader=account, day__gte=today)
    return _values(rows.order_by("day", "id")[:most])


def coming(now: datetime, page: int = 1, size: int = PAGE) -> list[DayValue]:
    """The published days from today on, the nearest first: one page, and one more if another follows.

    Cancelled ones stay in the list, since people may have read of them. Times of today that are over are not free.
    """
    day = today(now)
    rows = Day.objects.filter(day__gte=day, published_on__lte=day).order_by("day", "id")
    found = _values(rows[(page - 1) * size : page * size + 1])
    return [replace(one, free=_ahead(one, now)) if one.day == day else one for one in found]


def _ahead(day: DayValue, now: datetime) -> int:
    return sum(one.free for one in slots(day, now))


def published(day_id: int, now: datetime) -> DayValue | None:
    """A published day, past or to come; None when there is none for everybody."""
    rows = Day.objects.filter(pk=day_id, published_on__lte=today(now))
    return next(iter(_values(rows)), None)


def between(person: Person, first: date, last: date, now: datetime) -> list[DayValue]:
    """The days of a span that this member of staff may know of: published ones, and those they arrange or run."""
    return _values(_known(person, now).filter(day__gte=first, day__lte=last).order_by("day", "id"))


def first_day() -> date | None:
    """The first day of reception that was ever planned."""
    return Day.objects.order_by("day").values_list("day", flat=True).first()


def over(first: date, last: date) -> list[tuple[ReceptionDay, list[int]]]:
    """The days of a span as they are counted, each with the contacts received. Only for the platform's own work."""
    rows = Day.objects.filter(day__gte=first, day__lte=last).order_by("day", "id")
    days = list(rows.values_list("id", "day", "unit", "window__hall__region", "cancelled_at"))
    ids = [row[0] for row in days]
    heard: defaultdict[int, list[int]] = defaultdict(list)
    for day_id, contact in Received.objects.filter(day_id__in=ids).values_list("day_id", "contact"):
        heard[day_id].append(contact)
    asked = Booking.objects.filter(_STANDING, ~Q(number=""), slot__day_id__in=ids)
    booked = set(asked.values_list("slot__day_id", flat=True))
    return [
        (
            ReceptionDay(
                id=row, day=day, unit=unit, region=region, cancelled=cancelled_at is not None, booked=row in booked,
                received=len(heard[row]),
            ),
            sorted(heard[row]),
        )
        for row, day, unit, region, cancelled_at in days
    ]  # fmt: skip


def one(person: Person, day_id: int, now: datetime) -> DayValue | None:
    """The same of one day; None when it does not exist for them."""
    return next(iter(_values(_known(person, now).filter(pk=day_id))), None)


def _known(person: Person, now: datetime) -> QuerySet[Day]:
    """The days that exist for a member of staff: one place, and every page and export begins with it."""
    if person.kind is PersonKind.SYSTEM:
        return Day.objects.all()
    own = sorted(person.units(_WORKING | _KEEPERS))
    mine = Q(window__hall__unit__in=own) | Q(window__unit__in=own) | Q(unit__in=own)
    return Day.objects.filter(mine | Q(published_on__lte=today(now)))


def runs(person: Person, day: DayValue) -> bool:
    """Whether they see who booked and let them in: staff of the hall's office, of the desk, of the leader's unit."""
    own = person.units(_WORKING)
    if day.hall.unit in own or day.unit in own:
        return True
    return Day.objects.filter(pk=day.id, window__unit__in=sorted(own)).exists()


def _values(rows: QuerySet[Day]) -> list[DayValue]:
    """Three statements, however many days there are."""
    days = list(rows.select_related("window__hall"))
    ids = [one.pk for one in days]
    spans = Slot.objects.filter(day_id__in=ids).values_list("day_id")
    slots = {
        day: _Slots(many, first, last)
        for day, many, first, last in spans.annotate(
            Count("id"), first=Min("starts"), last=Max("starts")
        )
    }
    taken = Booking.objects.filter(_STANDING, slot__day_id__in=ids).values_list("slot__day_id")
    given = dict(taken.annotate(Count("id")))
    return [_value(one, slots.get(one.pk, _Slots()), given.get(one.pk, 0)) for one in days]


class _Slots(NamedTuple):
    """The times of a day: how many, when the first and when the last of them begins."""

    many: int = 0
    first: time | None = None
    last: time | None = None


def _value(row: Day, slots: _Slots, given: int) -> DayValue:
    hall = HallValue(
        **{name: getattr(row.window.hall, name) for name in HallValue.__dataclass_fields__}
    )
    length = timedelta(minutes=row.minutes)
    closes = (starts_at(row.day, slots.last) + length).time() if slots.last else None
    return DayValue(
        id=row.pk, day=row.day, leader=row.leader, unit=row.unit, hall=hall, window=row.window_id,
        label=row.window.label, topics=row.topics or row.window.topics,
        topics_en=row.topics_en or row.window.topics_en, minutes=row.minutes, published_on=row.published_on,
        replaced=row.replaced, cancelled_at=row.cancelled_at, cancel_reason=row.cancel_reason,
        opens=slots.first, closes=closes, slots=slots.many, given=given, free=slots.many - given,
    )  # fmt: skip


def slots(day: DayValue, now: datetime) -> list[SlotValue]:
    """The times of a day as everybody sees them: free to book, or not. Who has them is said to nobody."""
    rows = Slot.objects.filter(day_id=day.id).order_by("starts")
    taken = set(
        Booking.objects.filter(_STANDING, slot__day_id=day.id).values_list("slot_id", flat=True)
    )
    return [
        SlotValue(
            id=row.pk, day=day.day, starts=row.starts, free=row.pk not in taken and _open(day, row, now)
        )
        for row in rows
    ]  # fmt: skip


def slot(slot_id: int, now: datetime) -> tuple[DayValue, SlotValue] | None:
    """A time of a published day, with the day."""
    row = Slot.objects.filter(pk=slot_id).first()
    day = published(row.day_id, now) if row else None
    if row is None or day is None:
        return None
    taken = Booking.objects.filter(_STANDING, slot=row).exists()
    free = not taken and _open(day, row, now)
    return day, SlotValue(id=row.pk, day=day.day, starts=row.starts, free=free)


def _open(day: DayValue, row: Slot, now: datetime) -> bool:
    cancelled = day.cancelled_at is not None
    refusal = may_book(
        day.day, row.starts, published_on=day.published_on, cancelled=cancelled, now=now
    )
    return refusal is None


def booking_by_code(number: str, code: str) -> BookingValue | None:
    """The booking with this number, for who knows its code; the number may be typed loosely."""
    stored = normal_number(number)
    row = Booking.objects.filter(number=stored).select_related("slot", "ticket").first()
    known = row.code_mac if row and stored else "0" * 64  # the comparison takes its time either way
    if not hmac.compare_digest(known, booking_mac(stored or "", code)) or row is None:
        return None
    return _booking(row)


def booking(number: str) -> BookingValue | None:
    """The booking with this number, for a browser that has proved to hold its code."""
    row = (
        Booking.objects.filter(number=number)
        .exclude(number="")
        .select_related("slot", "ticket")
        .first()
    )
    return _booking(row) if row else None


def _booking(row: Booking) -> BookingValue:
    (day,) = _values(Day.objects.filter(pk=row.slot.day_id))
    return BookingValue(
        number=row.number, slot=row.slot_id, starts=row.slot.starts, day=day, heads=row.heads,
        cancelled_at=row.cancelled_at, ticket=row.ticket.number if row.ticket else None,
    )  # fmt: skip


def times_of(day: DayValue, now: datetime) -> list[TimeLine]:
    """The times of a day with who has them, masked; the caller has asked `runs`."""
    rows = Slot.objects.filter(day_id=day.id).order_by("starts")
    standing = Booking.objects.filter(_STANDING, slot__day_id=day.id).select_related("ticket")
    given = {one.slot_id: one for one in standing}
    who = people.masked([one.card for one in given.values() if one.card is not None])
    found = []
    for row in rows:
        booked = given.get(row.pk)
        state = _state(booked, day, row, now)
        if booked is None:
            found.append(TimeLine(slot=row.pk, starts=row.starts, state=state))
            continue
        found.append(TimeLine(
            slot=row.pk, starts=row.starts, state=state, booking=booked.pk, number=booked.number,
            who=who.get(booked.card) if booked.card is not None else None, heads=booked.heads,
            category=booked.category, about=booked.about,
            ticket=booked.ticket.number if booked.ticket else None,
        ))  # fmt: skip
    return found


def _state(booked: Booking | None, day: DayValue, row: Slot, now: datetime) -> SlotState:
    if booked is None:
        return SlotState.FREE if _open(day, row, now) else SlotState.PAST
    ticket = booked.ticket
    if ticket is None:
        return SlotState.BOOKED
    if ticket.ended_at is not None:
        return SlotState.RECEIVED if ticket.outcome == Outcome.REGISTERED.value else SlotState.ENDED
    return SlotState.CALLED if ticket.called_at is not None else SlotState.ARRIVED


def day_of_ticket(ticket_id: int) -> DayValue | None:
    """The reception day on which this number is called, if it is one."""
    ticket = Ticket.objects.filter(pk=ticket_id, window__isnull=False).first()
    if ticket is None or ticket.window_id is None:
        return None
    rows = Day.objects.filter(_STANDING, window_id=ticket.window_id, day=ticket.day)
    return next(iter(_values(rows)), None)


def today_at(window: int, day: date) -> bool:
    """Whether a leader receives at this desk on a day."""
    return Day.objects.filter(_STANDING, window_id=window, day=day).exists()


def heard(day_id: int) -> list[HeardLine]:
    """What was received on a day: contact and matter. Which of these exist for the asker, the scope of matters says."""
    rows = Received.objects.filter(day_id=day_id, matter__isnull=False).order_by("contact")
    return [HeardLine(contact=one.contact, matter=one.matter or 0) for one in rows]


def days_of_matter(matter_id: int) -> list[DayValue]:
    """The reception days on which a matter was heard, the latest first. The caller has asked for it in scope."""
    days = Received.objects.filter(matter=matter_id, day__isnull=False).values("day_id")
    return _values(Day.objects.filter(pk__in=days).order_by("-day", "-id"))


def ticket_of(row: Ticket) -> TicketValue:
    """A ticket as a value."""
    return TicketValue(
        id=row.pk, hall=row.hall.code, day=row.day, number=row.number, window=row.window_id,
        label=row.window.label if row.window else "", given_at=row.given_at, called_at=row.called_at,
        calls=row.calls, ended_at=row.ended_at, outcome=row.outcome,
    )  # fmt: skip
