"""Remembering how the worker's jobs went."""

from datetime import datetime, timedelta

from xinqiao.health.models import JobRun

#: A job that runs every few seconds and goes well is written down this often only.
SELDOM = timedelta(seconds=30)


def job_ran(name: str, every: timedelta, *, fault: str, now: datetime) -> None:
    """A job ran at `now`; `fault` is the kind of its error, empty when it went well."""
    known = JobRun.objects.filter(name=name).values_list("ran_at", "fault").first()
    if known and not fault and not known[1] and now - known[0] < SELDOM:
        return
    said = {"every_seconds": int(every.total_seconds()), "ran_at": now, "fault": fault[:60]}
    if not fault:
        said["good_at"] = now
    JobRun.objects.update_or_create(name=name, defaults=said)
