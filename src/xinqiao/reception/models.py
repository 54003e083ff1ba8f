"""Halls, desks, hours, tickets; days on which leaders receive; where a visit was received. No name stands here."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xinqiao.reception.values import Outcome


class Hall(models.Model):
    """A reception hall. `unit` is the petition office that keeps it; `code` stands in the address of its screen."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200)
    address_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    closed = models.BooleanField(default=False)


class Window(models.Model):
    """A desk in a hall where one unit receives, on these topics. `label` is what stands above it: 3, 接谈室一."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    label = models.CharField(max_length=20)
    unit = models.CharField(max_length=60)
    topics = models.CharField(max_length=200, blank=True)
    topics_en = models.CharField(max_length=300, blank=True)
    place = models.IntegerField(default=0)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hall", "label"], name="window_labelled_once"),
        ]


class Hours(models.Model):
    """From when to when a desk is open on a weekday, 1 for Monday; a noon break makes two rows."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="hours")
    weekday = models.SmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["window", "weekday", "opens"], name="opens_once"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="weekday_is_one"),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="closes_after_it_opens"
            ),
        ]


class Ticket(models.Model):
    """A number of one day in one hall. It says nothing of whoever holds it; the contact that came of it is named.

    `window` is the desk it is for, if it is for one, and then the desk that called it. `turn_at` is the time that was
    booked, where one was: who has booked is called by that, everybody else by when they came.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.IntegerField()
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="tickets")
    given_at = models.DateTimeField()
    turn_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o, o) for o in Outcome])
    contact = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hall", "day", "number"], name="ticket_once"),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(called_at__isnull=False, ended_at__isnull=True),
                name="one_at_a_window",
            ),
        ]


class Day(models.Model):
    """A day on which a leader receives (接待日), at one desk of a hall. `leader` is an account, `unit` what it heads.

    `replaced` is the account that was announced first; `published_on` the day from which everybody may read it.
    """

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    leader = models.BigIntegerField()
    unit = models.CharField(max_length=60)
    replaced = models.BigIntegerField(null=True)
    topics = models.CharField(max_length=200, blank=True)
    topics_en = models.CharField(max_length=300, blank=True)
    minutes = models.SmallIntegerField()
    published_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["window", "day"],
                condition=Q(cancelled_at__isnull=True),
                name="one_leader_at_a_desk",
            ),
            models.UniqueConstraint(
                fields=["leader", "day"],
                condition=Q(cancelled_at__isnull=True),
                name="a_leader_at_one_desk",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(5, 240)), name="slot_has_a_length"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "id"], name="reception_days_by_day"),
            models.Index(fields=["leader", "day"], name="reception_days_of_leader"),
        ]


class Slot(models.Model):
    """A time on a reception day that one visitor, or one group, can book."""

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="slots")
    starts = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "starts"], name="slot_once"),
        ]


class Booking(models.Model):
    """A time that was given: booked on the portal, or to somebody who came without (`number` empty).

    `card` is a card of `people` that stands for this booking alone: no index finds it, so nobody can see what one
    person booked over time; some weeks after the day it is destroyed. There is no free text.
    """

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    number = models.CharField(max_length=24, blank=True)
    code_mac = models.CharField(max_length=64, blank=True)
    card = models.BigIntegerField(null=True, unique=True)
    heads = models.SmallIntegerField(default=1)
    category = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    ticket = models.OneToOneField(Ticket, null=True, on_delete=models.PROTECT, related_name="+")
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(cancelled_at__isnull=True), name="slot_given_once"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="booking_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(heads__range=(1, 5)), name="booking_for_five_at_most"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(card__isnull=True, category="", about=""),
                name="booking_forgotten_wholly",
            ),
        ]


class Received(models.Model):
    """Where a visit was received: the room, and the leader who received it, by account.

    `day` is the reception day on which that was, if it was one, and `matter` then what the visit was about.
    """

    contact = models.BigIntegerField(primary_key=True)
    room = models.CharField(max_length=40, blank=True)
    leader = models.BigIntegerField(null=True)
    day = models.ForeignKey(Day, null=True, on_delete=models.PROTECT, related_name="received")
    matter = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["matter"], condition=Q(matter__isnull=False), name="received_about_a_matter"
            ),
        ]
