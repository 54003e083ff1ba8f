"""Keeping the halls, giving numbers, calling them, ending a turn; and noting where a visit was received."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.matters.queries import today
from xinqiao.reception import queries
from xinqiao.reception.days.queries import ticket_of
from xinqiao.reception.models import Hall, Hours, Received, Ticket, Window
from xinqiao.reception.values import HallValue, Outcome, TicketValue, WindowValue
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.refusals import Refusal, Refused

_TRIES = 5
_KEEPERS = frozenset({Role.HEAD, Role.ADMIN})
_WORKING = frozenset({Role.CLERK, Role.OFFICER, Role.HEAD})


def may_keep(by: Person, unit: str) -> bool:
    """Whether somebody arranges the halls of a unit: its head, or who administers it."""
    return by.kind is PersonKind.SYSTEM or unit in by.units(_KEEPERS)


def may_call(by: Person, hall: HallValue, window: WindowValue) -> bool:
    """Whether somebody calls numbers to a desk: staff of the office that keeps the hall, or of the desk's own unit."""
    return bool({hall.unit, window.unit} & by.units(_WORKING))


@transaction.atomic
def save_hall(value: HallValue, *, by: Person, now: datetime) -> None:
    """Makes a hall, or changes the one of this code. Raises Refused when it is not theirs to keep."""
    row = Hall.objects.filter(code=value.code).first()
    _keeper(by, value.unit if row is None else row.unit)
    _keeper(by, value.unit)
    row = row or Hall(code=value.code)
    for name in HallValue.__dataclass_fields__:
        setattr(row, name, getattr(value, name))
    row.save()
    _administered(by, value.unit, "hall", row.pk, now)


@transaction.atomic
def save_window(hall_code: str, value: WindowValue, *, by: Person, now: datetime) -> int:
    """Makes a desk, or changes the one of this id, with its hours. Returns its id.

    Raises Refused when the hall is not theirs to keep, or the label stands on another desk already.
    """
    hall = Hall.objects.get(code=hall_code)
    _keeper(by, hall.unit)
    others = Window.objects.filter(hall=hall, label=value.label).exclude(pk=value.id)
    if others.exists():
        raise Refused(Refusal("already_there", None, {"field": "label"}))
    row = Window.objects.get(pk=value.id, hall=hall) if value.id else Window(hall=hall)
    for name in ("label", "unit", "topics", "topics_en", "place", "closed"):
        setattr(row, name, getattr(value, name))
    row.save()
    row.hours.all().delete()
    Hours.objects.bulk_create(
        Hours(window=row, weekday=weekday, opens=opens, closes=closes)
        for weekday, spans in value.hours.items()
        for opens, closes in spans
    )
    _administered(by, hall.unit, "window", row.pk, now)
    return row.pk


def give_number(
    hall_code: str, now: datetime, window: int | None = None, *, turn_at: datetime | None = None
) -> TicketValue:
    """The next number of today, for one desk or for any; `turn_at` is the time that was booked, if one was.

    Raises Refused `no_such_hall` for a hall that is closed.
    """
    hall = Hall.objects.filter(code=hall_code, closed=False).first()
    if hall is None:
        raise Refused(Refusal("no_such_hall"))
    for _ in range(_TRIES):  # two at once ask for the same number: the second asks again
        try:
            with transaction.atomic():
                row = _next_ticket(hall, today(now), now, window, turn_at)
        except IntegrityError:
            continue
        return ticket_of(row)
    raise Refused(Refusal("try_again"))


def _next_ticket(
    hall: Hall, day: date, now: datetime, window: int | None, turn_at: datetime | None
) -> Ticket:
    last = Ticket.objects.filter(hall=hall, day=day).aggregate(last=Max("number"))["last"] or 0
    desk = Window.objects.filter(pk=window, hall=hall, closed=False).first() if window else None
    return Ticket.objects.create(
        hall=hall, day=day, number=last + 1, window=desk, given_at=now, turn_at=turn_at
    )


def call_next(window_id: int, *, by: Person, now: datetime) -> TicketValue | None:
    """Calls the number whose turn it is, for this desk or for any; None when nobody waits.

    Where a leader receives today, only those are called who came for that.

    Raises Refused when the desk is not theirs, or when somebody's turn there has not ended.
    """
    hall, desk = _desk(window_id, by)
    if queries.at_window(window_id) is not None:
        raise Refused(Refusal("turn_not_ended"))
    for _ in range(_TRIES):
        mine = queries.waiting_for(hall.code, window_id, today(now))
        first = mine.values_list("id", flat=True).first()
        if first is None:
            return None
        if _called(first, desk.id, now):
            return queries.ticket(first)
    raise Refused(Refusal("try_again"))


def _called(ticket: int, window: int, now: datetime) -> bool:
    """Takes the ticket if nobody else has; two desks never call the same number."""
    free = Ticket.objects.filter(pk=ticket, called_at__isnull=True, ended_at__isnull=True)
    try:
        with transaction.atomic():
            return bool(free.update(window=window, called_at=now, calls=1))
    except IntegrityError as error:  # a second press called another number to this desk
        raise Refused(Refusal("turn_not_ended")) from error


def call_again(window_id: int, *, by: Person, now: datetime) -> TicketValue | None:
    """Calls the number at this desk once more; None when there is none."""
    _desk(window_id, by)
    current = queries.at_window(window_id)
    if current is None:
        return None
    Ticket.objects.filter(pk=current.id).update(called_at=now, calls=current.calls + 1)
    return queries.ticket(current.id)


def end_turn(window_id: int, outcome: Outcome, *, by: Person, now: datetime) -> bool:
    """The turn at this desk ends without a contact: advised, or nobody came. Returns whether there was one."""
    _desk(window_id, by)
    current = queries.at_window(window_id)
    if current is None:
        return False
    row = Ticket.objects.filter(pk=current.id, ended_at__isnull=True)
    return bool(row.update(ended_at=now, outcome=outcome))


def close_with_contact(ticket: int, contact: int, *, by: Person, now: datetime) -> bool:
    """The visit of this number was registered. A number that is not at a desk of theirs, or ended, is left as it is."""
    found = queries.ticket(ticket)
    desk = queries.window(found.window) if found and found.window else None
    if desk is None or not may_call(by, *desk):
        return False
    row = Ticket.objects.filter(pk=ticket, called_at__isnull=False, ended_at__isnull=True)
    return bool(row.update(ended_at=now, outcome=Outcome.REGISTERED, contact=contact))


def note_where(contact: int, *, room: str, leader: int | None) -> None:
    """Notes in which room a visit was received and by which leader; nothing to note, nothing kept."""
    if room or leader is not None:
        Received.objects.update_or_create(
            contact=contact, defaults={"room": room, "leader": leader}
        )


def _desk(window_id: int, by: Person) -> tuple[HallValue, WindowValue]:
    found = queries.window(window_id)
    if found is None or not may_call(by, *found):
        raise Refused(Refusal("no_such_hall"))
    return found


def _keeper(by: Person, unit: str) -> None:
    if not may_keep(by, unit):
        raise Refused(Refusal("no_such_hall"))


def _administered(by: Person, unit: str, kind: str, row: int, now: datetime) -> None:
    audit.record(
        AuditAction.ADMINISTERED,
        now=now, by_account=by.account, unit=unit, object_kind=kind, object_id=row,
    )  # fmt: skip
