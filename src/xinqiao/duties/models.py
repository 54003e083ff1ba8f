"""A duty as it stands, and its history, which only grows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.rules.duties import State, Verb

_LIVE = Q(state__in=[State.OPEN.value, State.REPORTED.value])
_DONE = Q(state__in=[State.REPORTED.value, State.CONFIRMED.value])


class Duty(models.Model):
    """What somebody promised or was told to do by a day. The row is replaced with each event of its history.

    `unit` owes it, `account` if a member of staff was named; `giver` is the unit that gave it and says whether it is
    done. `region` is where the owing unit lies, for duties on no matter. `reported_on`: done, as its owner says.
    """

    source_kind = models.CharField(max_length=16)
    source_id = models.BigIntegerField()
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.TextField()
    unit = models.CharField(max_length=60)
    account = models.BigIntegerField(null=True)
    region = models.CharField(max_length=12)
    due = models.DateField()
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in State])
    giver = models.CharField(max_length=60)
    given_by = models.BigIntegerField(null=True)
    given_at = models.DateTimeField()
    reported_by = models.BigIntegerField(null=True)
    reported_on = models.DateField(null=True)
    last_seq = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "due", "id"], condition=_LIVE, name="duty_owed"),
            models.Index(fields=["giver", "due", "id"], condition=_LIVE, name="duty_given"),
            models.Index(
                fields=["account", "due", "id"],
                condition=_LIVE & Q(account__isnull=False),
                name="duty_of_account",
            ),
            models.Index(fields=["due", "id"], condition=_LIVE, name="duty_by_day"),
            models.Index(fields=["due", "id"], name="duty_in_line"),
            models.Index(fields=["source_kind", "source_id"], name="duty_of_source"),
            models.Index(
                fields=["matter", "id"], condition=Q(matter__isnull=False), name="duty_of_matter"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(reported_on__isnull=True) ^ _DONE) | Q(state=State.WITHDRAWN.value),
                name="duty_reported_with_day",
            ),
        ]


class Event(models.Model):
    """What was done with a duty. The database refuses to change or delete it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    verb = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Verb])
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "seq"], name="duty_event_once"),
        ]
