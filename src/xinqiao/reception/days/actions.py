"""Planning reception days, cancelling them or naming another leader; booking a time; arriving on the day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries as directory
from xinqiao.matters.numbers import new_number, new_query_code, normal_number
from xinqiao.matters.queries import today
from xinqiao.outbox import actions as outbox
from xinqiao.outbox.values import Channel, Recipient
from xinqiao.people import actions as people
from xinqiao.people.values import PersonInput
from xinqiao.reception import actions as halls
from xinqiao.reception.codes import booking_mac
from xinqiao.reception.days import queries
from xinqiao.reception.days.values import MESSAGE_KIND, DayInput, Slip
from xinqiao.reception.models import Booking, Day, Received, Slot, Window
from xinqiao.reception.queries import hall_value, window_value
from xinqiao.reception.values import TicketValue
from xinqiao.rules.persons import Person, PersonKind, Role
from xinqiao.rules.reception_days import ARTICLE, may_book, may_plan, starts_at, times
from xinqiao.rules.refusals import Refusal, Refused

MOST_HEADS = 5  # a group speaks through at most five (art. 20)
_BY_PETITIONER = "cancelled by who booked"
_BY_JOB = "the reception day is long past"


@transaction.atomic
def plan(value: DayInput, *, by: Person, now: datetime) -> int:
    """Makes a reception day with its times. Returns its id.

    Raises Refused, naming the field: the hall is not theirs, the leader does not head the unit on that day, is
    received elsewhere or the desk is taken then, no time fits, or the day does not lie ahead.
    """
    window = _window(value.window, by)
    _refuse(may_plan(value.day, value.published_on, today(now)))
    _is_head(value.leader, value.unit, value.day)
    starts = times(value.spans, value.minutes)
    if not starts:
        raise Refused(Refusal("no_time_fits", None, {"field": "spans"}))
    row = _made(value, window)
    Slot.objects.bulk_create(Slot(day=row, starts=one) for one in starts)
    _administered(by, window.hall.unit, row.pk, now)
    return row.pk


def _made(value: DayInput, window: Window) -> Day:
    """The row; the database refuses a second leader at a desk, and a leader at a second desk."""
    standing = Day.objects.filter(day=value.day, cancelled_at__isnull=True)
    if standing.filter(leader=value.leader).exists():
        raise Refused(Refusal("leader_receives_then", None, {"field": "leader"}))
    try:
        with transaction.atomic():
            return Day.objects.create(
                window=window, day=value.day, leader=value.leader, unit=value.unit, minutes=value.minutes,
                topics=value.topics, topics_en=value.topics_en, published_on=value.published_on,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("desk_taken_then", None, {"field": "window"})) from error


@transaction.atomic
def cancel(day_id: int, reason: str, *, by: Person, now: datetime) -> int:
    """The day does not take place. Whoever booked gets a message. Returns how many did.

    Raises Refused: `no_such_day`, `reception_cancelled` when it is already, `day_is_past`.
    """
    row = _kept(day_id, by, now)
    if not reason.strip():
        raise Refused(Refusal("field_missing", None, {"field": "reason"}))
    row.cancelled_at, row.cancel_reason = now, reason.strip()[:200]
    row.save(update_fields=["cancelled_at", "cancel_reason"])
    _administered(by, row.window.hall.unit, row.pk, now)
    return _tell(row, "reception_cancelled", now)


@transaction.atomic
def replace(day_id: int, leader: int, unit: str, *, by: Person, now: datetime) -> int:
    """Another leader receives on that day; the bookings stand. Whoever booked gets a message. Returns how many did.

    Raises Refused as `cancel` does, or when the other does not head the unit or receives elsewhere then.
    """
    row = _kept(day_id, by, now)
    if leader == row.leader:
        raise Refused(Refusal("leader_receives_then", None, {"field": "leader"}))
    _is_head(leader, unit, row.day)
    row.replaced, row.leader, row.unit = row.replaced or row.leader, leader, unit
    try:
        with transaction.atomic():
            row.save(update_fields=["replaced", "leader", "unit"])
    except IntegrityError as error:
        raise Refused(Refusal("leader_receives_then", None, {"field": "leader"})) from error
    _administered(by, row.window.hall.unit, row.pk, now)
    return _tell(row, "reception_replaced", now)


@transaction.atomic
def book(
    slot_id: int,
    who: PersonInput,
    *,
    heads: int = 1,
    category: str = "",
    about: str = "",
    now: datetime,
) -> Slip:
    """Books a time for somebody, who proves it with number and code; nothing else of them is asked.

    `about` is the number of an earlier petition, if there is one. A time is given once, however many ask at the same
    moment: the database sees to it. Raises Refused: `time_is_taken`, `no_such_time`, `time_is_past`, a field.
    """
    slot = Slot.objects.filter(pk=slot_id).select_related("day").first()
    if slot is None:
        raise Refused(Refusal("no_such_time"))
    day = slot.day
    _refuse(may_book(
        day.day, slot.starts, published_on=day.published_on, cancelled=day.cancelled_at is not None, now=now
    ))  # fmt: skip
    _refuse(_wrong(who, heads, category))
    number, code = new_number(today(now)), new_query_code()
    try:
        with transaction.atomic():
            row = Booking.objects.create(
                slot=slot, number=number, code_mac=booking_mac(number, code), heads=heads, category=category,
                about=normal_number(about) or "", made_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("time_is_taken")) from error
    row.card = people.remember_apart(who, now=now)
    row.save(update_fields=["card"])
    return Slip(number=number, code=code)


def _wrong(who: PersonInput, heads: int, category: str) -> Refusal | None:
    if not who.phone.strip():
        return Refusal("field_missing", None, {"field": "phone"})
    if not 1 <= heads <= MOST_HEADS:
        return Refusal("field_wrong", "20", {"field": "heads"})
    if category and not directory.category_exists(category):
        return Refusal("field_wrong", None, {"field": "category"})
    return None


@transaction.atomic
def give_back(number: str, code: str, *, now: datetime) -> bool:
    """Whoever booked does not come: the time is free again, and who they are is forgotten at once.

    Returns whether there was a booking to give back; False when it was given back before or the day has begun there.
    Raises Refused `not_found` when number and code do not fit.
    """
    found = queries.booking_by_code(number, code)
    if found is None:
        raise Refused(Refusal("not_found"))
    rows = Booking.objects.filter(
        number=found.number, cancelled_at__isnull=True, ticket__isnull=True
    )
    card = rows.values_list("card", flat=True).first()
    if not rows.update(cancelled_at=now, card=None, category="", about="", forgotten_at=now):
        return False
    if card is not None:
        people.forget([card], by_account=None, reason=_BY_PETITIONER, now=now)
    return True


def arrive(booking_id: int, *, by: Person, now: datetime) -> TicketValue:
    """Who has booked is here: they take a number of the hall and are called by the time that they booked.

    Pressed twice, it gives the number once. Raises Refused: `no_such_day`, `not_that_day`, `try_again`.
    """
    booking = Booking.objects.filter(pk=booking_id, cancelled_at__isnull=True).first()
    if booking is None:
        raise Refused(Refusal("no_such_day"))
    return _number(booking, _of_today(booking.slot.day_id, by, now), now)


@transaction.atomic
def walk_in(day_id: int, *, by: Person, now: datetime) -> TicketValue:
    """Somebody came without booking: they get the next free time of the day with a number of the hall.

    When no time is left they still get a number for this desk, and are called after all who have a time.
    Raises Refused as `arrive` does.
    """
    day = _of_today(day_id, by, now)
    for slot in _still_free(day, now):
        try:
            with transaction.atomic():
                booking = Booking.objects.create(slot=slot, made_at=now)
        except IntegrityError:  # booked on the portal a moment ago
            continue
        return _number(booking, day, now)
    last = Slot.objects.filter(day=day).aggregate(last=Max("starts"))["last"]
    after = starts_at(day.day, last) + timedelta(minutes=day.minutes)
    return halls.give_number(day.window.hall.code, now, day.window_id, turn_at=after)


def _still_free(day: Day, now: datetime) -> Sequence[Slot]:
    taken = Booking.objects.filter(slot__day=day, cancelled_at__isnull=True).values("slot_id")
    free = Slot.objects.filter(day=day).exclude(pk__in=taken).order_by("starts")
    return [one for one in free if starts_at(day.day, one.starts) > now]


@transaction.atomic
def _number(booking: Booking, day: Day, now: datetime) -> TicketValue:
    if booking.ticket is not None:
        return queries.ticket_of(booking.ticket)
    turn = starts_at(day.day, booking.slot.starts)
    given = halls.give_number(day.window.hall.code, now, day.window_id, turn_at=turn)
    mine = Booking.objects.filter(pk=booking.pk, ticket__isnull=True)
    if not mine.update(ticket_id=given.id):  # pressed at two desks at once
        raise Refused(Refusal("try_again"))
    return given


def note_heard(ticket_id: int, contact: int, matter: int) -> None:
    """The visit that was called with this number was received on a reception day, and is about this matter now.

    Leader and room are noted with it. For a number of no reception day nothing is noted.
    """
    day = queries.day_of_ticket(ticket_id)
    if day is None:
        return
    row, _ = Received.objects.get_or_create(contact=contact)
    row.day_id, row.matter = day.id, matter
    row.leader, row.room = row.leader or day.leader, row.room or day.label
    row.save()


def forget_bookings(before: date, *, now: datetime, most: int = 500) -> int:
    """Who booked a day before this one is forgotten for ever, and with it what they came about. Returns how many."""
    rows = Booking.objects.filter(slot__day__day__lt=before, forgotten_at__isnull=True)
    with transaction.atomic():
        going = list(rows.order_by("id").values_list("id", "card")[:most])
        cards = [card for _, card in going if card is not None]
        Booking.objects.filter(pk__in=[one for one, _ in going]).update(
            card=None, category="", about="", forgotten_at=now
        )
        if cards:
            people.forget(cards, by_account=None, reason=_BY_JOB, now=now)
    return len(going)


def _tell(day: Day, template: str, now: datetime) -> int:
    """A message to each who booked and has not been received: number and day, and no word of the matter."""
    waiting = Booking.objects.filter(
        slot__day=day, cancelled_at__isnull=True, card__isnull=False, ticket__isnull=True
    )
    rows = list(waiting.order_by("id").values_list("number", "card"))
    for number, card in rows:
        to = Recipient(channel=Channel.SMS, petitioner=card)
        data = {"number": number, "day": day.day.isoformat()}
        key = f"{MESSAGE_KIND}/{number}/{template}/{now.isoformat()}"
        outbox.queue(key=key, kind=MESSAGE_KIND, to=to, template=template, data=data, now=now)
    return len(rows)


def _window(window_id: int, by: Person) -> Window:
    found = Window.objects.filter(pk=window_id, closed=False, hall__closed=False).first()
    if found is None or not halls.may_keep(by, found.hall.unit):
        raise Refused(Refusal("no_such_hall", None, {"field": "window"}))
    return found


def _is_head(leader: int, unit: str, on: date) -> None:
    heads = directory.staff([unit], on, [Role.HEAD])
    if leader not in {one.account for one in heads}:
        raise Refused(Refusal("not_the_head", None, {"field": "leader"}))


def _kept(day_id: int, by: Person, now: datetime) -> Day:
    """A day that is still to come and theirs to arrange."""
    row = Day.objects.filter(pk=day_id).select_related("window__hall").first()
    if row is None or not halls.may_keep(by, row.window.hall.unit):
        raise Refused(Refusal("no_such_day"))
    if row.cancelled_at is not None:
        raise Refused(Refusal("reception_cancelled", ARTICLE))
    if row.day < today(now):
        raise Refused(Refusal("day_is_past"))
    return row


def _of_today(day_id: int, by: Person, now: datetime) -> Day:
    row = Day.objects.filter(pk=day_id).select_related("window__hall").first()
    if row is None or not may_run(by, row):
        raise Refused(Refusal("no_such_day"))
    if row.day != today(now) or row.cancelled_at is not None:
        raise Refused(Refusal("not_that_day"))
    return row


def may_run(by: Person, row: Day) -> bool:
    """Whether somebody runs the day: who may call numbers to its desk, and staff of the unit that the leader heads."""
    if by.kind is PersonKind.SYSTEM:
        return True
    window = row.window
    return (
        halls.may_call(by, hall_value(window.hall), window_value(window)) or row.unit in by.units()
    )


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def _administered(by: Person, unit: str, row: int, now: datetime) -> None:
    audit.record(
        AuditAction.ADMINISTERED,
        now=now, by_account=by.account, unit=unit, object_kind="reception_day", object_id=row,
    )  # fmt: skip
