"""Hot spots (热点): clusters about which several people write, the warnings given of them, and what was done.

About matters and places. Who writes is counted and never kept: no column here names, points to or marks a person, and
`account` is always a member of staff. Titles are read from the matters when a page is made, within the reader's scope.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Spot(models.Model):
    """A cluster of two people and two matters or more, over all its contacts: what those see for whom all exist.

    Its identity is its first contact (`matter`, `seq`), which stays when readings are made anew; `cluster` is that
    contact's present number. `into`: the spot that it became part of at night. `sure`: how sure its links are, 0 to 1.
    `tier` is the gravest that was reached, on the day `tier_on`.
    """

    matter = models.BigIntegerField()
    seq = models.IntegerField()
    cluster = models.IntegerField()
    stands = models.BooleanField(default=True)
    into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    contacts = models.IntegerField()
    matters = models.IntegerField()
    people = models.IntegerField()
    best = models.IntegerField()
    heat = models.FloatField()
    sure = models.FloatField()
    first_on = models.DateField()
    last_on = models.DateField()
    tier = models.CharField(max_length=8, blank=True)
    tier_on = models.DateField(null=True)
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="spot_once"),
            models.CheckConstraint(condition=Q(people__gte=0, contacts__gte=0), name="spot_counts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stands", "-heat", "id"], name="spot_by_heat"),
            models.Index(fields=["cluster"], name="spot_by_cluster"),
        ]


class Warned(models.Model):
    """A warning as it was given: once for a spot and a tier, and kept. The rule: so many people within so many days."""

    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="warned")
    tier = models.CharField(max_length=8)
    users = models.IntegerField()
    days = models.IntegerField()
    people = models.IntegerField()
    reached_on = models.DateField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["spot", "tier"], name="warned_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["given_at", "tier"], name="warned_by_time")]


class SpotJudgement(models.Model):
    """What somebody of the staff found who looked at a spot: true, false, known. It stays as it was written."""

    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="judgements")
    outcome = models.CharField(max_length=8)
    words = models.TextField()
    account = models.BigIntegerField()
    unit = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=["true", "false", "known"]), name="judgement_known"
            ),
        ]


class SpotHandOver(models.Model):
    """A spot that was handed over as a dispute: to which unit, to be settled by which day."""

    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="hand_overs")
    dispute = models.OneToOneField("disputes.Dispute", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=60)
    settle_by = models.DateField()
    account = models.BigIntegerField()
    unit = models.CharField(max_length=60)
    at = models.DateTimeField()


class SpotProgress(models.Model):
    """Up to which reading clusters were looked at, under which numbering (`Order`), and the day on which all were."""

    numbering = models.CharField(max_length=32, blank=True)
    number = models.IntegerField(default=-1)
    all_on = models.DateField(null=True)


class Rise(models.Model):
    """Matters of a category in a place and a stretch of days, more than expected.

    `by`: compared with its own past (`count`) or with other places at the same time (`scan`). `p` by itself, `q` with
    all that were compared allowed for.
    """

    by = models.CharField(max_length=8)
    category = models.CharField(max_length=120)
    regions = models.JSONField()
    first_on = models.DateField()
    last_on = models.DateField()
    observed = models.IntegerField()
    expected = models.FloatField()
    p = models.FloatField()
    q = models.FloatField()
    history_days = models.IntegerField()
    stands = models.BooleanField(default=True)
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(by__in=["count", "scan"]), name="rise_by_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["stands", "q", "id"], name="rise_standing")]
