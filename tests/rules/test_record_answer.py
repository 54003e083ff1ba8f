"""An answer given before the platform kept the matter: recorded as it was, with the dates it had (art. 34)."""

from datetime import date

from tests.support.story import received, registered
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.states import State


def test_the_answer_stands_with_its_dates() -> None:
    story = received("2024-03-01").does("register").by(SYSTEM).on("2024-06-03")
    story.does("record_answer", at="2024-05-06", accepted_on=date(2024, 3, 11))
    assert story.state is State.ANSWERED
    clock = story.clock("handle")
    assert (clock.start, clock.met_on, clock.state) == (date(2024, 3, 11), date(2024, 5, 6), "met")


def test_an_unknown_day_of_acceptance_is_the_day_of_receipt() -> None:
    story = received("2024-03-01").does("register").by(SYSTEM).on("2024-06-03")
    story.does("record_answer", at="2024-05-06")
    clock = story.clock("handle")
    assert (clock.start, clock.state) == (date(2024, 3, 1), "late")


def test_nobody_records_one_by_hand() -> None:
    assert registered().who_may("record_answer") == {"platform"}
