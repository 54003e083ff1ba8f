"""How the platform is, one finding a topic. Nothing here opens a matter or tells what is in one."""

import platform
import shutil
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from xinqiao.audit.append_only import is_guarded
from xinqiao.config.home import master_key
from xinqiao.health.models import JobRun
from xinqiao.health.values import Finding, Topic, Verdict
from xinqiao.matters import clockwork, followers, verify
from xinqiao.matters import queries as matters
from xinqiao.outbox import queries as outbox
from xinqiao.rules import glossary

#: The worker looks for work every few seconds; after so long without a sign of it, it stands still.
WORKER_SILENT = timedelta(minutes=2)
OUTBOX_LATE = timedelta(minutes=15)
SEAL_LATE = timedelta(hours=1)
FOLLOWERS_LATE = timedelta(minutes=15)
LEAST_FREE_BYTES = 1024**3
_GIGA = 1024**3
#: The notice for the next year comes in autumn; from this month on it is missed.
_NOTICE_EXPECTED = 12

Look = Callable[[datetime], Finding]


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """One job of the worker, as it last ran."""

    name: str
    every: timedelta
    ran_at: datetime
    good_at: datetime | None
    fault: str

    def is_late(self, now: datetime) -> bool:
        return now - self.ran_at > 2 * self.every + WORKER_SILENT


def jobs() -> list[JobLine]:
    """The jobs that ever ran, by name."""
    return [
        JobLine(
            name=row.name, every=timedelta(seconds=row.every_seconds), ran_at=row.ran_at,
            good_at=row.good_at, fault=row.fault,
        )
        for row in JobRun.objects.order_by("name")
    ]  # fmt: skip


def findings(now: datetime) -> list[Finding]:
    """Every topic in its order. Where the database does not answer, what needs it is left out."""
    found = [look(now) for look in (_versions, _disk, _key)]
    reached = _database(now)
    found.insert(1, reached)
    if reached.verdict is not Verdict.BROKEN:
        found += [_migrations(now)]
        if found[-1].verdict is Verdict.GOOD:
            found += [look(now) for look in _NEEDING_TABLES]
    return sorted(found, key=lambda one: list(Topic).index(one.topic))


def _good(topic: Topic, code: str, **facts: str) -> Finding:
    return Finding(topic=topic, verdict=Verdict.GOOD, code=code, facts=facts)


def _attention(topic: Topic, code: str, **facts: str) -> Finding:
    return Finding(topic=topic, verdict=Verdict.ATTENTION, code=code, facts=facts)


def _broken(topic: Topic, code: str, **facts: str) -> Finding:
    return Finding(topic=topic, verdict=Verdict.BROKEN, code=code, facts=facts)


def _versions(now: datetime) -> Finding:
    facts = {"xinqiao": version("xinqiao"), "django": django.get_version()}
    return _good(Topic.VERSIONS, "versions", **facts, python=platform.python_version())


def _database(now: datetime) -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return _broken(Topic.DATABASE, "database_away", why=type(problem).__name__)
    return _good(Topic.DATABASE, "database_there", kind=connection.display_name)


def _migrations(now: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return _broken(Topic.MIGRATIONS, "migrations_waiting", count=f"{len(waiting)}")
    return _good(Topic.MIGRATIONS, "migrations_done")


def _guards(now: datetime) -> Finding:
    open_ones = [table for table in verify.GUARDED if not is_guarded(connection, table)]
    if open_ones:
        return _broken(Topic.GUARDS, "guards_missing", count=f"{len(open_ones)}")
    return _good(Topic.GUARDS, "guards_there")


def _disk(now: datetime) -> Finding:
    home: Path = settings.XINQIAO_HOME
    usage = shutil.disk_usage(home if home.exists() else home.parent)
    facts = {"free": f"{usage.free / _GIGA:.1f}", "total": f"{usage.total / _GIGA:.1f}"}
    if usage.free < LEAST_FREE_BYTES:
        return _broken(Topic.DISK, "disk_full", **facts)
    return _good(Topic.DISK, "disk_free", **facts)


def _key(now: datetime) -> Finding:
    path: Path = settings.XINQIAO_HOME / "keys" / "master"
    if not path.exists():  # looked at before it is read: reading would make one
        return _broken(Topic.KEY, "key_missing")
    try:
        master_key(settings.XINQIAO_HOME)
    except (OSError, ValueError):
        return _broken(Topic.KEY, "key_damaged")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return _attention(Topic.KEY, "key_open", mode=f"{mode:03o}")
    return _good(Topic.KEY, "key_there", mode=f"{mode:03o}")


def _worker(now: datetime) -> Finding:
    latest = JobRun.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    if latest is None:
        return _broken(Topic.WORKER, "worker_never")
    if now - latest > WORKER_SILENT:
        return _broken(Topic.WORKER, "worker_silent", since=latest.isoformat(timespec="minutes"))
    return _good(Topic.WORKER, "worker_runs")


def _jobs(now: datetime) -> Finding:
    failed = [job for job in jobs() if job.fault]
    if failed:
        return _attention(Topic.JOBS, "jobs_failed", count=f"{len(failed)}")
    return _good(Topic.JOBS, "jobs_went_well")


def _outbox(now: datetime) -> Finding:
    lag = outbox.lag(now)
    if lag > OUTBOX_LATE:
        return _attention(Topic.OUTBOX, "outbox_late", minutes=f"{lag // timedelta(minutes=1)}")
    return _good(Topic.OUTBOX, "outbox_in_time")


def _seal(now: datetime) -> Finding:
    if not verify.last_seal_fits():
        return _broken(Topic.SEAL, "seal_of_another_key")
    waiting = matters.unsealed_since()
    if waiting is not None and now - waiting > SEAL_LATE:
        return _attention(Topic.SEAL, "seal_late", since=waiting.isoformat(timespec="minutes"))
    return _good(Topic.SEAL, "seal_made")


def _followers(now: datetime) -> Finding:
    waiting = followers.oldest_without_position()
    if waiting is not None and now - waiting > FOLLOWERS_LATE:
        return _attention(Topic.FOLLOWERS, "sequencer_late", minutes=_minutes(now - waiting))
    lags = followers.lags(list(glossary.words()["follower"]))
    behind = [(now - lag.since, lag.follower) for lag in lags if lag.since is not None]
    late = sorted((one for one in behind if one[0] > FOLLOWERS_LATE), reverse=True)
    if not late:
        return _good(Topic.FOLLOWERS, "followers_in_time")
    said = {language: _said(late, language) for language in ("zh", "en")}
    return _attention(Topic.FOLLOWERS, "followers_late", **said)


def _said(late: Sequence[tuple[timedelta, str]], language: str) -> str:
    """Each follower with how long it is behind, the farthest first.

    Never how many entries: an administrator whom a report names would count it.
    """
    known = glossary.words()["follower"]
    names = {code: glossary.label("follower", code, language) for code in known}
    comma, unit = ("、", "分钟") if language == "zh" else (", ", " minutes")
    return comma.join(f"{names.get(name, name)} {_minutes(lag)}{unit}" for lag, name in late)


def _minutes(lag: timedelta) -> str:
    return f"{lag // timedelta(minutes=1)}"


def _rule_files(now: datetime) -> Finding:
    faults = clockwork.faults()
    if faults:
        said = {"zh": faults[0].say("zh"), "en": faults[0].say("en")}
        return _attention(Topic.RULE_FILES, "rule_files_unused", count=f"{len(faults)}", **said)
    return _good(Topic.RULE_FILES, "rule_files_good")


def _next_year(now: datetime) -> Finding:
    today = matters.today(now)
    known = today.year + 1 in clockwork.calendar().years
    facts = {"year": f"{today.year + 1}"}
    if known:
        return _good(Topic.NEXT_YEAR, "next_year_there", **facts)
    if today.month >= _NOTICE_EXPECTED:
        return _attention(Topic.NEXT_YEAR, "next_year_missing", **facts)
    return _good(Topic.NEXT_YEAR, "next_year_not_yet", **facts)


_NEEDING_TABLES: tuple[Look, ...] = (
    _guards, _worker, _jobs, _outbox, _seal, _followers, _rule_files, _next_year,
)  # fmt: skip
