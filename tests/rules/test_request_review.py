"""Review (复查): within thirty days, by the next level up, decided by fresh eyes (art. 35)."""

from datetime import date

import pytest

from tests.support.city import UNITS
from tests.support.story import accepted, answered, reviewed, reviewing
from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.routing import targets
from xinqiao.rules.states import State


def test_the_petitioner_asks_the_city_government() -> None:
    story = reviewing()
    assert (story.state, story.facts.holder, story.facts.reviewer) == (
        State.REVIEWING, "city-government", "city-government",
    )  # fmt: skip
    assert (story.clock("request_review").state, story.clock("review").due_day) == (
        "used",
        date(2026, 5, 20),
    )


def test_the_choice_is_the_superior_and_the_line_above() -> None:
    story = answered()
    assert targets("request_review", story.facts, UNITS, story.case().today) == (
        "city-government", "province-housing",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "refusal"),
    [
        ("city-housing", ("same_organ_as_below", "36")),
        ("city-labour", ("unit_not_allowed", "35")),
        ("province-government", ("unit_not_allowed", "35")),
    ],
)
def test_no_other_organ_reviews(unit: str, refusal: tuple[str, str]) -> None:
    assert answered().by("petitioner").says_no("request_review", to_unit=unit) == refusal


def test_the_last_day_is_the_thirtieth_moved_to_a_working_day() -> None:
    story = answered().by("petitioner").on("2026-05-11 23:59")
    assert story.refusal("request_review", to_unit="city-government") is None
    assert story.on("2026-05-12").says_no("request_review", to_unit="city-government") == (
        "window_closed",
        "35",
    )


def test_there_is_nothing_to_review_before_the_opinion_is_delivered() -> None:
    assert accepted().by("petitioner").says_no("request_review", to_unit="city-government") == (
        "wrong_state",
        "35",
    )


def test_an_office_may_file_it_for_the_petitioner_and_the_handling_unit_may_not() -> None:
    assert answered().who_may("request_review") == {"petitioner", "wangmin", "zhaogang"}


def test_only_the_head_of_the_reviewing_organ_decides() -> None:
    assert reviewing().who_may("issue_review_opinion") == {"wutao"}


def test_who_decided_below_does_not_decide_again() -> None:
    """Chen Bo, who signed the opinion, heads the city government by now."""
    story = reviewing()
    promoted = Person(
        kind=PersonKind.STAFF, account=4, posts=(Post(unit="city-government", role=Role.HEAD),)
    )
    assert story.by(promoted).says_no("issue_review_opinion") == ("handled_level_below", "36")


def test_upheld_the_matter_waits_for_the_petitioner() -> None:
    story = reviewed()
    assert (story.state, story.facts.holder) == (State.REVIEWED, "city-housing")
    assert (story.clock("review").state, story.clock("request_reexamination").state) == (
        "met",
        "open",
    )


def test_sent_back_the_handling_begins_anew() -> None:
    story = reviewed("remanded")
    assert (story.state, story.facts.holder, story.facts.reviewer) == (
        State.ACCEPTED,
        "city-housing",
        "",
    )
    assert story.clock("handle").start == date(2026, 5, 12)
    assert story.clock("request_reexamination").state == "void"
    story.by("lina").does("submit_opinion").by("chenbo").does("issue_opinion")
    story.by("lina").on("2026-06-01").does("deliver_opinion")
    assert story.by("petitioner").refusal("request_review", to_unit="city-government") is None


def test_after_a_remand_there_may_be_one_extension_again() -> None:
    story = accepted().does("request_extension").by("chenbo").does("approve_extension")
    story.by("lina").does("submit_opinion").by("chenbo").does("issue_opinion").by("lina").does(
        "deliver_opinion"
    )
    story.by("petitioner").does("request_review", to_unit="city-government").by("wutao")
    story.does("issue_review_opinion", appeal_result="remanded").does("deliver_review_opinion")
    assert story.by("lina").refusal("request_extension") is None
