"""Extending: asked by the officer, approved by the head, once, at most thirty days (art. 34)."""

from datetime import date

import pytest

from tests.support.story import Story, accepted
from xinqiao.rules.states import State


def asked(days: int = 30) -> Story:
    return accepted().on("2026-04-20").does("request_extension", days=days)


def test_li_na_asks_and_chen_bo_approves() -> None:
    story = asked(20).by("chenbo").does("approve_extension")
    clock = story.clock("handle_extended")
    assert (clock.due_day, clock.article) == (date(2026, 5, 25), "34"), "24 May is a Sunday"
    assert (story.facts.extended, story.facts.extension_asked, story.state) == (
        20,
        0,
        State.ACCEPTED,
    )


def test_asking_alone_changes_no_date() -> None:
    assert asked().clock("handle").due_day == date(2026, 5, 6)


def test_only_a_head_approves_or_refuses() -> None:
    for step in ("approve_extension", "refuse_extension"):
        assert asked().who_may(step) == {"chenbo"}


def test_chen_bo_refuses_and_she_may_ask_again() -> None:
    story = asked().by("chenbo").does("refuse_extension")
    assert story.clock("handle").due_day == date(2026, 5, 6)
    assert story.by("lina").refusal("request_extension") is None


def test_there_is_one_extension() -> None:
    story = asked().by("chenbo").does("approve_extension").by("lina")
    assert story.says_no("request_extension") == ("extended_before", "34")


def test_a_pending_request_comes_first() -> None:
    assert asked().says_no("request_extension") == ("extension_pending", "34")
    assert asked().says_no("submit_opinion") == ("extension_pending", "34")


@pytest.mark.parametrize("days", [0, 31, -5])
def test_more_than_thirty_days_or_none_are_not_possible(days: int) -> None:
    refusal = accepted().refusal("request_extension", days=days)
    assert refusal is not None
    assert refusal.code == "number_out_of_range"
    assert (refusal.facts["low"], refusal.facts["high"]) == ("1", "30")


def test_nothing_is_approved_that_nobody_asked_for() -> None:
    assert accepted().by("chenbo").says_no("approve_extension") == ("no_extension_asked", "34")


def test_what_is_overdue_is_not_extended() -> None:
    story = accepted().on("2026-05-07")
    assert story.says_no("request_extension") == ("already_overdue", "34")


def test_the_simple_procedure_has_no_extension() -> None:
    assert accepted(procedure="simple").says_no("request_extension") == ("other_procedure", None)
