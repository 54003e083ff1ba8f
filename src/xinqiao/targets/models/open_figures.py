"""What of the figures is published. A month is published once: the database refuses to change or remove any of it."""

from typing import ClassVar

from django.db import models


class OpenMonth(models.Model):
    """A published month of a region and those directly in it, as of a moment after its end."""

    month = models.DateField(unique=True)
    region = models.CharField(max_length=12)
    as_of = models.DateTimeField()
    published_at = models.DateTimeField()


class OpenCell(models.Model):
    """A cell of one of its tables (`rules.open_figures`); null where it is withheld: it cannot be found here."""

    month = models.ForeignKey(OpenMonth, on_delete=models.PROTECT, related_name="cells")
    table = models.CharField(max_length=24)
    row = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    count = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "table", "row", "column"], name="open_cell_once"
            ),
        ]
