"""Assigning: the unit reports the result back by the day that was set (art. 22)."""

from datetime import date

import pytest

from tests.support.story import Story, registered
from xinqiao.rules.states import State


def assigned(to_unit: str = "city-housing", region: str = "340800") -> Story:
    story = registered(region=region).on("2026-03-03")
    return story.does("assign", to_unit=to_unit, report_by=date(2026, 4, 15))


def answered_simply(story: Story, by: str) -> Story:
    return story.by(by).on("2026-03-05").does("accept", procedure="simple").does("reply")


def test_the_result_is_due_on_the_day_that_was_set() -> None:
    story = assigned()
    assert story.clock("report_back").due_day == date(2026, 4, 15)
    assert (story.facts.assigned, story.facts.report_by) == (True, date(2026, 4, 15))


def test_li_na_reports_the_result_once() -> None:
    story = answered_simply(assigned(), "lina").does("report_result")
    assert story.clock("report_back").state == "met"
    refusal = story.button("report_result")
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("already_reported", "22")


def test_a_transferred_matter_has_no_result_to_report() -> None:
    story = registered().does("transfer", to_unit="city-housing")
    refusal = answered_simply(story, "lina").button("report_result")
    assert refusal is not None
    assert refusal.code == "not_assigned"


def test_who_gets_an_assigned_matter_passed_on_still_reports_back() -> None:
    story = assigned("county-petition", region="340811").by("dingxia")
    story = answered_simply(story.does("transfer", to_unit="county-housing"), "qianyu")
    assert story.facts.report_by == date(2026, 4, 15)
    assert story.does("report_result").clock("report_back").state == "met"


def test_an_upheld_objection_ends_the_assignment() -> None:
    story = assigned().by("lina").does("object").by("wangmin").does("uphold_objection")
    assert story.clock("report_back").state == "void"
    assert (story.facts.assigned, story.facts.report_by) == (False, None)
    story = answered_simply(story.does("transfer", to_unit="city-labour"), "sunli")
    assert (refusal := story.button("report_result")) is not None
    assert refusal.code == "not_assigned"


def test_an_objection_further_down_leaves_the_assignment_above_it() -> None:
    story = assigned("county-petition", region="340811").by("dingxia")
    story.does("transfer", to_unit="county-housing").by("qianyu").does("object")
    story.by("dingxia").does("uphold_objection").does("reply")
    assert story.facts.assigned
    assert story.does("report_result").clock("report_back").state == "met"


def test_a_decision_for_another_unit_ends_the_assignment_of_the_first() -> None:
    story = assigned().by("lina").does("object")
    story.by("wangmin").does("escalate_dispute", to_unit="city-government")
    story.by("wutao").does("decide_competence", to_unit="city-labour")
    assert (story.state, story.facts.assigned) == (State.REFERRED, False)


def test_a_decision_for_the_same_unit_leaves_it_assigned() -> None:
    story = assigned().by("lina").does("object")
    story.by("wangmin").does("escalate_dispute", to_unit="city-government")
    story.by("wutao").does("decide_competence", to_unit="city-housing")
    assert (story.facts.assigned, story.clock("report_back").state) == (True, "running")


@pytest.mark.parametrize("report_by", ["2026-04-15", 20260415, None])
def test_the_day_must_be_a_day(report_by: object) -> None:
    refusal = registered().refusal("assign", to_unit="city-housing", report_by=report_by)
    assert refusal is not None
    assert refusal.facts == {"field": "report_by"}


def test_only_a_petition_office_assigns() -> None:
    story = registered().does("transfer", to_unit="city-housing").by("lina")
    refusal = story.button("assign")
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("not_a_petition_office", "22")


def test_the_day_lies_not_in_the_past() -> None:
    gone = registered().refusal("assign", to_unit="city-housing", report_by=date(2026, 2, 28))
    assert (gone.code, gone.article, gone.facts) == ("day_gone", "22", {"field": "report_by"})
    assert assigned().facts.report_by == date(2026, 4, 15)
