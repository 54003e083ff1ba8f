"""Categories: what persons confirmed, the models learned from it, and what one more answer would teach most.

No field says who petitions or who confirmed; reports (检举控告) are in none of these tables.
"""

from typing import ClassVar

from django.db import models


class Confirmed(models.Model):
    """A category that a person gave a matter by `register` or `reclassify`: made from the ledgers by a follower.

    `position` is the entry's in the order of all ledgers. `category` is empty where it was registered without one.
    `suggested`: what the machine had put first then, with hundredths of confidence and version (0: words alone);
    empty where it said nothing. `among`: whether the category was among all that was suggested.
    """

    position = models.BigIntegerField(primary_key=True)
    matter = models.BigIntegerField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    category = models.CharField(max_length=120)
    suggested = models.CharField(max_length=120)
    sure = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=0)
    among = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["matter", "position"], name="confirmed_by_matter")
        ]


class ModelVersion(models.Model):
    """A model that was trained, and how it did on the latest confirmations, which nobody had learned from.

    Counts out of `tested`: `first` was right, `three` had the right one, `top` was right at the highest level;
    `other_...` the same of what was in use before (`other`: its number, 0 for words alone). `upto` is the position of
    the last confirmation it learned from; `unseen`: hundredths of matters that may be of a class that it never saw.
    `reliability`: of the first suggestions for what was tested, by stretches of confidence in hundredths (from, below):
    how many, their sum, how many were right. Empty for versions made before this was kept.
    """

    number = models.IntegerField(primary_key=True)
    made_at = models.DateTimeField()
    learned_from = models.IntegerField()
    labels = models.IntegerField()
    unseen = models.SmallIntegerField()
    upto = models.BigIntegerField()
    tested = models.IntegerField()
    first = models.IntegerField()
    three = models.IntegerField()
    top = models.IntegerField()
    other = models.IntegerField()
    other_first = models.IntegerField()
    other_three = models.IntegerField()
    other_top = models.IntegerField()
    in_use = models.BooleanField(default=False)
    reliability = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["in_use"], condition=models.Q(in_use=True), name="one_model_in_use"
            ),
        ]


class Telling(models.Model):
    """A matter whose category would teach most if a person looked at it. Made anew by the worker.

    `category` is what it has (may be empty), `said` what the model says, `sure` its hundredths. `place`: the most
    telling first.
    """

    matter = models.BigIntegerField(primary_key=True)
    seq = models.IntegerField()
    why = models.CharField(max_length=20)  # a code of the glossary, group `telling`
    category = models.CharField(max_length=120)
    said = models.CharField(max_length=120)
    sure = models.SmallIntegerField()
    place = models.IntegerField()


class Settled(models.Model):
    """Somebody looked at a matter of that list and left its category as it is, up to this entry: not asked again."""

    matter = models.BigIntegerField(primary_key=True)
    seq = models.IntegerField()
