"""How far the ledgers are read."""

from django.db import models


class Followed(models.Model):
    """A matter of which everything up to the entry `seq` is counted."""

    matter = models.OneToOneField(
        "matters.Matter", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    seq = models.IntegerField()


class Position(models.Model):
    """One row: up to which row of the ledger everything was read, and up to which moment nothing changes any more."""

    upto = models.BigIntegerField(default=0)
    settled_until = models.DateTimeField(null=True)
