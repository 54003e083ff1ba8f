"""Answers that went out, and by which numbers those that nearly repeat them are found: made from the ledgers."""

from typing import ClassVar

from django.db import models


class Answer(models.Model):
    """An answer that entry `seq` of a matter gave, for a unit; its words stand in entry `words_in` of the ledger.

    `group`: the row of the first answer that it nearly repeats, its own where there is none; empty where it is too
    short to be a copy of anything. No field for who wrote it.
    """

    matter = models.BigIntegerField()
    seq = models.IntegerField()
    words_in = models.IntegerField()
    unit = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    group = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "seq"], name="answer_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "given_at"], name="answer_by_group"),
            models.Index(fields=["given_at"], name="answer_by_day"),
        ]


class Band(models.Model):
    """A number (`text.answers.bands`) of the first answer of a group."""

    band = models.BigIntegerField()
    group = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["band", "group"], name="band_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["group"], name="band_by_group")]
