"""Targets of a year with their parts, letters, scores, appeals, the closed year, and the history of all of it.

Amounts are whole, as `rules.targets` says: numbers, or rates in basis points. Points are hundredths of a point. A place
is a unit or a region (`scale`, `place`) as everywhere in targets. Nobody who petitions stands in any of these tables.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xinqiao.rules.targets import Aim
from xinqiao.targets.values import Scale

_SCALES = [one.value for one in Scale]
_AIMS = [one.value for one in Aim]


class Target(models.Model):
    """What a petition office aims at for a place in a year. `aimed` is what the year is to end at; null for a rank.

    `last` of `last_of` was the figure of the year before when the target was set.
    """

    office = models.CharField(max_length=60)
    scale = models.CharField(max_length=6)
    place = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    indicator = models.CharField(max_length=40)
    aim = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    aimed = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    last_of = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    parted_by = models.CharField(max_length=12, blank=True)
    set_at = models.DateTimeField()
    set_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "year", "scale", "place", "indicator"], name="target_once"
            ),
            models.CheckConstraint(condition=Q(scale__in=_SCALES), name="target_scale_known"),
            models.CheckConstraint(condition=Q(aim__in=_AIMS), name="target_aim_known"),
            models.CheckConstraint(
                condition=Q(aim="band", aimed=None) | ~Q(aim="band") & Q(aimed__gte=0),
                name="target_says_where",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "scale", "place"], name="target_of_place"),
        ]


class Part(models.Model):
    """What of a target is one place's. The target's own place stands for what is kept there."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="parts")
    scale = models.CharField(max_length=6)
    place = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    proposed = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "scale", "place"], name="target_part_once"),
            models.CheckConstraint(
                condition=Q(scale__in=_SCALES, amount__gte=0), name="target_part_sound"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["scale", "place"], name="target_part_of_place")]


class Letter(models.Model):
    """A responsibility letter (责任书): what a unit is to reach, who answers for it, signed by its head.

    `contents` is frozen when it is issued, with its sha256; a letter that says something else is a further `version`.
    """

    office = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    version = models.SmallIntegerField()
    contents = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "unit", "year", "version"], name="letter_version_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__gte=F("issued_at")),
                name="letter_signed_after_issue",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "year"], name="letter_of_unit")]


class Assessment(models.Model):
    """The points of one indicator of one place in a year; figure and derivation as they were at `as_of`.

    `band` is the size band in which the place is ranked, by its total of the year before.
    """

    office = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    scale = models.CharField(max_length=6)
    place = models.CharField(max_length=60)
    unit = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=40)
    aimed = models.BigIntegerField(null=True)
    counts = models.BigIntegerField()
    of = models.BigIntegerField(null=True)
    band = models.CharField(max_length=8)
    points = models.IntegerField()
    full = models.IntegerField()
    derivation = models.JSONField(default=list)
    as_of = models.DateTimeField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "year", "scale", "place", "indicator"], name="assessed_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("full")), name="points_within"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "scale", "place"], name="assessed_by_place"),
        ]


class ScoreAppeal(models.Model):
    """What a unit says against a score, once; and what it was answered. Its files lie with `evidence`."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="appeal")
    unit = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    due = models.DateField()
    before = models.IntegerField()
    after = models.IntegerField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_for = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, after=None, answer="")
                | Q(answered_at__isnull=False, after__isnull=False) & ~Q(answer=""),
                name="appeal_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("by")),
                name="appeal_answered_by_another",
            ),
        ]


class Population(models.Model):
    """How many people live in a region, as its petition office entered it for a year."""

    region = models.CharField(max_length=12)
    year = models.SmallIntegerField()
    people = models.BigIntegerField()
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year"], name="population_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="somebody_lives_there"),
        ]


class YearClose(models.Model):
    """A closed year of an office: the canonical JSON as it was at `as_of`. The database refuses to change it."""

    office = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    as_of = models.DateTimeField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year"], name="year_closed_once"),
        ]


class PlanEvent(models.Model):
    """The history of the plan of a year: what was done, and what it said then. Append-only.

    `subject` and `key` tell what it is about (`target`, `letter`, `score`, `appeal`, `population`, `close`); `said` is
    the whole of it after the event, so that the plan of any moment can be read from here.
    """

    office = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    verb = models.CharField(max_length=12)
    subject = models.CharField(max_length=12)
    key = models.CharField(max_length=160)
    scale = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    said = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "year", "id"], name="plan_event_of_year"),
            models.Index(fields=["subject", "key", "id"], name="plan_event_of_one"),
        ]
