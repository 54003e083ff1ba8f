"""Objecting: a unit that is not competent says so, with reasons, within five working days (art. 23)."""

from datetime import date

import pytest

from tests.support.story import Story, received, transferred
from xinqiao.rules.states import State


def objected() -> Story:
    return transferred().by("lina").on("2026-03-09").does("object", suggested_unit="city-labour")


def test_li_na_objects_in_time_and_the_matter_lies_with_the_office_again() -> None:
    story = objected()
    assert (story.state, story.facts.holder, story.facts.objections) == (
        State.OBJECTED,
        "city-petition",
        1,
    )
    assert story.clock("object").state == "used"


def test_the_fifth_working_day_is_the_last() -> None:
    story = transferred().by("lina")
    assert story.clock("object").due_day == date(2026, 3, 10)
    assert story.on("2026-03-10 23:30").refusal("object") is None
    assert story.on("2026-03-11 00:10").says_no("object") == ("window_closed", "23")


def test_who_objects_gives_a_reason() -> None:
    refusal = transferred().by("lina").refusal("object", reason="")
    assert refusal is not None
    assert (refusal.code, refusal.facts["field"]) == ("field_missing", "reason")


def test_only_the_unit_it_was_sent_to_objects() -> None:
    assert transferred().who_may("object") == {"lina", "chenbo"}


def test_wang_min_upholds_and_sends_it_elsewhere_with_new_time() -> None:
    story = objected().by("wangmin").on("2026-03-12").does("uphold_objection")
    assert (story.state, story.facts.holder, story.facts.handler) == (
        State.REGISTERED,
        "city-petition",
        "",
    )
    assert story.clock("notify_referred").state == "void"
    story.does("transfer", to_unit="city-labour")
    assert story.clock("notify_referred").start == date(2026, 3, 12)
    assert story.by("sunli").refusal("object") is None


def test_wang_min_rejects_and_the_unit_goes_on_without_a_second_objection() -> None:
    story = objected().by("wangmin").does("reject_objection")
    assert (story.state, story.facts.holder) == (State.REFERRED, "city-housing")
    assert story.by("lina").says_no("object") == ("window_closed", "23")
    assert story.refusal("accept") is None


@pytest.mark.parametrize("step", ["uphold_objection", "reject_objection", "escalate_dispute"])
def test_only_the_office_that_sent_it_decides_on_the_objection(step: str) -> None:
    assert objected().who_may(step) == {"wangmin", "zhaogang"}


def test_the_former_regulation_knew_no_objection() -> None:
    story = (
        received("2022-04-28").does("register").does("transfer", to_unit="city-housing").by("lina")
    )
    assert story.says_no("object") == ("no_window", None)
