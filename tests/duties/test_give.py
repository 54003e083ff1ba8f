"""A duty is given by a day, to a unit; on a matter it is a step of the ledger, and the unit sees the matter."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.duties.given import gives
from xinqiao.audit.append_only import is_guarded
from xinqiao.duties import queries
from xinqiao.duties.models import Duty, Event
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.duties import State
from xinqiao.rules.refusals import Refused


def code_of(desk: Desk, by: str = "zhaogang", **more: object) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        gives(desk, by, **more)
    return refused.value.refusal.code


def test_a_duty_is_owed_from_the_day_it_was_given(desk: Desk) -> None:
    duty = gives(desk)
    now = timezone.now()
    line = queries.find(desk.city.person("chenbo", now), duty, now)
    assert line is not None
    assert (line.state, line.giver, line.number) == (State.OPEN, "city-petition", "")
    assert line.clock(timezone.localdate()).state == "running"
    assert line.clock(timezone.localdate() + timedelta(days=8)).state == "overdue"
    assert [one.words for one in queries.history(duty)] == ["三十日内修好电梯"]


def test_on_a_matter_it_is_a_step_and_the_owing_unit_sees_the_matter(desk: Desk) -> None:
    receipt, now = desk.accepts(), timezone.now()
    labour = desk.city.person("sunli", now)
    assert not matters.exists_for(labour, receipt.matter, now)
    duty = gives(desk, matter=receipt.matter, unit="city-labour")
    sheet = matters.sheet(labour, receipt.matter, now)
    assert sheet is not None
    entry = sheet.entries[-1]
    assert (entry.step, entry.payload["duty"], entry.payload["duty_unit"]) == (
        "give_duty",
        duty,
        "city-labour",
    )
    assert entry.texts["duty_words"] == "三十日内修好电梯"
    assert "三十日内" not in str(entry.payload)
    assert [one.id for one in queries.of_matter(labour, receipt.matter, now)] == [duty]
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_what_is_wrong_is_told_and_nothing_is_kept(desk: Desk) -> None:
    receipt = desk.accepts()
    assert code_of(desk, due=timezone.localdate() - timedelta(days=1)) == "due_in_past"
    assert code_of(desk, words="  ") == "field_missing"
    assert code_of(desk, unit="no-such-unit") == "unit_not_allowed"
    assert code_of(desk, account=desk.city.account("sunli")) == "not_of_that_unit"
    assert code_of(desk, by="malin") == "duty_not_yours"
    assert code_of(desk, by="xujing", matter=receipt.matter) == "not_found"
    assert not Duty.objects.exists()


def test_a_report_stays_with_those_who_handle_it(desk: Desk) -> None:
    receipt = desk.reports(reported_units=["city-labour"])
    assert code_of(desk, matter=receipt.matter, unit="city-labour") == "unit_not_allowed"
    assert code_of(desk, matter=receipt.matter, unit="city-housing") == "report_stays"
    duty, now = gives(desk, matter=receipt.matter, unit="city-discipline"), timezone.now()
    assert queries.find(desk.city.person("xujing", now), duty, now) is not None
    for other in ("sunli", "zhoujun", "wutao", "malin", "chenbo"):
        person = desk.city.person(other, now)
        assert queries.find(person, duty, now) is None, other
        assert duty not in queries.visible(person, now).values_list("id", flat=True)


def test_who_withdrew_gets_no_duty_on_it(desk: Desk) -> None:
    receipt = desk.accepts()
    desk.takes(
        receipt.matter, "recuse", by="zhaogang", account=desk.city.account("lina"), reason="亲属"
    )
    assert code_of(desk, matter=receipt.matter, account=desk.city.account("lina")) == "shut_out"


def test_duties_on_no_matter_are_seen_by_both_sides_and_the_place(desk: Desk) -> None:
    duty, now = gives(desk, unit="county-housing"), timezone.now()
    seeing = {
        name for name in desk.city.accounts
        if queries.find(desk.city.person(name, now), duty, now) is not None
    }  # fmt: skip
    assert seeing == {
        "wangmin", "zhaogang", "qianyu", "heping", "dingxia", "yanfei", "wutao", "shenhao",
    }  # fmt: skip


def test_the_history_only_grows(desk: Desk) -> None:
    duty = gives(desk)
    assert is_guarded(connection, "duties_event")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(duty_id=duty).update(words="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(duty_id=duty).delete()
