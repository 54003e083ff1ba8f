"""Replying in writing: closes everything but an ordinary claim, which needs a handling opinion (art. 22, 32)."""

from tests.support.story import accepted, registered, transferred
from xinqiao.rules.states import State


def test_the_office_answers_what_it_can_answer_itself() -> None:
    story = registered(kind="suggestion").does("reply", adopted=True)
    assert (story.state, story.clock("register_and_refer").state) == (State.REPLIED, "met")


def test_a_simple_matter_is_closed_by_a_reply() -> None:
    story = accepted(procedure="simple").does("reply")
    assert (story.state, story.clock("simple_handle").state) == (State.REPLIED, "met")


def test_an_ordinary_claim_needs_an_opinion() -> None:
    assert accepted().says_no("reply") == ("opinion_needed", "32")


def test_what_was_taken_up_is_closed_by_a_reply() -> None:
    assert transferred(path="duty").by("lina").does("take_up").does("reply").state is State.REPLIED


def test_after_a_simple_reply_a_written_opinion_can_be_asked_for() -> None:
    story = accepted(procedure="simple").does("reply")
    assert story.who_may("ask_written_opinion") == {"petitioner", "lina", "chenbo"}
    story.by("petitioner").does("ask_written_opinion")
    story.by("lina").does("submit_opinion").by("chenbo").does("issue_opinion")
    assert story.by("lina").does("deliver_opinion").clock("request_review").state == "open"


def test_a_reply_of_the_office_gives_no_right_to_a_written_opinion() -> None:
    story = registered().does("reply").by("petitioner")
    assert story.says_no("ask_written_opinion") == ("other_procedure", None)


def test_only_who_holds_it_replies() -> None:
    assert accepted(procedure="simple").who_may("reply") == {"lina", "chenbo"}
