"""What was read, in which order, and what is about the same: made from the ledgers, and made anew when it is lost."""

from typing import ClassVar

from django.db import models


class Reading(models.Model):
    """One contact as linking read it. `number` counts up from 0 without gaps: it is the position in the index.

    `seq` is the entry that recorded the contact; its words stand there. `place`: the county in which the matter was
    registered, "" for one of a whole city. `cluster` is the number of the first reading
    of those that are about one thing; empty for what belongs to no cluster and never will: a report (检举控告) stays
    out of everything that many see. No foreign key: what is read is of no weight. No field for who wrote it.
    """

    number = models.IntegerField(primary_key=True)
    matter = models.BigIntegerField()
    seq = models.IntegerField()
    received_at = models.DateTimeField()
    place = models.CharField(max_length=12, blank=True)
    cluster = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="read_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cluster", "number"], name="reading_by_cluster"),
            models.Index(fields=["received_at"], name="reading_by_receipt"),
        ]


class Order(models.Model):
    """Which numbering this is: an index in files that was made under another one is of no use."""

    mark = models.CharField(max_length=32)


class Alike(models.Model):
    """Two readings that may be about the same, the later held against the earlier; `linked`: more likely than not."""

    later = models.IntegerField()
    earlier = models.IntegerField()
    probability = models.FloatField()
    linked = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["later", "earlier"], name="alike_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["earlier"], name="alike_by_earlier")]
