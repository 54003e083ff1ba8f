"""Conclusion (三级终结): the petitioner's time ran out unused, or three levels have decided (art. 36)."""

from tests.support.story import answered, concluded, reviewed, reviewing
from xinqiao.rules.states import State

#: What a concluded matter still allows: help, execution, word of new contacts, corrections of the record.
NEVER_AGAIN = {
    "accept", "take_up", "transfer", "assign", "report_up", "reply", "submit_opinion", "request_review",
    "request_reexamination", "ask_written_opinion", "open_mediation", "withdraw", "conclude", "register",
}  # fmt: skip


def test_wang_min_concludes_when_the_time_for_review_has_lapsed() -> None:
    story = answered().by("wangmin").on("2026-05-12").does("conclude")
    assert story.state is State.CONCLUDED


def test_not_a_day_before() -> None:
    story = answered().by("wangmin").on("2026-05-11")
    refusal = story.refusal("conclude")
    assert refusal is not None
    assert (refusal.code, refusal.article, refusal.facts["due"]) == (
        "window_still_open",
        "35",
        "2026-05-11",
    )


def test_after_a_review_the_time_for_re_examination_counts() -> None:
    story = reviewed().by("wangmin").on("2026-06-11")
    assert story.says_no("conclude") == ("window_still_open", "36")
    assert story.on("2026-06-12").does("conclude").state is State.CONCLUDED


def test_a_review_under_way_is_not_concluded() -> None:
    assert reviewing().by("wangmin").on("2026-12-01").says_no("conclude") == ("wrong_state", "36")


def test_the_platform_concludes_by_itself_and_the_handling_unit_does_not() -> None:
    assert answered().on("2026-05-12").who_may("conclude") == {"wangmin", "zhaogang", "platform"}


def test_nobody_brings_a_concluded_matter_back_on_the_same_facts() -> None:
    story = concluded()
    for step in NEVER_AGAIN:
        assert story.who_may(step) == set(), step


def test_who_asks_again_is_told_that_the_matter_is_closed() -> None:
    story = concluded().by("petitioner")
    refusal = story.refusal("request_review", to_unit="city-government")
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("matter_closed", {"state": "concluded"})


def test_help_and_word_of_new_letters_remain_possible() -> None:
    story = concluded().by("wangmin")
    assert story.does("give_help").does("add_contact", repeat=True).state is State.CONCLUDED


def test_new_facts_make_a_new_matter_and_leave_this_one_as_it_is() -> None:
    story = concluded().by("wangmin").does("reopen", new_matter=77)
    assert (story.state, story.facts.reopened_as) == (State.CONCLUDED, 77)
    assert story.says_no("reopen") == ("already_reopened", "36")
    assert story.says_no("reopen", new_facts=None) == ("already_reopened", "36")
    assert concluded().by("lina").says_no("reopen") == ("not_yours", "36")
