"""How the platform is: each thing that can be wrong is found and said with what to do."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.config.home import derived_key, master_key
from xinqiao.config.jobs import SCHEDULE
from xinqiao.health import actions, queries
from xinqiao.health.values import Finding, Topic, Verdict
from xinqiao.health.words import say
from xinqiao.matters import followers
from xinqiao.matters.models import Follower
from xinqiao.matters.verify import seal
from xinqiao.rules import glossary

FOLLOWERS = set(glossary.words()["follower"])
NOW = timezone.now()
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    master_key(settings.XINQIAO_HOME)  # made with the first thing that is kept
    (tmp_path / "keys").mkdir()
    key = tmp_path / "keys" / "master"
    key.write_bytes((settings.XINQIAO_HOME / "keys" / "master").read_bytes())
    key.chmod(0o600)
    settings.XINQIAO_HOME = tmp_path
    yield tmp_path


def found(topic: Topic, now: object = NOW) -> Finding:
    (one,) = [one for one in queries.findings(now) if one.topic is topic]  # type: ignore[arg-type]
    return one


def ran(name: str = "send messages", fault: str = "", ago: timedelta = timedelta(0)) -> None:
    actions.job_ran(name, timedelta(seconds=5), fault=fault, now=NOW - ago)


def test_every_topic_is_looked_at_and_said_in_both_languages() -> None:
    listed = queries.findings(NOW)
    assert [one.topic for one in listed] == list(Topic)
    for one in listed:
        assert say(one, "zh-hans").endswith("。") and say(one, "en")


def test_a_worker_that_never_ran_stands_still_or_runs() -> None:
    assert found(Topic.WORKER).code == "worker_never"
    ran(ago=5 * MINUTE)
    assert found(Topic.WORKER).code == "worker_silent"
    ran()
    assert found(Topic.WORKER).verdict is Verdict.GOOD


def test_a_job_that_failed_is_named_until_it_goes_well() -> None:
    ran(fault="OperationalError", ago=MINUTE)
    assert found(Topic.JOBS).code == "jobs_failed"
    ran(ago=MINUTE / 2)
    assert found(Topic.JOBS).verdict is Verdict.GOOD
    (job,) = queries.jobs()
    assert job.good_at == NOW - MINUTE / 2


def test_a_job_that_goes_well_every_few_seconds_is_written_down_seldom() -> None:
    ran(ago=MINUTE)
    ran(ago=MINUTE - timedelta(seconds=5))
    assert queries.jobs()[0].ran_at == NOW - MINUTE
    ran(fault="ValueError", ago=MINUTE - timedelta(seconds=6))
    assert queries.jobs()[0].fault == "ValueError"


def test_a_key_that_others_can_read_that_is_damaged_that_is_gone(home: Path) -> None:
    key = home / "keys" / "master"
    assert found(Topic.KEY).facts["mode"] == "600"
    key.chmod(0o644)
    assert found(Topic.KEY).code == "key_open"
    key.chmod(0o600)
    key.write_text("nonsense")
    assert found(Topic.KEY).code == "key_damaged"
    key.unlink()
    assert found(Topic.KEY).code == "key_missing"
    assert not key.exists(), "looking makes no key"


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    nearly = SimpleNamespace(free=2**20, total=2**40)
    monkeypatch.setattr(queries.shutil, "disk_usage", lambda _: nearly)
    assert found(Topic.DISK).code == "disk_full"


def test_rule_files_that_cannot_be_used_are_said(home: Path) -> None:
    (home / "calendar").mkdir()
    (home / "calendar" / "2027.toml").write_text("year = ")
    one = found(Topic.RULE_FILES)
    assert one.code == "rule_files_unused" and "TOML" in say(one, "zh-hans")


def test_entries_that_nobody_seals(city: City) -> None:
    Desk(city).receives(1)
    assert found(Topic.SEAL).code == "seal_late"
    seal(NOW)
    assert found(Topic.SEAL).verdict is Verdict.GOOD


def test_who_is_behind_in_reading_the_ledger_is_named(city: City) -> None:
    Desk(city).refers(1)
    assert found(Topic.FOLLOWERS).code == "sequencer_late"
    followers.follow("search", lambda _: None, 1)
    for name in FOLLOWERS - {"supervision", "search"}:
        followers.follow(name, lambda _: None, 50)
    late = found(Topic.FOLLOWERS)
    assert late.code == "followers_late"
    assert re.search(
        r"落后于办理记录：\w+ \d+分钟、\w+ \d+分钟。",
        say(late, "zh-hans"),
    )
    assert re.search(r"behind the ledger: .*supervision \d+ minutes", say(late, "en"))
    followers.follow("search", lambda _: None, 50)
    assert found(Topic.FOLLOWERS).code == "followers_late", "supervision never ran"
    followers.follow("supervision", lambda _: None, 50)
    in_time = found(Topic.FOLLOWERS)
    assert in_time.verdict is Verdict.GOOD


def test_every_follower_of_the_worker_has_a_name(city: City) -> None:
    Desk(city).refers(1)
    for job in SCHEDULE:
        job.run(NOW)
    assert set(Follower.objects.values_list("name", flat=True)) == FOLLOWERS


def test_a_key_that_was_replaced_is_found_by_the_seal(city: City, home: Path) -> None:
    Desk(city).receives(1)
    seal(NOW)
    assert found(Topic.SEAL).verdict is Verdict.GOOD
    (home / "keys" / "master").write_bytes(base64.b64encode(bytes(32)))
    derived_key.cache_clear()
    assert found(Topic.SEAL).code == "seal_of_another_key"
    derived_key.cache_clear()


def test_the_notice_for_next_year_is_missed_in_december() -> None:
    december = NOW.replace(year=2026, month=12, day=15)
    assert found(Topic.NEXT_YEAR, december).code == "next_year_missing"
    assert found(Topic.NEXT_YEAR, december.replace(month=6)).verdict is Verdict.GOOD


def test_every_job_of_the_schedule_has_a_name_in_both_languages() -> None:
    for job in SCHEDULE:
        assert glossary.label("job", job.name, "zh-hans") != glossary.label("job", job.name, "en")
