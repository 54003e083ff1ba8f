"""Accepting: a claim of the sixth path begins its sixty days; other kinds are taken up (art. 30, 31, 34)."""

from datetime import date

import pytest

from tests.support.story import accepted, received, registered, transferred
from xinqiao.rules.states import OUTSIDE_PATHS, State


def test_li_na_accepts_and_has_sixty_days() -> None:
    story = accepted()
    assert (story.state, story.facts.procedure, story.facts.notified) == (
        State.ACCEPTED,
        "ordinary",
        True,
    )
    assert story.clock("handle").due_day == date(2026, 5, 6), "3 to 5 May are days off"
    assert story.clock("notify_referred").state == "met"


def test_in_the_simple_procedure_she_has_ten_working_days() -> None:
    story = accepted(procedure="simple")
    assert story.clock("simple_handle").due_day == date(2026, 3, 19)
    assert "handle" not in [clock.id for clock in story.clocks]


def test_only_the_unit_it_was_sent_to_accepts() -> None:
    assert transferred().who_may("accept") == {"lina", "chenbo"}


def test_a_petition_office_accepts_nothing_itself() -> None:
    assert registered().says_no("accept") == ("petition_office_refers", "22")


def test_an_organ_that_received_it_accepts_by_itself() -> None:
    story = received(by="lina", received_by="organ").does("register").does("accept")
    assert (story.facts.handler, story.clock("notify_direct").state) == ("city-housing", "met")


@pytest.mark.parametrize("path", sorted([*OUTSIDE_PATHS, "duty"]))
def test_another_path_is_not_accepted(path: str) -> None:
    story = transferred(path=path).by("lina")
    refusal = story.button("accept")
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts) == (
        "not_petition_path",
        "31",
        {"path": path},
    )


def test_a_wrong_path_is_put_right_on_acceptance() -> None:
    story = transferred(path="duty").by("lina").does("reclassify", path="petition").does("accept")
    assert story.facts.path == "petition"


def test_it_is_accepted_once() -> None:
    assert accepted().says_no("accept") == ("wrong_state", "23")


@pytest.mark.parametrize("kind", ["suggestion", "report"])
def test_other_kinds_are_taken_up_instead(kind: str) -> None:
    story = received(by="xujing", received_by="organ").does("register", kind=kind)
    assert story.says_no("accept") == ("wrong_kind", "23")
    assert story.does("take_up").facts.procedure == "study"


def test_a_duty_is_taken_up_and_a_claim_of_the_sixth_path_is_not() -> None:
    assert transferred(path="duty").by("lina").does("take_up").state is State.ACCEPTED
    assert transferred(path="petition").by("lina").says_no("take_up") == ("accept_instead", "31")
