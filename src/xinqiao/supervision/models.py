"""What supervision has read from the ledgers: findings, measures, who held what. All of it can be made anew from them.

A recommendation that concerns no single matter stands here alone, with its words.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Watched(models.Model):
    """How far the ledger of a matter was read; `look_again` is when time alone may show something more."""

    matter = models.OneToOneField(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    seq = models.IntegerField()
    look_again = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["look_again"],
                condition=Q(look_again__isnull=False),
                name="watched_look_again",
            )
        ]


class Held(models.Model):
    """A unit's time with a matter, for one kind of work, in minutes since 1970; without an end it holds it still."""

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.IntegerField()
    unit = models.CharField(max_length=60)
    holding = models.CharField(max_length=12)
    start = models.BigIntegerField()
    end = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="held_once"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=models.F("start")), name="held_some_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "end", "start"], name="held_by_unit")]


class Finding(models.Model):
    """What a rule found on a matter. `basis` are the numbers of the entries that it rests on, `unit` has to act.

    It closes by itself, with the reason, when what it rests on is done; the same thing found again opens it again.
    """

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rule = models.CharField(max_length=24)
    basis = models.CharField(max_length=80)
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12, blank=True)
    since = models.DateField()
    found_at = models.DateTimeField()
    open = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=12, blank=True)
    urged = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "rule", "basis"], name="found_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["open", "since", "id"], name="finding_in_line"),
            models.Index(fields=["open", "rule", "since", "id"], name="finding_by_rule"),
            models.Index(fields=["unit", "open", "since", "id"], name="finding_by_unit"),
        ]


class Measure(models.Model):
    """What was asked of a unit: an urging, a talk, a notice, a correction, a listing, a recommendation.

    With a matter it repeats the ledger's entry `seq`, where its words stand. Without one it is a recommendation on a
    unit or a policy, and its words stand here.
    """

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    seq = models.IntegerField(null=True)
    what = models.CharField(max_length=16)
    unit = models.CharField(max_length=60)
    by_unit = models.CharField(max_length=60)
    decided_by = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=12, blank=True)
    made_on = models.DateField()
    due = models.DateField(null=True)
    open = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    answer_seq = models.IntegerField(null=True)
    adoption = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    facts_found = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="measure_once"),
            models.CheckConstraint(
                condition=Q(matter__isnull=False, seq__isnull=False)
                | Q(matter__isnull=True, seq__isnull=True),
                name="measure_on_an_entry",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "open", "due", "id"], name="measure_by_unit"),
            models.Index(fields=["by_unit", "open", "due", "id"], name="measure_by_asker"),
            models.Index(fields=["open", "due", "id"], name="measure_in_line"),
            models.Index(fields=["what", "made_on", "id"], name="measure_by_day"),
        ]
