"""Correcting a date that was entered wrongly: by its own side, openly, and the clocks are counted anew."""

from datetime import date

import pytest

from tests.support.story import accepted, answered, received, registered, transferred
from xinqiao.rules.refusals import Refused


def test_the_receipt_was_four_days_earlier() -> None:
    story = registered().by("zhaogang").on("2026-03-04")
    story.does("correct_date", entry=1, corrected_date=date(2026, 2, 26))
    assert story.facts.received_on == date(2026, 2, 26)
    assert story.clock("register_and_refer").due_day == date(2026, 3, 13)
    assert [entry.at.day for entry in story.entries][:2] == [2, 2], (
        "the entry itself stays as it was"
    )


def test_the_last_correction_counts() -> None:
    story = registered().by("zhaogang").on("2026-03-04")
    story.does("correct_date", entry=1, corrected_date=date(2026, 2, 26))
    story.does("correct_date", entry=1, corrected_date=date(2026, 2, 27))
    assert story.facts.received_on == date(2026, 2, 27)


def test_a_unit_corrects_its_own_date() -> None:
    story = accepted().by("chenbo").on("2026-03-06")
    story.does("correct_date", entry=4, corrected_date=date(2026, 3, 4))
    assert story.clock("handle").start == date(2026, 3, 4)


def test_a_unit_does_not_move_the_day_on_which_it_was_sent_the_matter() -> None:
    story = accepted().by("chenbo")
    later = {"entry": story.seq_of("transfer"), "corrected_date": date(2026, 3, 5)}
    assert story.says_no("correct_date", **later) == ("date_of_another", None)
    assert story.by("zhaogang").refusal("correct_date", **later) is None


def test_a_date_never_moves_into_the_future() -> None:
    story = accepted().by("chenbo")
    assert (
        story.says_no("correct_date", entry=4, corrected_date=date(2026, 3, 6))[0]
        == "date_in_future"
    )


def test_an_order_that_the_law_does_not_know_is_refused_with_the_laws_words() -> None:
    story = answered().by("chenbo").on("2026-04-11")
    issued = story.seq_of("issue_opinion")
    refusal = story.refusal("correct_date", entry=issued, corrected_date=date(2026, 4, 11))
    assert refusal is not None
    assert refusal.code == "against_the_law"
    assert "送达" in refusal.facts["zh"]


@pytest.mark.parametrize("entry", [2, 99])
def test_only_what_moves_a_clock_has_a_date_to_correct(entry: int) -> None:
    story = registered().by("zhaogang")
    with pytest.raises(Refused, match="nothing_to_correct"):
        story.does("correct_date", entry=entry, corrected_date=date(2026, 3, 1))


def test_only_heads_correct() -> None:
    assert accepted().who_may("correct_date") == {"zhaogang", "chenbo"}
    assert transferred().who_may("correct_date") == {"zhaogang"}
    assert received().who_may("correct_date") == set()
