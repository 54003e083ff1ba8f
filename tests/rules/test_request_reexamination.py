"""Re-examination (复核): the third and last level (art. 36)."""

from datetime import date

from tests.support.city import UNITS
from tests.support.story import answered, concluded, reexamining, reviewed
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State


def test_the_petitioner_asks_the_organ_above_the_reviewer() -> None:
    story = reviewed()
    assert targets("request_reexamination", story.facts, UNITS, story.case().today) == (
        "province-government",
    )
    story = reexamining()
    assert (story.state, story.facts.holder, story.facts.reexaminer) == (
        State.REEXAMINING, "province-government", "province-government",
    )  # fmt: skip
    assert story.clock("reexamine").due_day == date(2026, 6, 22)


def test_neither_the_handling_unit_nor_the_reviewer_re_examines() -> None:
    for unit in ("city-housing", "city-government"):
        story = reviewed().by("petitioner")
        assert story.says_no("request_reexamination", to_unit=unit) == ("same_organ_as_below", "36")


def test_there_is_no_re_examination_without_a_review_or_after_its_time() -> None:
    asking = {"to_unit": "province-government"}
    assert answered().by("petitioner").says_no("request_reexamination", **asking) == (
        "wrong_state",
        "36",
    )
    late = reviewed().by("petitioner").on("2026-06-12")
    assert late.says_no("request_reexamination", **asking) == ("window_closed", "36")


def test_who_decided_on_either_level_below_does_not_decide_again() -> None:
    for account in (4, 10):  # Chen Bo signed the opinion, Wu Tao the review
        promoted = Person(
            kind=PersonKind.STAFF,
            account=account,
            posts=(Post(unit="province-government", role=Role.HEAD),),
        )
        story = reexamining().by(promoted)
        assert story.says_no("issue_reexamination_opinion") == ("handled_level_below", "36")


def test_with_its_delivery_the_matter_is_concluded() -> None:
    story = concluded()
    assert (story.state, story.facts.holder) == (State.CONCLUDED, "city-housing")
    assert story.clock("reexamine").state == "met"


def test_sent_back_it_is_handled_anew_and_not_concluded() -> None:
    story = reexamining().by("shenhao").on("2026-06-10")
    story.does("issue_reexamination_opinion", appeal_result="remanded").does(
        "deliver_reexamination_opinion"
    )
    assert (story.state, story.facts.holder, story.facts.reexaminer) == (
        State.ACCEPTED,
        "city-housing",
        "",
    )
    assert story.clock("handle").start == date(2026, 6, 10)
