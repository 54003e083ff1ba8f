"""When each job of the worker last ran, and how it ended."""

from django.db import models


class JobRun(models.Model):
    """One row a job, overwritten by each run. `fault` is the kind of error, never its text: that may hold data."""

    name = models.CharField(max_length=60, unique=True)
    every_seconds = models.IntegerField()
    ran_at = models.DateTimeField()
    good_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.ran_at:%Y-%m-%d %H:%M:%S}"
