"""Reception halls, their desks and hours, the tickets of a day, and where a visit was received. No name stands here."""

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

    `window` is the desk it is for, if it is for one, and then the desk that called it.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.IntegerField()
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="tickets")
    given_at = models.DateTimeField()
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


class Received(models.Model):
    """Where a visit was received: the room, and the leader who received it, by account."""

    contact = models.BigIntegerField(primary_key=True)
    room = models.CharField(max_length=40, blank=True)
    leader = models.BigIntegerField(null=True)
