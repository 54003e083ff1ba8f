"""Mediation: by the will of both, by nobody with an interest in it, with a paper; the legal path where it fails."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.disputes.stories import FREE, PATH, REQUEST, Story
from xinqiao.disputes.models import Mediation, Settlement
from xinqiao.rules.refusals import Refused


def refused(story: Story, mediation: int, step: str, by: str = "qianyu", **fields: Any) -> str:
    with pytest.raises(Refused) as no:
        story.mediates(mediation, step, by, **fields)
    return no.value.refusal.code


def test_a_dispute_is_mediated_settled_and_carried_out(story: Story) -> None:
    dispute = story.takes_on()
    mediation = story.begins(dispute)
    assert story.opens(dispute).line.state == "in_mediation"
    story.mediates(
        mediation, "hold_session", session_on=story.today, place="社区", record="双方说明了理由"
    )
    story.mediates(
        mediation, "settle", agreement="物业先修，费用分担", carry_out_by=story.in_days(30)
    )
    sheet = story.opens(dispute)
    assert (sheet.line.state, sheet.line.due) == ("settled", story.in_days(30))
    paper = story.mediation(mediation).paper
    assert paper is not None
    assert paper.facts["sessions"] == ["2026-03-02"]
    assert paper.facts["office_name"] == "某某镇调委会"
    story.days(5).mediates(mediation, "execute", executed_on=story.today, dispute_note="电梯已运行")
    found = story.mediation(mediation)
    assert (found.line.state, found.ended_on) == ("executed", date(2026, 3, 7))
    assert [one.step for one in found.history] == [
        "request", "consent", "consent", "name_mediator", "begin", "hold_session", "settle", "execute",
    ]  # fmt: skip


def test_no_session_without_both(story: Story) -> None:
    mediation = story.asks(story.takes_on())
    session = {"session_on": story.today, "place": "社区", "record": "谈话"}
    story.mediates(
        mediation, "name_mediator", outside_office="justice_office", office_name="司法所", **FREE
    )
    assert refused(story, mediation, "begin") == "consent_needed"
    story.mediates(mediation, "consent", side="side_a", consents=True, consent_on=story.today)
    assert refused(story, mediation, "begin") == "consent_needed"
    assert refused(story, mediation, "hold_session", **session) == "mediation_elsewhere"
    assert (
        refused(story, mediation, "settle", agreement="x", carry_out_by=story.in_days(1))
        == "mediation_elsewhere"
    )


def test_the_database_itself_knows_none_that_began_without_both(story: Story) -> None:
    mediation = story.asks(story.takes_on())
    with pytest.raises(IntegrityError), transaction.atomic():
        Mediation.objects.filter(pk=mediation).update(state="begun")


def test_a_side_that_does_not_want_it_ends_it(story: Story) -> None:
    dispute = story.takes_on()
    mediation = story.asks(dispute)
    story.mediates(mediation, "consent", side="side_a", consents=True, consent_on=story.today)
    story.mediates(mediation, "consent", side="side_b", consents=False, consent_on=story.today)
    assert story.mediation(mediation).line.state == "declined"
    assert story.opens(dispute).line.state == "acknowledged", "the dispute is as it was"
    assert story.asks(dispute) != mediation, "later they may be asked again"


def test_who_has_an_interest_does_not_mediate(story: Story) -> None:
    mediation = story.asks(story.takes_on(), side_b="organ", side_unit="county-housing")
    outside = {"outside_office": "peoples_committee", "office_name": "某某镇调委会"}
    for interest in FREE:
        declared = FREE | {interest: True}
        assert (
            refused(story, mediation, "name_mediator", **outside, **declared)
            == "mediator_interested"
        )
    own = story.city.account("heping")
    assert refused(story, mediation, "name_mediator", mediator=own, **FREE) == "mediator_interested"
    story.mediates(mediation, "name_mediator", mediator=story.city.account("yanfei"), **FREE)
    assert story.mediation(mediation).mediator == story.city.account("yanfei")


def test_a_mediator_is_one_and_declares_everything(story: Story) -> None:
    mediation = story.asks(story.takes_on())
    account = story.city.account("yanfei")
    assert refused(story, mediation, "name_mediator", **FREE) == "mediator_missing"
    both = {"mediator": account, "outside_office": "court", "office_name": "法院"}
    assert refused(story, mediation, "name_mediator", **both, **FREE) == "mediator_twice"
    assert (
        refused(story, mediation, "name_mediator", mediator=account, is_side=False)
        == "field_missing"
    )
    assert (
        refused(story, mediation, "name_mediator", outside_office="court", **FREE)
        == "field_missing"
    )


def test_failing_leads_to_the_legal_path_in_words(story: Story) -> None:
    dispute = story.takes_on()
    mediation = story.begins(dispute)
    assert refused(story, mediation, "fail", reason="谈不拢") == "field_missing"
    story.mediates(mediation, "fail", **PATH)
    assert story.opens(dispute).line.state == "failed"
    assert story.opens(dispute).history[-1].words["organ_and_limit"] == PATH["organ_and_limit"]


def test_a_request_names_two_sides_and_is_the_only_one(story: Story) -> None:
    dispute = story.takes_on()
    for wrong, code in (
        ({"side_b": "owners"}, "sides_alike"), ({"mediation_about": ""}, "field_missing"),
        ({"mediation_kind": "reconciliation"}, "field_wrong"),
        ({"mediation_about": "业主 13855501234 不付费"}, "number_of_a_person"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            story.asks(dispute, **wrong)
        assert no.value.refusal.code == code
    story.asks(dispute)
    with pytest.raises(Refused) as no:
        story.asks(dispute)
    assert no.value.refusal.code == "mediation_open"


def test_others_neither_ask_nor_act(story: Story) -> None:
    dispute = story.takes_on()
    with pytest.raises(Refused) as no:
        story.asks(dispute, by="sunli")
    assert no.value.refusal.code == "not_found"
    with pytest.raises(Refused) as no:
        story.asks(dispute, by="dingxia")
    assert no.value.refusal.code == "dispute_not_yours"
    mediation = story.begins(dispute)
    assert refused(story, mediation, "fail", by="dingxia", **PATH) == "dispute_not_yours"
    assert refused(story, mediation, "fail", by="sunli", **PATH) == "not_found"


def test_days_lie_where_they_must(story: Story) -> None:
    mediation = story.begins(story.takes_on())
    ahead = {"session_on": story.in_days(1), "place": "社区", "record": "x"}
    assert refused(story, mediation, "hold_session", **ahead) == "mediation_day_ahead"
    assert (
        refused(story, mediation, "settle", agreement="x", carry_out_by=story.in_days(-1))
        == "dispute_day_past"
    )


def test_a_paper_and_a_session_are_never_changed(story: Story) -> None:
    mediation = story.begins(story.takes_on())
    story.mediates(mediation, "settle", agreement="各担一半", carry_out_by=story.in_days(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.update(terms="另一份")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.all().delete()


def test_the_request_is_what_was_asked(story: Story) -> None:
    found = story.mediation(story.asks(story.takes_on()))
    assert found.about == REQUEST["mediation_about"]
    assert found.agreed == {"side_a": None, "side_b": None}
