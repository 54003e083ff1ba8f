"""The matter (a snapshot), its append-only ledger, and the texts that the ledger refers to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

#: What a list is narrowed by: these stand in every index that a list walks, so that it reads no row it does not show.
NARROWED_BY = ("state", "kind", "channel", "category", "region")


class Matter(models.Model):
    """A snapshot of the ledger, written in the same transaction as each entry; replaying gives the same row.

    `next_due` is the moment at which the nearest open duty of an official falls due; `rank` the place in every list
    (`snapshot.rank_of`); `city` and `county` the region's first four and six digits, for the lists of a territory;
    `window_ends` the last day on which the petitioner may ask for the next level;
    `clocks` holds how each date was reached, with the calendar in use (`calendar`).
    """

    number = models.CharField(max_length=24, unique=True)
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=24)
    kind = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=4, blank=True)
    county = models.CharField(max_length=6, blank=True)
    channel = models.CharField(max_length=8)
    received_at = models.DateTimeField()
    receiver = models.CharField(max_length=60)
    holder = models.CharField(max_length=60)
    handler = models.CharField(max_length=60, blank=True)
    officer = models.BigIntegerField(null=True)
    urgent = models.BooleanField(default=False)
    contacts = models.IntegerField(default=1)
    law = models.CharField(max_length=8)
    open = models.BooleanField(default=True)
    rank = models.BigIntegerField(default=0)
    next_due = models.DateTimeField(null=True)
    next_clock = models.CharField(max_length=24, blank=True)
    window_ends = models.DateField(null=True)
    clocks = models.JSONField(default=list)
    calendar = models.CharField(max_length=64)
    facts = models.JSONField()
    last_seq = models.IntegerField()
    head_hash = models.CharField(max_length=64)
    head_seal = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["city", "rank", "id", *NARROWED_BY], name="matter_by_city"),
            models.Index(fields=["county", "rank", "id", *NARROWED_BY], name="matter_by_county"),
            models.Index(fields=["rank", "id", *NARROWED_BY], name="matter_in_line"),
            models.Index(fields=["received_at", "id"], name="matter_by_receipt"),
            models.Index(fields=["category", "received_at", "id"], name="matter_by_category"),
            models.Index(
                fields=["officer", "rank", "id"],
                condition=Q(open=True, officer__isnull=False),
                name="matter_by_officer",
            ),
            models.Index(
                fields=["window_ends"],
                condition=Q(open=True, window_ends__isnull=False),
                name="matter_by_window",
            ),
            models.Index(fields=["calendar"], condition=Q(open=True), name="matter_by_calendar"),
        ]


class Entry(models.Model):
    """One step that was taken. The database refuses to change or delete it.

    `at` is when it happened in law, `recorded_at` when it was entered. The payload holds codes, dates, numbers
    and salted hashes of texts; no personal data and no free text.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    seq = models.IntegerField()
    step = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    account = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    payload = models.JSONField()
    article = models.CharField(max_length=8, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="entry_once"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="entry_counts_from_one"),
        ]


class Text(models.Model):
    """A free text of an entry. Retention may erase it (body and salt); the ledger's hash stays and says nothing."""

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="texts", db_index=False
    )
    seq = models.IntegerField()
    field = models.CharField(max_length=24)
    body = models.TextField()
    salt = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq", "field"], name="text_once"),
        ]


class Involvement(models.Model):
    """A unit that received, holds or held, handles, reviews or re-examines the matter: it stays in its scope.

    The row repeats what the unit's lists sort and narrow by. `waits`: the matter is open, the next step this unit's.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="involvements", db_index=False
    )
    unit = models.CharField(max_length=60)
    waits = models.BooleanField(default=False)
    rank = models.BigIntegerField(default=0)
    state = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    category = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "unit"], name="involved_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "rank", "matter", *NARROWED_BY], name="involved_in_line"),
            models.Index(
                fields=["unit", "rank", "matter", *NARROWED_BY],
                condition=Q(waits=True),
                name="involved_waiting",
            ),
            models.Index(
                fields=["unit", "state", "rank", "matter"],
                condition=Q(waits=True),
                name="involved_by_state",
            ),
        ]


class Wall(models.Model):
    """Who must never meet this matter: a reported unit (with all below it), a reported or recused account."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="walls")
    unit = models.CharField(max_length=60, blank=True)
    account = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit="", account__isnull=False)
                | (~Q(unit="") & Q(account__isnull=True)),
                name="wall_names_one",
            ),
            models.UniqueConstraint(fields=["unit", "account", "matter"], name="wall_once"),
        ]


class Seal(models.Model):
    """A keyed digest over all entries up to one: what was sealed cannot vanish, not even whole matters."""

    upto = models.BigIntegerField(unique=True)
    entries = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    mac = models.CharField(max_length=64)


class Placed(models.Model):
    """The place of an entry in the one order of all ledgers: 1, 2, 3 and so on, given once and never changed."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="placed")


class Sequencer(models.Model):
    """How far the sequencer is: one row.

    No entry with a row id up to `floor` can still come. The same will be true of `seen` when every transaction is over
    that was at work when it was written: at `seen_at`, by the clock of the database, with `seen_transaction` the next.
    """

    floor = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    seen_transaction = models.BigIntegerField(default=0)


class Follower(models.Model):
    """Who reads the ledgers in their one order, and the position up to which it has."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
