"""How officials meet a group visit on the spot. No row names, counts, finds or places a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.rules.group_visits import Cause, Reason, Stage

#: A comparison with nothing is neither true nor false, and would pass: so it is asked for what is there.
_AGREED = Q(help_offered=True, help_offered__isnull=False) & Q(
    help_consented=True, help_consented__isnull=False
)
_OVER = Q(stage__in=[Stage.TO_REVIEW.value, Stage.REVIEWED.value])


class GroupVisit(models.Model):
    """What a unit's first-in-charge owes after a visit, and what was done of it.

    `contact` is the visit, by row id of `intake`; `unit` whose first-in-charge was called. Demands stand with the
    ledger of the matter, commitments with `duties`. `next_due` is the nearest of the dates that still run.
    """

    contact = models.BigIntegerField(unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=60)
    reason = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Reason])
    stage = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Stage])
    called_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    go_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    help_offered = models.BooleanField(null=True)
    help_consented = models.BooleanField(null=True)
    help_given = models.BooleanField(null=True)
    over_at = models.DateTimeField(null=True)
    review_by = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    needless_if = models.CharField(
        max_length=24, blank=True, choices=[(one.value, one.value) for one in Cause]
    )
    needless_if_also = models.CharField(
        max_length=24, blank=True, choices=[(one.value, one.value) for one in Cause]
    )
    next_due = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(help_given__isnull=True) | Q(help_given=False) | _AGREED,
                name="help_given_with_consent",
            ),
            models.CheckConstraint(
                condition=(Q(over_at__isnull=False) & _OVER) | (Q(over_at__isnull=True) & ~_OVER),
                name="group_visit_over_when_settled",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "next_due"], name="group_visit_of_unit"),
            models.Index(
                fields=["called_at", "id"],
                condition=~Q(stage=Stage.REVIEWED.value),
                name="group_visit_open",
            ),
            models.Index(fields=["called_at", "id"], name="group_visit_in_line"),
        ]
