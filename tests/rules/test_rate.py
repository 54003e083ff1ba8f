"""Rating: the petitioner rates office and unit, once for each result (art. 21)."""

import pytest

from tests.support.story import accepted, answered, reviewed, transferred


def test_the_petitioner_rates_the_answer() -> None:
    story = answered().by("petitioner").does("rate", settled=False, unit_rating="dissatisfied")
    assert (story.facts.rated, story.facts.settled) == (True, False)
    assert story.says_no("rate") == ("already_rated", "21")


def test_nobody_else_rates() -> None:
    assert answered().who_may("rate") == {"petitioner"}


def test_there_is_nothing_to_rate_before_the_answer() -> None:
    assert accepted().by("petitioner").says_no("rate") == ("wrong_state", "21")


def test_a_declined_petition_can_be_rated_too() -> None:
    assert transferred().by("lina").does("decline").by("petitioner").refusal("rate") is None


def test_a_new_opinion_after_a_remand_is_rated_anew() -> None:
    story = answered().by("petitioner").does("rate")
    story.on("2026-04-20").does("request_review", to_unit="city-government").by("wutao").on(
        "2026-05-11"
    )
    story.does("issue_review_opinion", appeal_result="remanded").does("deliver_review_opinion")
    assert not story.facts.rated


@pytest.mark.parametrize("field", ["office_rating", "unit_rating", "settled"])
def test_all_three_questions_are_answered(field: str) -> None:
    assert reviewed().by("petitioner").says_no("rate", **{field: None}) == ("field_missing", "21")
