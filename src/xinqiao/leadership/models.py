"""Lead assignments and field visits (their words stand in the ledger), conferences with their items, responsibility."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.rules.leadership import ConferenceState, ItemState, Responsible


class Lead(models.Model):
    """A leader in charge of a matter, from `unit`. `seq` is the entry of the ledger that says so, with the measures.

    `progress_at` is when the last progress was reported. `ended_on` and `outcome` are given when it is over.
    """

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.IntegerField()
    leader = models.BigIntegerField()
    unit = models.CharField(max_length=60)
    settle_by = models.DateField()
    assigned_at = models.DateTimeField()
    progress_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="lead_once"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_on__isnull=True), name="one_lead_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="")
                | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="lead_ends_with_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["leader", "settle_by", "id"],
                condition=Q(ended_on__isnull=True),
                name="lead_of_leader",
            ),
            models.Index(fields=["settle_by", "id"], name="lead_in_line"),
        ]


class FieldVisit(models.Model):
    """A leader went to see; where and what was found stand in entry `seq` of the matter, promises among the duties."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="visits")
    seq = models.IntegerField()
    visited_at = models.DateTimeField()
    leader = models.BigIntegerField()
    with_units = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-visited_at", "-id"], name="visit_in_line")]


class Conference(models.Model):
    """A meeting of the joint conference. `unit` prepares it and writes down what it decides."""

    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    chair = models.BigIntegerField()
    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in ConferenceState]
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-meets_at", "-id"], name="conference_in_line")]


class Item(models.Model):
    """One item of an agenda: a matter (its decision stands in the ledger) or a subject of its own.

    `criteria` are those by which it came up; `by_unit` proposed it, `reason` says why. `seq` is the entry of the
    matter that holds the decision; `decision` holds it where there is no matter.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="items")
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=200, blank=True)
    criteria = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    by_unit = models.CharField(max_length=60)
    by_account = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ItemState])
    outcome = models.CharField(max_length=16, blank=True)
    decision = models.TextField(blank=True)
    seq = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "matter"], name="matter_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(matter__isnull=False, subject="", decision="")
                | (Q(matter__isnull=True) & ~Q(subject="")),
                name="item_about_one_thing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["matter", "id"], condition=Q(matter__isnull=False), name="item_of_matter"
            )
        ]


class Attendance(models.Model):
    """A unit called to a meeting, and whether it came and by whom; `came` is empty until that is noted."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="attendance")
    unit = models.CharField(max_length=60)
    came = models.BooleanField(null=True)
    account = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "unit"], name="called_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "conference"], name="called_to")]


class ConferenceEvent(models.Model):
    """What was done with a meeting and its items. The database refuses to change or delete it."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="events")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60)
    words = models.TextField(blank=True)


class Responsibility(models.Model):
    """Who answers for petition work in a unit in a year, as what, and for which field (double duty)."""

    unit = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Responsible])
    account = models.BigIntegerField()
    field = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "kind", "account"], name="responsible_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(kind=Responsible.FIRST.value),
                name="one_first_in_charge",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Responsible.MEMBER.value) | ~Q(field=""),
                name="double_duty_has_a_field",
            ),
        ]
