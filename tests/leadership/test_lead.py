"""A leader takes charge of a matter, sees it from then on, reports, goes to see and promises, and ends it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.desk.at_work import Desk, days_ago
from tests.leadership.leading import in_days, takes_charge
from xinqiao.duties import queries as duties
from xinqiao.duties.values import Source
from xinqiao.leadership.actions import leads as actions
from xinqiao.leadership.models import FieldVisit, Lead
from xinqiao.leadership.queries import leads as queries
from xinqiao.leadership.values import Promise
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.leadership import LeadOutcome
from xinqiao.rules.refusals import Refused


def code_of(desk: Desk, matter: int, **more: object) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        takes_charge(desk, matter, **more)  # type: ignore[arg-type]
    return refused.value.refusal.code


def test_the_leader_sees_the_matter_from_then_on(desk: Desk) -> None:
    receipt, now = desk.accepts(), timezone.now()
    leader = desk.city.person("wutao", now)
    assert not matters.exists_for(leader, receipt.matter, now)
    lead = takes_charge(desk, receipt.matter)
    line = queries.find(leader, lead, now)
    assert line is not None
    assert (line.number, line.leader, line.clock(timezone.localdate()).state) == (
        receipt.number, desk.city.account("wutao"), "running",
    )  # fmt: skip
    assert queries.told_of(line)[0] == "约谈物业，筹措维修资金"
    assert [one.id for one in queries.of_leader(leader, line.leader, now)] == [lead]
    facts = matters.sheet(leader, receipt.matter, now).facts  # type: ignore[union-attr]
    assert (facts.lead, facts.lead_unit, facts.holder) == (
        line.leader,
        "city-government",
        "city-housing",
    )
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_who_leads_heads_the_unit_and_one_at_a_time(desk: Desk) -> None:
    receipt = desk.accepts()
    assert code_of(desk, receipt.matter, leader="lina", unit="city-housing") == "no_head_there"
    assert code_of(desk, receipt.matter, leader="wutao", unit="city-housing") == "no_head_there"
    assert code_of(desk, receipt.matter, settle_by=in_days(-1)) == "due_in_past"
    assert code_of(desk, receipt.matter, measures="") == "field_missing"
    assert code_of(desk, receipt.matter, by="lina") == "not_yours"
    assert code_of(desk, receipt.matter, by="sunli") == "not_found"
    takes_charge(desk, receipt.matter)
    assert code_of(desk, receipt.matter, leader="chenbo", unit="city-housing") == "has_a_lead"
    assert Lead.objects.count() == 1


def test_never_a_leader_whom_the_wall_shuts_out(desk: Desk) -> None:
    receipt = desk.reports(reported_units=["city-housing"])
    walled = {"leader": "chenbo", "unit": "city-housing", "by": "xujing"}
    assert code_of(desk, receipt.matter, **walled) == "unit_not_allowed"
    assert code_of(desk, receipt.matter, by="xujing") == "report_stays"
    assert (
        code_of(desk, receipt.matter, leader="zhoujun", unit="city-labour", by="xujing")
        == "report_stays"
    )
    claim = desk.accepts()
    desk.takes(
        claim.matter, "recuse", by="zhaogang", account=desk.city.account("chenbo"), reason="亲属"
    )
    assert code_of(desk, claim.matter, leader="chenbo", unit="city-housing") == "shut_out"
    assert not Lead.objects.exists()
    now = timezone.now()
    for name in ("wutao", "chenbo", "zhoujun"):
        assert not matters.exists_for(desk.city.person(name, now), receipt.matter, now)


def test_who_is_named_in_a_report_afterwards_loses_sight_of_it(desk: Desk) -> None:
    receipt, now = desk.reports(), timezone.now()
    lead = takes_charge(desk, receipt.matter, leader="xujing", unit="city-discipline", by="xujing")
    assert queries.find(desk.city.person("xujing", now), lead, now) is not None
    desk.takes(
        receipt.matter,
        "name_reported",
        by="zhaogang",
        reported_accounts=[desk.city.account("xujing")],
    )
    assert queries.find(desk.city.person("xujing", now), lead, now) is None
    assert (
        queries.of_leader(desk.city.person("xujing", now), desk.city.account("xujing"), now) == []
    )


def test_progress_is_reported_by_the_leaders_unit(desk: Desk) -> None:
    receipt, now = desk.accepts(), timezone.now()
    lead = takes_charge(desk, receipt.matter)
    actions.report_progress(
        lead, "已约谈物业公司", by=desk.city.person("wutao", now), now=timezone.now()
    )
    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.report_progress(
            lead, "已约谈", by=desk.city.person("lina", now), now=timezone.now()
        )
    assert refused.value.refusal.code == "not_yours"
    line = queries.find(desk.city.person("lina", now), lead, now)
    assert line is not None
    assert line.progress_at is not None
    assert [one.texts["record"] for one in queries.told_of(line)[1]] == ["已约谈物业公司"]


def test_what_was_promised_on_a_field_visit_is_owed(desk: Desk) -> None:
    receipt = desk.accepts()
    lead = takes_charge(desk, receipt.matter)
    now = timezone.now()
    leader = desk.city.person("wutao", now)
    visit = actions.visit(
        lead, visited_at=now, place="某某小区三栋", found="两部电梯停用，住户四十二户",
        with_units=["city-housing"], promises=[Promise(words="本月底前修复一部", unit="city-housing", due=in_days(20))],
        by=leader, now=now,
    )  # fmt: skip
    (line,), _ = queries.visits(leader, 1, now)
    assert (line.id, line.place, line.found) == (
        visit,
        "某某小区三栋",
        "两部电梯停用，住户四十二户",
    )
    (promised,) = duties.of_source(
        desk.city.person("lina", now), Source(kind=SourceKind.FIELD_VISIT, id=visit), now
    )
    assert (promised.unit, promised.giver, promised.due) == (
        "city-housing",
        "city-government",
        in_days(20),
    )
    sheet = matters.sheet(leader, receipt.matter, now)
    assert sheet is not None
    assert [one.step for one in sheet.entries][-2:] == ["field_visit", "give_duty"]
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_a_visit_with_a_promise_that_cannot_be_is_not_written(desk: Desk) -> None:
    receipt = desk.accepts()
    lead, now = takes_charge(desk, receipt.matter), timezone.now()
    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.visit(
            lead, visited_at=now, place="某某小区", found="属实", by=desk.city.person("wutao", now), now=now,
            promises=[Promise(words="修复", unit="city-housing", due=in_days(-2))],
        )  # fmt: skip
    assert refused.value.refusal.code == "due_in_past"
    assert not FieldVisit.objects.exists()


def test_it_ends_and_another_leader_may_follow(desk: Desk) -> None:
    receipt = desk.accepts()
    lead, now = takes_charge(desk, receipt.matter), timezone.now()
    leader = desk.city.person("wutao", now)
    actions.end(lead, LeadOutcome.HANDED_OVER, "分工调整", by=leader, now=timezone.now())
    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.end(lead, LeadOutcome.SETTLED, "已化解", by=leader, now=timezone.now())
    assert refused.value.refusal.code == "no_lead_now"
    second = takes_charge(desk, receipt.matter, leader="chenbo", unit="city-housing")
    lines = queries.of_matter(leader, receipt.matter, timezone.now())  # its unit keeps its sight
    assert [(one.id, one.outcome) for one in lines] == [(second, ""), (lead, "handed_over")]


def test_the_date_of_a_case_is_a_clock(desk: Desk) -> None:
    lead = takes_charge(desk, desk.accepts().matter, settle_by=in_days(3))
    line = queries.find(desk.city.person("wutao"), lead, days_ago(0))
    assert line is not None
    assert line.clock(timezone.localdate() + timedelta(days=4)).state == "overdue"
