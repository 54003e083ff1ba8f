"""Hearings: for major and difficult matters; in a re-examination their days are not counted (art. 31, 36)."""

from datetime import date

from tests.support.story import accepted, reexamining, transferred


def test_a_hearing_is_announced_opened_and_closed_with_its_record() -> None:
    story = accepted().does("schedule_hearing", hearing_on=date(2026, 3, 20))
    assert story.facts.hearing_on == date(2026, 3, 20)
    assert story.on("2026-03-20").does("open_hearing").facts.hearing_open
    facts = story.does("close_hearing").facts
    assert (facts.hearing_open, facts.hearing_on) == (False, None)


def test_in_handling_it_stops_no_clock() -> None:
    story = accepted().on("2026-03-20").does("open_hearing")
    assert (story.clock("handle").state, story.clock("handle").due_day) == (
        "running",
        date(2026, 5, 6),
    )


def test_in_a_re_examination_the_clock_stands_still_meanwhile() -> None:
    story = reexamining().by("shenhao")
    assert story.clock("reexamine").due_day == date(2026, 6, 22), "19 to 21 June are days off"
    story.on("2026-06-01").does("open_hearing")
    assert (story.clock("reexamine").state, story.clock("reexamine").due) == ("paused", None)
    story.on("2026-06-03").does("close_hearing")
    assert story.clock("reexamine").due_day == date(2026, 6, 22), "three days more end on the 22nd"


def test_no_decision_while_a_hearing_is_open() -> None:
    story = reexamining().by("shenhao").does("open_hearing")
    assert story.says_no("issue_reexamination_opinion") == ("hearing_open", "31")


def test_one_hearing_at_a_time() -> None:
    assert accepted().says_no("close_hearing") == ("no_hearing", "31")
    assert accepted().does("open_hearing").says_no("open_hearing") == ("hearing_open", "31")


def test_a_hearing_needs_an_accepted_matter() -> None:
    assert transferred().by("lina").says_no("open_hearing") == ("wrong_state", "31")
