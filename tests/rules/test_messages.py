"""Which step is told in a message: no step forgotten, no word too much, each with its Chinese."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.story import accepted, answered, received, reviewing
from xinqiao.law.provisions import newest
from xinqiao.rules.facts import Facts
from xinqiao.rules.glossary import label, words
from xinqiao.rules.messages import (
    MESSAGES,
    OF_BOOKINGS,
    OTHERS,
    SILENT,
    Message,
    day_of,
    message_after,
)
from xinqiao.rules.table import STEPS

FACTS = {"number", "day", "address", "link"}


def test_every_step_is_told_or_silent_and_none_both() -> None:
    assert MESSAGES.keys() | SILENT == STEPS.keys()
    assert MESSAGES.keys() & SILENT == set()


def test_the_hot_path_promises_nothing() -> None:
    assert message_after("receive", Facts()) is None
    assert message_after("add_contact", Facts()) is None


@pytest.mark.parametrize(
    ("channel", "told"), [("letter", True), ("call", True), ("visit", False), ("online", False)]
)
def test_registration_is_told_to_whom_has_no_receipt(channel: str, told: bool) -> None:
    facts = received(channel=channel).facts
    assert (message_after("register", facts) is not None) == told


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_each_has_words_with_its_number_and_with_a_date_where_one_may_stand(
    message: Message,
) -> None:
    codes = [message.code]
    if message.clocks or message.day_field:
        codes.append(f"{message.code}:by")
    for code in codes:
        for language in ("zh-hans", "en"):
            parts = string.Formatter().parse(label("message", code, language))
            named = {name for _, name, *_ in parts if name}
            assert named == ({"number", "day"} if code.endswith(":by") else {"number"})


def test_no_word_of_the_glossary_is_left_over() -> None:
    used = {one.code for one in MESSAGES.values()}
    kept = {code.removesuffix(":by") for code in words()["message"]}
    assert kept == used | OTHERS | OF_BOOKINGS | {"look_up", "look_up_booking", "rate"}


@pytest.mark.parametrize("word", ["信访", "举报", "检举", "控告", "申诉", "petition", "report"])
def test_on_a_locked_screen_nothing_says_what_it_is_about(word: str) -> None:
    for one in words()["message"].values():
        assert word not in one.zh
        assert word not in one.en.lower()


def stored(story: object) -> list[dict[str, object]]:
    return [one.as_dict() for one in story.clocks]  # type: ignore[attr-defined]


def test_the_day_is_that_of_the_running_clock() -> None:
    assert day_of(MESSAGES["accept"], stored(accepted()), {}) == "2026-05-06"
    assert day_of(MESSAGES["deliver_opinion"], stored(answered()), {}) == "2026-05-11"
    assert day_of(MESSAGES["request_review"], stored(reviewing()), {}) == "2026-05-20"


def test_a_clock_that_was_met_gives_no_day() -> None:
    assert day_of(MESSAGES["accept"], stored(answered()), {}) == ""


def test_a_hearing_is_told_with_its_own_day() -> None:
    assert day_of(MESSAGES["schedule_hearing"], [], {"hearing_on": "2026-04-01"}) == "2026-04-01"


LIMITS = sorted(newest().editions[-1].limits)
CLOCK = st.fixed_dictionaries({
    "id": st.sampled_from(LIMITS),
    "due": st.none() | st.dates().map(str) | st.datetimes().map(lambda due: due.isoformat()),
    "met_on": st.none() | st.dates().map(str),
})  # fmt: skip


def test_the_table_names_clocks_of_the_law() -> None:
    assert {name for one in MESSAGES.values() for name in one.clocks} <= set(LIMITS)


@given(st.sampled_from(sorted(MESSAGES)), st.lists(CLOCK, max_size=8))
def test_whatever_clocks_run_the_day_is_none_or_that_of_one_that_is_not_met(
    step: str, clocks: list[dict[str, str | None]]
) -> None:
    day = day_of(MESSAGES[step], clocks, {})
    running = {str(one["due"])[:10] for one in clocks if one["due"] and one["met_on"] is None}
    assert day == "" or day in running
