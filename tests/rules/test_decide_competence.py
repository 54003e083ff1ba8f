"""Disputes over competence: the common superior decides, or the joint conference (art. 24)."""

from tests.support.city import UNITS
from tests.support.story import Story, registered, reported, transferred
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State


def disputed(decider: str = "city-government") -> Story:
    story = transferred().by("lina").does("object").by("wangmin")
    return story.does("escalate_dispute", to_unit=decider)


def test_the_common_superior_comes_first_then_the_joint_conference() -> None:
    story = transferred().by("lina").does("object").by("wangmin")
    allowed = targets("escalate_dispute", story.facts, UNITS, story.case().today)
    assert allowed == ("city-government", "province-government", "city-conference")
    assert story.says_no("escalate_dispute", to_unit="county-government") == (
        "unit_not_allowed",
        "24",
    )


def test_a_unit_in_the_dispute_does_not_decide_it() -> None:
    story = registered().does("transfer", to_unit="city-government").by("wutao").does("object")
    allowed = targets("escalate_dispute", story.by("wangmin").facts, UNITS, story.case().today)
    assert "city-government" not in allowed


def test_wu_tao_decides_for_another_department() -> None:
    story = disputed()
    assert (story.state, story.facts.holder) == (State.DISPUTED, "city-government")
    story.by("wutao").does("decide_competence", to_unit="city-labour")
    assert (story.state, story.facts.holder, story.facts.handler) == (
        State.REFERRED,
        "city-labour",
        "city-labour",
    )
    assert story.clock("notify_referred").state == "running"
    assert story.by("sunli").refusal("accept") is None


def test_wu_tao_decides_that_it_stays() -> None:
    story = disputed().by("wutao").does("decide_competence", to_unit="city-housing")
    assert story.facts.holder == "city-housing"
    assert [clock.id for clock in story.clocks].count("notify_referred") == 1


def test_only_the_decider_decides() -> None:
    assert disputed().who_may("decide_competence") == {"wutao"}
    assert disputed("city-conference").who_may("decide_competence") == set()


def test_a_report_in_dispute_stays_in_the_discipline_line() -> None:
    story = reported("city-housing").by("xujing").does("object").by("wangmin")
    story.does("escalate_dispute", to_unit="province-government")
    assert targets("decide_competence", story.facts, UNITS, story.case().today) == (
        "city-discipline",
    )
