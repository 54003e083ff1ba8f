"""Major and urgent matters: reported at once, at the latest within four hours (art. 25)."""

from tests.support.story import received, registered, transferred


def test_four_hours_run_from_the_notice_days_off_or_not() -> None:
    story = received("2026-02-21 21:00").on("2026-02-21 22:00").does("notice_urgent")
    clock = story.clock("urgent_report")
    assert (str(clock.due), clock.article) == ("2026-02-22 02:00:00+08:00", "25")


def test_reporting_meets_it() -> None:
    story = registered().does("notice_urgent").does("report_urgent")
    assert story.facts.urgent_reported
    assert story.clock("urgent_report").state == "met"


def test_it_is_marked_once_and_reported_once() -> None:
    story = registered()
    assert story.says_no("report_urgent") == ("not_urgent", "25")
    assert story.does("notice_urgent").says_no("notice_urgent") == ("already_urgent", "25")
    assert story.does("report_urgent").says_no("report_urgent") == ("already_reported", "25")


def test_whoever_has_to_do_with_it_may_notice() -> None:
    assert transferred().who_may("notice_urgent") == {
        "wangmin",
        "zhaogang",
        "lina",
        "chenbo",
        "platform",
    }
