"""The figures of months, kept for the pages."""

from typing import ClassVar

from django.db import models


class MonthlyFigure(models.Model):
    """An indicator of a place in a month, as of the moment at which the figures were last made.

    `place` is the code of a unit or a region with all below it (`scale`: "unit" or "region"). `counts` of `of`;
    `of` is null where the indicator is a number and no rate. `persons` beside a number of visits.
    """

    scale = models.CharField(max_length=6)
    place = models.CharField(max_length=60)
    month = models.DateField()
    indicator = models.CharField(max_length=40)
    counts = models.BigIntegerField()
    of = models.BigIntegerField(null=True)
    persons = models.BigIntegerField(default=0)
    as_of = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scale", "place", "indicator", "month"], name="figure_once"
            ),
        ]
