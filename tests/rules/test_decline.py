"""Declining and showing the legal path: closed, with a reason, in writing (art. 23, 31)."""

import pytest

from tests.support.story import accepted, registered, transferred
from xinqiao.rules.states import OUTSIDE_PATHS, LegalPath, State


def test_li_na_declines_what_was_concluded_before() -> None:
    story = transferred().by("lina").does("decline", decline_reason="concluded_before")
    assert (story.state, story.facts.handler) == (State.DECLINED, "city-housing")
    assert story.clock("notify_referred").state == "met"


@pytest.mark.parametrize("field", ["decline_reason", "reason"])
def test_a_ground_and_a_reason_are_both_needed(field: str) -> None:
    refusal = transferred().by("lina").refusal("decline", **{field: None})
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("field_missing", {"field": field})


def test_without_any_field_nothing_is_declined() -> None:
    assert transferred().by("lina").says_no("decline", decline_reason=None, reason=None) == (
        "field_missing",
        "23",
    )


def test_only_who_holds_it_declines_and_only_before_acceptance() -> None:
    assert transferred().who_may("decline") == {"lina", "chenbo"}
    assert registered().who_may("decline") == {"wangmin", "zhaogang"}
    assert accepted().who_may("decline") == set()


@pytest.mark.parametrize("path", sorted(OUTSIDE_PATHS))
def test_four_paths_lead_out_of_the_petition_procedure(path: str) -> None:
    story = transferred().by("lina").does("guide", outside_path=path)
    assert (story.state, story.facts.path) == (State.GUIDED, LegalPath(path))
    assert not [clock for clock in story.clocks if clock.state == "running"]


@pytest.mark.parametrize("path", ["duty", "petition"])
def test_the_other_two_do_not(path: str) -> None:
    assert transferred().by("lina").says_no("guide", outside_path=path) == ("field_wrong", "31")


def test_a_suggestion_has_no_legal_path() -> None:
    story = registered(kind="suggestion")
    assert story.says_no("guide") == ("wrong_kind", "31")
