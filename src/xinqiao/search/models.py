"""What the index was made from. All of it can be made anew from the ledgers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Filing(models.Model):
    """A matter as it is filed: plain texts, each on a line of its own (`text.finding`), and marks (`matters.found`).

    What finds it stands beside it: on SQLite the full-text table `search_pairs`, which can only forget what it is told
    again; on PostgreSQL the column `keys`. `stale`: a text was erased since, and until it is filed anew it is not
    found. No foreign key: what is filed is of no weight.
    """

    matter = models.BigIntegerField(primary_key=True)
    last_seq = models.IntegerField()
    stale = models.BooleanField(default=False)
    marks = models.TextField()
    words = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["matter"], condition=Q(stale=True), name="filing_stale")
        ]


class SavedSearch(models.Model):
    """What somebody looks for again and again: the part of its address behind the question mark.

    `seen`: the rows of the matters that it found for them when they looked last, so that what is new can be told;
    `whole`: those were all. It says nothing of a matter, and nobody else reads it.
    """

    account = models.BigIntegerField()
    # A hundred characters, each of four bytes that are written as `%F0`, and all filters.
    address = models.CharField(max_length=2000)
    seen = models.JSONField(default=list)
    whole = models.BooleanField(default=True)
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "address"], name="search_saved_once"),
        ]


class Progress(models.Model):
    """`whole`: everything was filed once, from the first entry on; since then the follower goes on."""

    whole = models.BooleanField(default=False)
