"""Withdrawing: the petitioner takes the petition back, as long as there is no answer (art. 19)."""

from tests.support.story import accepted, answered, received
from xinqiao.rules.states import State


def test_the_petitioner_takes_it_back_and_nothing_is_owed_any_more() -> None:
    story = accepted().by("petitioner").does("withdraw")
    assert story.state is State.WITHDRAWN
    assert {clock.state for clock in story.clocks if clock.id == "handle"} == {"void"}


def test_the_handling_unit_cannot_take_it_back_for_them() -> None:
    assert accepted().who_may("withdraw") == {"petitioner", "wangmin", "zhaogang"}


def test_an_answer_stands() -> None:
    assert answered().by("petitioner").says_no("withdraw") == ("wrong_state", "19")


def test_even_before_it_is_registered() -> None:
    assert received().by("petitioner").does("withdraw").state is State.WITHDRAWN
