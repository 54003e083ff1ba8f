"""A dispute is handed to the place and department in charge, which takes it within a limit or says why not."""

from datetime import date

import pytest

from tests.disputes.stories import Story
from tests.support.city import UNITS
from xinqiao.directory import actions as directory
from xinqiao.disputes import jobs, queries
from xinqiao.disputes.actions import register
from xinqiao.rules.disputes import targets
from xinqiao.rules.refusals import Refused


def refused(story: Story, dispute: int, step: str, by: str = "qianyu", **fields: object) -> str:
    with pytest.raises(Refused) as no:
        story.moves(dispute, step, by=by, **fields)
    return no.value.refusal.code


def test_the_limit_follows_the_level_in_working_days(story: Story) -> None:
    """On Monday 2 March: five working days for an ordinary one, one for a major one."""
    ordinary, major = story.finds(), story.finds(yes=["danger"])
    for dispute in (ordinary, major):
        story.moves(dispute, "hand_over", to_unit="town")
    assert story.opens(ordinary).line.due == date(2026, 3, 9)
    assert story.opens(major).line.due == date(2026, 3, 3)


def test_taking_it_makes_it_one_s_own(story: Story) -> None:
    dispute = story.finds()
    story.moves(dispute, "hand_over", to_unit="city-housing")
    assert (
        refused(story, dispute, "acknowledge", settle_by=story.in_days(30)) == "dispute_not_yours"
    )
    assert (
        refused(story, dispute, "acknowledge", by="lina", settle_by=story.in_days(-1))
        == "dispute_day_past"
    )
    story.moves(dispute, "acknowledge", by="lina", settle_by=story.in_days(30))
    sheet = story.opens(dispute, "lina")
    assert (sheet.line.state, sheet.owner, sheet.line.due) == (
        "acknowledged", "city-housing", story.in_days(30),
    )  # fmt: skip
    assert story.opens(dispute, "qianyu"), "who found it keeps it in sight"


def test_refusing_leads_to_the_level_above_whose_word_binds(story: Story) -> None:
    dispute = story.finds()
    story.moves(dispute, "hand_over", to_unit="city-housing")
    assert refused(story, dispute, "refuse", by="lina") == "field_missing"
    story.moves(dispute, "refuse", by="lina", reason="属于区住建局职责")
    assert story.opens(dispute).line.state == "refused"
    assert story.opens(dispute).line.holder == "city-government"
    assert (
        refused(story, dispute, "decide", to_unit="county-housing", reason="x")
        == "dispute_not_yours"
    )
    story.moves(dispute, "decide", by="wutao", to_unit="county-housing", reason="由区局负责")
    assert refused(story, dispute, "refuse", reason="还是不行") == "dispute_decided"
    story.moves(dispute, "acknowledge", settle_by=story.in_days(10))
    assert [one.step for one in story.opens(dispute).history] == [
        "find", "hand_over", "refuse", "decide", "acknowledge",
    ]  # fmt: skip


def test_it_goes_to_organs_of_the_place_and_subject_alone(story: Story) -> None:
    dispute = story.finds()
    for unit in ("province-housing", "city-discipline", "city-conference", "nowhere"):
        assert refused(story, dispute, "hand_over", to_unit=unit) == "dispute_unit_wrong", unit
    known = story.opens(dispute).known
    offered = targets(known, UNITS, story.today)
    assert offered[0] == "city-housing", "in charge of the subject comes first"
    assert {"town", "county-government", "city-labour"} <= set(offered)
    assert known.holder not in offered


def test_two_at_once_cannot_both_act(story: Story) -> None:
    dispute = story.finds()
    seen = story.opens(dispute).last_seq
    by = story.city.person("qianyu")
    register.move(dispute, "hand_over", {"to_unit": "town"}, by=by, now=story.now, seen=seen)
    with pytest.raises(Refused) as no:
        register.move(
            dispute, "take_on", {"settle_by": story.in_days(3)}, by=by, now=story.now, seen=seen
        )
    assert no.value.refusal.code == "acted_meanwhile"


def test_a_dispute_is_settled_kept_in_sight_and_closed(story: Story) -> None:
    dispute = story.takes_on()
    story.moves(dispute, "record_visit", dispute_note="到现场查看电梯")
    assert refused(story, dispute, "close", dispute_note="完成") == "dispute_elsewhere"
    story.moves(
        dispute, "settle", how_settled="物业出资维修，业主认可", carry_out_by=story.in_days(15)
    )
    assert story.opens(dispute).line.due == story.in_days(15)
    story.moves(dispute, "take_up_again", reason="未按期维修", settle_by=story.in_days(20))
    story.moves(dispute, "settle", how_settled="已修好")
    story.moves(dispute, "close", dispute_note="回访属实")
    assert story.opens(dispute).line.state == "closed"
    assert refused(story, dispute, "record_visit", dispute_note="再访") == "dispute_elsewhere"


def test_what_cannot_be_settled_is_shown_the_legal_path(story: Story) -> None:
    dispute = story.takes_on()
    fields = {"reason": "无法协商", "path": "litigation", "organ_and_limit": "区人民法院，三年内"}
    story.moves(dispute, "show_path", **fields)
    assert story.opens(dispute).history[-1].payload == {"path": "litigation"}
    assert story.opens(dispute).line.state == "failed"


def test_no_step_of_the_platform_is_taken_by_a_person(story: Story) -> None:
    dispute = story.takes_on()
    for step in ("succeed", "begin_mediation", "fail", "settle_by_mediation", "become_matter"):
        assert refused(story, dispute, step) == "dispute_elsewhere"


def test_the_successor_of_a_merged_unit_has_it_now(story: Story) -> None:
    dispute = story.takes_on()
    assert jobs.hand_to_successors(story.now) == 0
    directory.merge_unit("county-housing", "county-government", story.in_days(-1))
    assert jobs.hand_to_successors(story.now) == 1
    assert jobs.hand_to_successors(story.now) == 0
    assert story.opens(dispute, "yanfei").line.holder == "county-government"
    assert queries.held_by("county-housing") == []
