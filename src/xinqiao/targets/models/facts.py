"""What is counted, with the time in which the ledger said so."""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xinqiao.rules.counting import What

#: The end of what is still known: a moment, so that one comparison tells what was known when.
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Fact(models.Model):
    """A value of `rules.counting.Counted`, as known from `known_from` until before `known_to` (recorded moments).

    A fact that changes is another row: the one before is closed at that moment, and nothing else of it is touched.
    `source` tells facts of no matter's ledger apart: "" the ledger of `matter`, else a table and its row.
    """

    what = models.CharField(max_length=16, choices=[(one.value, one.value) for one in What])
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.CharField(max_length=40, blank=True)
    seq = models.IntegerField()
    unit = models.CharField(max_length=60)
    region = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    day = models.DateField()
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    settled = models.DateField(null=True)
    again = models.DateField(null=True)
    level = models.CharField(max_length=12, blank=True)
    mark = models.CharField(max_length=24, blank=True)
    persons = models.IntegerField(default=1)
    first = models.BooleanField(default=True)
    designated = models.BooleanField(default=True)
    skipped = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(default=FOREVER)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["matter", "what", "seq", "known_to"], name="fact_of_matter"),
            models.Index(fields=["what", "day"], name="fact_by_day"),
            models.Index(fields=["unit", "what", "day"], name="fact_of_unit"),
            models.Index(fields=["region", "what", "day"], name="fact_of_region"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(known_from__lt=F("known_to")), name="fact_known_for_a_while"
            ),
        ]
