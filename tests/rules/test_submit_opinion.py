"""The handling opinion: written by the officer, signed by the head, delivered to the petitioner (art. 32, 34)."""

import pytest

from tests.support.story import Story, accepted, answered
from xinqiao.rules.states import State


def submitted() -> Story:
    return accepted().on("2026-04-08").does("submit_opinion", result="supported")


def issued() -> Story:
    return submitted().by("chenbo").does("issue_opinion")


@pytest.mark.parametrize(
    "part", ["claim", "facts_found", "opinion", "legal_basis", "result", "disposition"]
)
def test_an_opinion_has_all_its_parts(part: str) -> None:
    refusal = accepted().refusal("submit_opinion", **{part: None})
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts) == (
        "field_missing",
        "32",
        {"field": part},
    )


def test_li_na_submits_and_chen_bo_signs() -> None:
    assert submitted().state is State.OPINION_SUBMITTED
    assert (issued().state, issued().facts.result) == (State.OPINION_ISSUED, "supported")


@pytest.mark.parametrize("step", ["issue_opinion", "return_opinion"])
def test_only_the_head_of_the_unit_signs_or_sends_back(step: str) -> None:
    assert submitted().who_may(step) == {"chenbo"}


def test_what_is_sent_back_is_submitted_again() -> None:
    story = submitted().by("chenbo").does("return_opinion")
    assert story.state is State.ACCEPTED
    assert story.by("lina").does("submit_opinion", result="explained").facts.result == "explained"


def test_delivery_meets_the_duty_and_opens_the_petitioners_window() -> None:
    story = answered()
    assert (story.state, story.clock("handle").state) == (State.ANSWERED, "met")
    assert str(story.clock("request_review").due_day) == "2026-05-11", "10 May is a Sunday"


def test_the_day_of_delivery_counts_and_not_the_day_of_entry() -> None:
    story = issued().by("lina").on("2026-04-20").does("deliver_opinion", at="2026-04-10")
    assert str(story.clock("request_review").start) == "2026-04-10"


def test_nothing_is_delivered_before_it_is_signed() -> None:
    assert submitted().says_no("deliver_opinion") == ("wrong_state", "34")
    refusal = issued().by("lina").refusal("deliver_opinion", at="2026-04-07")
    assert refusal is not None
    assert refusal.code == "against_the_law"


def test_a_signature_is_taken_back_as_long_as_nothing_followed() -> None:
    story = issued()
    assert (
        story.does("revoke", entry=story.seq_of("issue_opinion")).state is State.OPINION_SUBMITTED
    )


def test_an_open_hearing_is_closed_first() -> None:
    story = accepted().does("open_hearing")
    assert story.says_no("submit_opinion") == ("hearing_open", "31")
    assert story.does("close_hearing").refusal("submit_opinion") is None


def test_those_who_decided_are_remembered_by_level() -> None:
    levels = {(done.level, done.account) for done in answered().facts.handled_by}
    assert levels == {("handling", 3), ("handling", 4)}
