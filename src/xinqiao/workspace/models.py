"""Saved lists of the desk, and the list that was looked at last; nothing here says anything about a matter."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """A list somebody named: the part of its address behind the question mark. One at most opens first."""

    account = models.BigIntegerField()
    name = models.CharField(max_length=40)
    address = models.CharField(max_length=1000)
    place = models.IntegerField()
    opens_first = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "name"], name="view_named_once"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(opens_first=True), name="one_view_opens_first"
            ),
        ]


class LastList(models.Model):
    """Where each account left off, so that filters stay from one visit to the next."""

    account = models.BigIntegerField(primary_key=True)
    address = models.CharField(max_length=1000)
