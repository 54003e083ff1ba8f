"""Who approves which amount: a place says so in a file of its own; a broken file approves nothing."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from tests.relief.office import LARGE, SMALL, Office, now, today
from tests.relief.test_request import refused
from tests.rules.test_relief import GOOD
from xinqiao.config.home import master_key
from xinqiao.directory import actions as directory
from xinqiao.relief import actions, limits
from xinqiao.relief.models import Request


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    """Where the place's own limits go, in a home of this test alone: others read theirs meanwhile."""
    master_key(settings.XINQIAO_HOME)
    shutil.copytree(settings.XINQIAO_HOME / "keys", tmp_path / "keys")
    settings.XINQIAO_HOME = tmp_path
    return tmp_path / limits.FILE


def test_a_place_sets_its_own_limits_and_changes_them(office: Office, file: Path) -> None:
    file.write_text(GOOD, "utf-8")
    first = Request.objects.get(pk=office.asks(SMALL))
    assert first.approvals == ["office", "government_head"]
    file.write_text(GOOD.replace("up_to_fen = 100", f"up_to_fen = {LARGE}"), "utf-8")
    os.utime(file, ns=(1, 1))
    second = Request.objects.get(pk=office.asks(SMALL, need="housing"))
    assert second.approvals == ["office_head"]
    first.refresh_from_db()
    assert first.approvals == ["office", "government_head"], "what was asked before stays as it was"


def test_a_file_that_cannot_be_read_approves_nothing(office: Office, file: Path) -> None:
    file.write_text("approvals = everybody", "utf-8")
    assert refused(office.asks, SMALL) == "relief_limits_unusable"
    file.write_bytes(b"\xff\xfe\x00")
    os.utime(file, ns=(2, 2))
    assert refused(office.asks, SMALL) == "relief_limits_unusable"
    assert not Request.objects.exists()
    lina = office.desk.log_in("lina")
    answer = lina.get(reverse("desk:relief_ask", args=[office.number]), HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 409
    assert "relief.toml" in answer.content.decode()


def test_what_was_asked_before_can_be_read_while_the_file_is_broken(
    office: Office, file: Path
) -> None:
    request = office.asks(SMALL)
    file.write_text("?", "utf-8")
    answer = office.desk.log_in("lina").get(reverse("desk:relief_request", args=[request]))
    assert answer.status_code == 200


def test_who_stands_in_for_the_head_does_not_approve_what_they_asked_for(office: Office) -> None:
    """Three people are three people: a lent post makes no further one."""
    own = office.asks(SMALL, by="wangmin")
    others = office.asks(SMALL, by="lina", need="housing")
    account = office.desk.city.account
    directory.name_substitute(
        away=account("zhaogang"), stands_in=account("wangmin"), first_day=today(),
        last_day=today() + timedelta(days=3), by=account("zhaogang"), now=now(),
    )  # fmt: skip
    wang_min = office.desk.city.person("wangmin", today())
    assert wang_min.away == {account("zhaogang")}

    assert refused(actions.approve, own, by=wang_min, now=now()) == "relief_same_person"
    actions.approve(others, by=wang_min, now=now())
    row = Request.objects.get(pk=others)
    assert set(row.hands) >= {account("wangmin"), account("zhaogang"), account("lina")}
    assert refused(
        actions.pay, others, paid_on=today(), files=["a" * 64], by=wang_min, now=now()
    ) == "relief_approver_pays"  # fmt: skip
