"""Screening rounds, disputes found, their mediation. About matters and places: no name and no person stands here.

`account` is always a member of staff. Parties are roles. What happened stands in `History`, which only grows.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Round(models.Model):
    """A screening round that a unit called: between which days, where, in which fields (none: in all)."""

    title = models.CharField(max_length=80)
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    categories = models.JSONField(default=list)
    first_day = models.DateField()
    last_day = models.DateField()
    called_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="round_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-last_day", "-id"], name="round_by_day"),
            models.Index(fields=["region"], name="round_by_region"),
        ]


class Part(models.Model):
    """A unit's part of the area of a round. `looked` says where its people looked; `nothing`, that none was found."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="parts")
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12)
    reported_at = models.DateTimeField(null=True)
    nothing = models.BooleanField(null=True)
    looked = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "unit", "region"], name="part_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "round"], name="part_by_unit")]


class Dispute(models.Model):
    """A dispute found. `rank` is its place in every list (`values.rank_of`), `due` the last day of what is owed now.

    `told_level` is the level that the criteria gave, `criteria` those that were met; `level` is the one in force.
    """

    part = models.ForeignKey(Part, null=True, on_delete=models.PROTECT, related_name="disputes")
    region = models.CharField(max_length=12)
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    category = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    households = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    level = models.CharField(max_length=12)
    told_level = models.CharField(max_length=12)
    criteria = models.JSONField(default=list)
    remedy = models.TextField(blank=True)
    finder = models.CharField(max_length=60)
    holder = models.CharField(max_length=60)
    owner = models.CharField(max_length=60, blank=True)
    referrer = models.CharField(max_length=60, blank=True)
    binding = models.BooleanField(default=False)
    found_on = models.DateField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=16)
    open = models.BooleanField(default=True)
    rank = models.IntegerField(default=0)
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_seq = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(households__gte=0, people__gte=0), name="dispute_size_counts"
            ),
            models.CheckConstraint(
                condition=~Q(state="became_matter") | Q(matter__isnull=False),
                name="dispute_names_its_matter",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["rank", "id"], name="dispute_in_order"),
            models.Index(fields=["county", "rank"], name="dispute_by_county"),
            models.Index(fields=["holder", "open", "rank"], name="dispute_by_holder"),
        ]


class Involved(models.Model):
    """Which units have or had part in a dispute: for them it stays in sight."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="involved")
    unit = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "dispute"], name="dispute_involves_once"),
        ]


class Mediation(models.Model):
    """The mediation of a dispute or of a matter, run by `unit`. Sides are roles; `side_unit` is a place of work.

    `mediator` is a member of staff; an outside mediator is named by office: its kind and what it is called.
    """

    dispute = models.ForeignKey(
        Dispute, null=True, on_delete=models.PROTECT, related_name="mediations"
    )
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=60)
    kind = models.CharField(max_length=16)
    side_a = models.CharField(max_length=20)
    side_b = models.CharField(max_length=20)
    side_unit = models.CharField(max_length=60, blank=True)
    asked_by = models.CharField(max_length=8)
    about = models.TextField()
    requested_on = models.DateField()
    side_a_agreed_on = models.DateField(null=True)
    side_b_agreed_on = models.DateField(null=True)
    mediator = models.BigIntegerField(null=True)
    outside_office = models.CharField(max_length=24, blank=True)
    office_name = models.CharField(max_length=120, blank=True)
    without_interest_at = models.DateTimeField(null=True)
    execute_by = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=12)
    running = models.BooleanField(default=True)
    last_seq = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dispute__isnull=True) ^ Q(matter__isnull=True),
                name="mediation_is_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["begun", "settled", "executed"])
                | Q(
                    side_a_agreed_on__isnull=False,
                    side_b_agreed_on__isnull=False,
                    without_interest_at__isnull=False,
                ),
                name="mediation_by_will_of_both",
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(running=True), name="one_mediation_a_dispute"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(running=True), name="one_mediation_a_matter"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["running", "-id"], name="mediation_newest")]


class Session(models.Model):
    """One session of a mediation: when, where, what was said and offered."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    record = models.TextField()


class Settlement(models.Model):
    """The settlement paper: its terms and the facts as they were on that day. It is never changed."""

    mediation = models.OneToOneField(Mediation, on_delete=models.PROTECT, related_name="settlement")
    number = models.CharField(max_length=24, unique=True)
    signed_on = models.DateField()
    execute_by = models.DateField()
    terms = models.TextField()
    facts = models.JSONField(default=dict)


class History(models.Model):
    """What happened to a round, a dispute or a mediation: `account` of which unit took which step, with what.

    `payload` holds codes, numbers and days, `words` what was written, by field.
    """

    about = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    seq = models.IntegerField()
    step = models.CharField(max_length=24)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=8, blank=True)
    payload = models.JSONField(default=dict)
    words = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "object_id", "seq"], name="happened_once"),
        ]
