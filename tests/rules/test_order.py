"""Steps entered late keep the order in which they were built on each other; what runs beside them may come late."""

from datetime import date

from tests.support.story import Story, accepted, registered, transferred


def test_an_acceptance_is_not_dated_before_the_transfer() -> None:
    refusal = transferred().by("lina").refusal("accept", at="2026-03-02 18:00")
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("out_of_order", "23")
    assert refusal.facts == {"later": "accept", "earlier": "transfer", "day": "2026-03-03"}


def test_an_acceptance_entered_late_has_its_own_day() -> None:
    story = transferred().by("lina").on("2026-03-09").does("accept", at="2026-03-05")
    assert story.clock("handle").start == date(2026, 3, 5)


def test_a_correction_does_not_turn_the_order_round() -> None:
    story = accepted().by("zhaogang").on("2026-03-09")
    moved = {"entry": story.seq_of("transfer"), "corrected_date": date(2026, 3, 6)}
    assert story.says_no("correct_date", **moved) == ("out_of_order", "23")


def test_withdrawing_is_not_dated_before_what_was_done() -> None:
    assert accepted().by("petitioner").says_no("withdraw", at="2026-03-04")[0] == "out_of_order"


def test_an_urgent_report_or_a_notice_may_be_entered_late() -> None:
    story: Story = (
        registered().does("notice_urgent").on("2026-03-03").does("transfer", to_unit="city-housing")
    )
    story.does("report_urgent", at="2026-03-02 12:00")
    assert story.clock("urgent_report").state == "met"
    assert (
        story.by("lina").on("2026-03-06").does("accept").refusal("notify", at="2026-03-04") is None
    )
