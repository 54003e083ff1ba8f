"""What persons said of two matters, one or not, and the scorers that were learned from it.

Made from the ledgers, and made anew from them. About matters: no field says who petitions, and reports are in none.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Judged(models.Model):
    """The last word of a person on two matters, `one` the smaller row id: they are about the same, or they are not.

    `same` is empty where a word was taken back, which is a word, too: of two ledgers the later one counts. It stands in
    entry `seq` of `matter`, which is one of the two; `account` and `unit` are a member of staff and a place of work.
    """

    one = models.BigIntegerField()
    other = models.BigIntegerField()
    same = models.BooleanField(null=True)
    matter = models.BigIntegerField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    account = models.BigIntegerField()
    unit = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="judged_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="judged_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["other"], name="judged_by_other"),
            models.Index(fields=["matter", "seq"], name="judged_by_entry"),
            models.Index(fields=["at"], name="judged_by_time"),
        ]


class ScorerVersion(models.Model):
    """A scorer of pairs that was learned from what persons said, and how it did on the latest of it.

    `same`, `apart`: pairs of contacts that it learned from. Of `tested_same` pairs `found` were linked, of
    `tested_apart` pairs `wrong` were; `other_...` the same of what served before (`other`: its number, 0 for the one
    that comes with the program). `upto`: the last word that was known. `sum`: what its file must hold (SHA-256).
    """

    number = models.IntegerField(primary_key=True)
    made_at = models.DateTimeField()
    upto = models.DateTimeField()
    words = models.IntegerField()
    same = models.IntegerField()
    apart = models.IntegerField()
    tested_same = models.IntegerField()
    tested_apart = models.IntegerField()
    found = models.IntegerField()
    wrong = models.IntegerField()
    other = models.IntegerField()
    other_found = models.IntegerField()
    other_wrong = models.IntegerField()
    sum = models.CharField(max_length=64)
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["in_use"], condition=Q(in_use=True), name="one_scorer_in_use"
            ),
        ]
