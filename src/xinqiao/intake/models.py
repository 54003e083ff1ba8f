"""What arrived: one row for each letter, visit, call, fax or online submission."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

CHANNELS = ("letter", "visit", "call", "fax", "online")
LEVELS = ("township", "county", "city", "province", "nation")


class Contact(models.Model):
    """One contact on one matter. Its words stand with the ledger entry `seq` of the matter that recorded it.

    `level` and `designated_place` are properties of a visit, never of a person. `source` and `source_id` name where
    an imported contact comes from; `request_key` is the sender's own key of an online submission.
    """

    number = models.CharField(max_length=24, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField()
    channel = models.CharField(max_length=8, choices=[(code, code) for code in CHANNELS])
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    repeat = models.BooleanField(null=True)
    head_count = models.IntegerField(default=1)
    level = models.CharField(max_length=12, blank=True, choices=[(code, code) for code in LEVELS])
    designated_place = models.BooleanField(null=True)
    postmark_on = models.DateField(null=True)
    query_mac = models.CharField(max_length=64)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    request_key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="contact_once"),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="imported_once"
            ),
            models.CheckConstraint(condition=Q(head_count__gte=1), name="somebody_came"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["received_at", "channel"], name="contact_by_receipt")
        ]
