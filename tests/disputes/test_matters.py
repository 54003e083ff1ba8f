"""A dispute becomes a matter, a matter is mediated: each names the other, and the ledger says the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from tests.disputes.stories import FREE, PATH, REQUEST, Story
from tests.support.accounts import ACCOUNTS
from xinqiao.disputes import jobs, queries
from xinqiao.disputes.actions import mediations, register
from xinqiao.disputes.values import Filters
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.refusals import Refused


@pytest.fixture
def story(story: Story) -> Story:
    """Matters of the desk are of these days, so the story is too."""
    story.now = timezone.now()
    return story


def contact(story: Story, **more: Any) -> ContactInput:
    said = {
        "unit": "county-housing", "channel": "visit", "received_at": story.now, "subject": "电梯停运",
        "body": "请求修复电梯。", "petitioners": [ZHANG_WEI],
    } | more  # fmt: skip
    return ContactInput(**said)


def becomes(story: Story, dispute: int, **more: Any) -> Receipt:
    by = story.city.person("qianyu", story.now)
    return register.become_matter(dispute, contact(story, **more), "petition", by=by, now=story.now)


def facts(story: Story, matter: int, by: str = "lina") -> Any:
    sheet = matters.sheet(story.city.person(by, story.now), matter, story.now)
    assert sheet is not None
    return sheet.facts


def steps(matter: int) -> list[str]:
    return [one.step for one in matters.told(matter)]


def test_a_dispute_becomes_a_matter_and_each_names_the_other(story: Story) -> None:
    dispute = story.finds()
    receipt = becomes(story, dispute)
    sheet = story.opens(dispute)
    assert (sheet.line.state, sheet.matter) == ("became_matter", receipt.matter_number)
    assert steps(receipt.matter) == ["receive", "register", "link_dispute"]
    qian_yu = story.city.person("qianyu", story.now)
    assert [one.id for one in queries.of_matter(qian_yu, receipt.matter, story.now)] == [dispute]
    assert facts(story, receipt.matter, "qianyu").category == "housing.property"
    assert [one for one in verify() if isinstance(one, Fault)] == []


def test_if_the_contact_is_refused_nothing_has_happened(story: Story) -> None:
    dispute = story.finds()
    with pytest.raises(Refused):
        becomes(story, dispute, body="", subject="")
    assert story.opens(dispute).line.state == "found"


def test_a_matter_that_is_there_is_linked(story: Story, desk: Desk) -> None:
    receipt, dispute = desk.accepts(), story.finds()
    clerk = story.city.person("dingxia", story.now)
    with pytest.raises(Refused) as no:
        register.link_matter(dispute, "20200101-111111-1", by=clerk, now=story.now)
    assert no.value.refusal.code == "not_found"
    register.link_matter(dispute, receipt.number, by=clerk, now=story.now)
    assert steps(receipt.matter)[-1] == "link_dispute"
    assert story.opens(dispute, "dingxia").matter == receipt.number
    assert story.opens(dispute, "qianyu").matter == "", (
        "a number is shown to whom the matter exists"
    )


def test_what_became_a_report_on_them_is_gone_for_them(story: Story, desk: Desk) -> None:
    dispute, receipt = story.finds(), desk.registers(0)
    clerk = story.city.person("dingxia", story.now)
    register.link_matter(dispute, receipt.number, by=clerk, now=timezone.now())
    assert story.opens(dispute).line.state == "became_matter"
    desk.takes(receipt.matter, "reclassify", by="wangmin", kind="report", reason="实为检举")
    desk.takes(receipt.matter, "name_reported", by="wangmin", reported_units=["county-housing"])
    for name in ("qianyu", "heping", "dingxia"):
        person = story.city.person(name, story.now)
        assert queries.sheet(person, dispute, story.now) is None, name
        assert queries.page(person, Filters(list="all"), 1, 50, story.now) == [], name
        assert queries.of_matter(person, receipt.matter, story.now) == []


# ---- the mediation of a matter ----


def asks(story: Story, number: str, by: str = "lina", **more: Any) -> int:
    person = story.city.person(by, story.now)
    return mediations.request_for_matter(number, REQUEST | more, by=person, now=story.now)


def begins(story: Story, number: str) -> int:
    mediation = asks(story, number)
    story.both_agree(mediation, "lina")
    story.mediates(mediation, "name_mediator", "lina", mediator=story.city.account("sunli"), **FREE)
    story.mediates(mediation, "begin", "lina")
    return mediation


def test_a_matter_is_mediated_by_its_own_steps(story: Story, desk: Desk) -> None:
    receipt = desk.accepts()
    mediation = begins(story, receipt.number)
    assert facts(story, receipt.matter).mediation_open
    story.mediates(
        mediation, "settle", "lina", agreement="物业三十日内修复", carry_out_by=story.in_days(30), **ACCOUNTS
    )  # fmt: skip
    assert steps(receipt.matter)[-2:] == ["open_mediation", "record_settlement"]
    assert facts(story, receipt.matter).state == "settled"
    assert story.mediation(mediation, "lina").line.state == "settled"
    assert [one for one in verify() if isinstance(one, Fault)] == []


def test_what_the_matter_refuses_is_refused_here(story: Story, desk: Desk) -> None:
    """Without the three accounts a matter does not close; then nothing is settled here either."""
    mediation = begins(story, desk.accepts().number)
    with pytest.raises(Refused) as no:
        story.mediates(mediation, "settle", "lina", agreement="修复", carry_out_by=story.in_days(1))
    assert no.value.refusal.code == "field_missing"
    found = story.mediation(mediation, "lina")
    assert (found.line.state, found.paper) == ("begun", None)


def test_failing_ends_it_on_the_matter(story: Story, desk: Desk) -> None:
    receipt = desk.accepts()
    mediation = begins(story, receipt.number)
    story.mediates(mediation, "fail", "lina", **PATH)
    assert steps(receipt.matter)[-1] == "end_mediation"
    assert not facts(story, receipt.matter).mediation_open


def test_a_step_on_the_matter_ends_it_here(story: Story, desk: Desk) -> None:
    receipt = desk.accepts()
    mediation = begins(story, receipt.number)
    desk.takes(receipt.matter, "end_mediation", by="lina", reason="一方退出")
    with pytest.raises(Refused) as no:
        story.mediates(mediation, "fail", "lina", **PATH)
    assert no.value.refusal.code == "mediation_elsewhere"
    later = timezone.now() + timedelta(minutes=5)
    assert (jobs.align_with_ledger(later), jobs.align_with_ledger(later)) == (1, 0)
    found = story.mediation(mediation, "lina")
    assert (found.line.state, found.history[-1].step) == ("failed", "align")


def test_only_an_accepted_matter_is_mediated_by_who_holds_it(story: Story, desk: Desk) -> None:
    for receipt, by, code in (
        (desk.refers(), "lina", "matter_not_accepted"),
        (desk.accepts(), "wangmin", "dispute_not_yours"),
        (desk.accepts(), "sunli", "not_found"),
    ):
        with pytest.raises(Refused) as no:
            asks(story, receipt.number, by)
        assert no.value.refusal.code == code


def test_who_withdrew_from_the_matter_does_not_mediate_it(story: Story, desk: Desk) -> None:
    receipt = desk.accepts()
    account = story.city.account("chenbo")
    desk.takes(receipt.matter, "recuse", by="chenbo", account=account, reason="与信访人有亲属关系")
    mediation = asks(story, receipt.number)
    with pytest.raises(Refused) as no:
        story.mediates(mediation, "name_mediator", "lina", mediator=account, **FREE)
    assert no.value.refusal.code == "mediator_interested"


def test_the_mediation_of_a_matter_exists_for_whom_the_matter_does(
    story: Story, desk: Desk
) -> None:
    receipt = desk.accepts()
    mediation = asks(story, receipt.number)
    for name, there in (
        ("lina", True),
        ("wangmin", True),
        ("dingxia", True),
        ("sunli", False),
        ("malin", False),
    ):
        person = story.city.person(name, story.now)
        assert (queries.mediation(person, mediation, story.now) is not None) is there, name
        lines = queries.mediation_page(person, 1, 50, story.now, running=True)
        assert bool(lines) is there, name
