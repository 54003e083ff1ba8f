"""Execution: an opinion that supports the petitioner is carried out, and somebody looks whether it was (art. 32)."""

from tests.support.story import accepted, answered


def test_li_na_records_the_execution_and_wang_min_follows_it_up() -> None:
    story = answered("supported").does("record_execution")
    assert (story.facts.executed, story.facts.execution_confirmed) == (True, None)
    story.by("wangmin").does("follow_up_execution", execution_confirmed=True)
    assert story.facts.execution_confirmed is True


def test_what_is_found_unexecuted_is_to_be_executed_again() -> None:
    story = answered("supported").does("record_execution").by("wangmin")
    story.does("follow_up_execution", execution_confirmed=False)
    assert (story.facts.executed, story.by("lina").refusal("record_execution")) == (False, None)


def test_there_is_nothing_to_execute_without_support() -> None:
    for result in ("explained", "not_supported"):
        assert answered(result).says_no("record_execution") == ("nothing_to_execute", "32")


def test_it_is_recorded_once_and_only_by_the_handling_unit() -> None:
    story = answered("supported")
    assert story.who_may("record_execution") == {"lina", "chenbo"}
    assert story.does("record_execution").says_no("record_execution") == ("already_executed", "32")


def test_nothing_is_executed_before_the_answer() -> None:
    assert accepted().says_no("record_execution") == ("wrong_state", "32")


def test_only_petition_offices_follow_up() -> None:
    assert answered("supported").who_may("follow_up_execution") == {"wangmin", "zhaogang"}
