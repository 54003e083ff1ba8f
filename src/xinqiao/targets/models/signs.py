"""Signs of integrity that were found, what they rest on, and what was said to them. No column names or scores a person
who petitions: a sign is a unit's."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.targets.integrity.values import Outcome, Strength


class Sign(models.Model):
    """A sign of `rules/integrity.toml` (with the part in which it shows) of a unit, from `first` until before `end`.

    `facts` are what its words and its picture need. The job that finds it keeps it as it is found now: `stands` is
    false when it no longer is. `region` is the unit's, for the offices above it.
    """

    sign = models.CharField(max_length=24)
    part = models.CharField(max_length=16)
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12, blank=True)
    first = models.DateField()
    end = models.DateField()
    strength = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Strength])
    p = models.FloatField()
    q = models.FloatField()
    facts = models.JSONField()
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    stands = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sign", "part", "unit", "first"], name="sign_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("end")), name="sign_of_some_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stands", "region", "-end"], name="sign_by_region"),
            models.Index(fields=["unit", "-end"], name="sign_by_unit"),
        ]


class SignCase(models.Model):
    """An entry of a matter's ledger that a sign rests on."""

    sign = models.ForeignKey(Sign, on_delete=models.CASCADE, related_name="cases", db_index=False)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sign", "matter", "seq"], name="sign_case_once"),
        ]


class SignAnswer(models.Model):
    """What somebody who looked at a sign says of it. The database refuses to change or delete it."""

    sign = models.ForeignKey(Sign, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    words = models.TextField()
    account = models.BigIntegerField()
    unit = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="sign_answered_in_words"),
        ]


class RatingOrigin(models.Model):
    """From which network a rating (entry `seq`) came: a keyed mark of its prefix, another one each year; no address."""

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.IntegerField()
    network = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="rating_origin_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="rating_origin_by_day")]
