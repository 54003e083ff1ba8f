"""Forecasts to the end of a year, kept for the pages."""

from typing import ClassVar

from django.db import models


class Forecast(models.Model):
    """An indicator of a place in a year, as expected when it was last made; its months to come are rows of their own.

    `first` is the first month to come, `seen` (of `seen_of` in a rate) what the year had before it. `error` is that of
    `tried`, the best method that is no naive one; where it is larger than `error_naive`, `method` is the naive one.
    """

    scale = models.CharField(max_length=6)
    place = models.CharField(max_length=60)
    indicator = models.CharField(max_length=40)
    year = models.IntegerField()
    first = models.DateField()
    seen = models.FloatField()
    seen_of = models.FloatField(null=True)
    mean = models.FloatField()
    lo80 = models.FloatField()
    hi80 = models.FloatField()
    lo95 = models.FloatField()
    hi95 = models.FloatField()
    method = models.CharField(max_length=8)
    tried = models.CharField(max_length=8, blank=True)
    error = models.FloatField(null=True)
    error_naive = models.FloatField(null=True)
    tested = models.IntegerField()
    cover80 = models.FloatField(null=True)
    cover95 = models.FloatField(null=True)
    innovation = models.FloatField()
    carried = models.FloatField()
    freedom = models.IntegerField()
    known = models.FloatField(null=True)
    dispersion = models.FloatField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scale", "place", "indicator", "year"], name="forecast_once"
            ),
        ]


class ForecastMonth(models.Model):
    """A month to come of a forecast; `of` is how many a rate will be about."""

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    mean = models.FloatField()
    lo80 = models.FloatField()
    hi80 = models.FloatField()
    lo95 = models.FloatField()
    hi95 = models.FloatField()
    of = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "month"], name="forecast_month_once"),
        ]
