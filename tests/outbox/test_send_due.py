"""The post round: nothing lost, nothing given up, and a stop in between only means once more."""

import logging
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.outbox.messages import CITY_DESK, NOW, promise
from tests.outbox.post import BUSY, Post
from xinqiao.outbox import jobs
from xinqiao.outbox.jobs import FIRST_WAIT, LONGEST_WAIT, Round, send_due, wait_after
from xinqiao.outbox.queries import lag, on_desks, pending

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def test_what_is_due_is_sent_once(post: Post) -> None:
    promise("receipt/1")
    promise("receipt/2")
    assert send_due(NOW) == Round(sent=2)
    assert send_due(NOW + HOUR) == Round()
    assert post.keys == ["receipt/1", "receipt/2"]
    assert pending() == []


def test_what_is_due_later_waits(post: Post) -> None:
    promise("reminder/1", due_at=NOW + HOUR)
    assert send_due(NOW) == Round()
    assert send_due(NOW + HOUR) == Round(sent=1)


def test_a_round_that_runs_late_sends_the_longest_waiting_first(post: Post) -> None:
    promise("second", due_at=NOW + HOUR)
    promise("first", due_at=NOW)
    assert send_due(NOW + 24 * HOUR).sent == 2
    assert post.keys == ["first", "second"]


def test_a_long_queue_is_sent_in_several_rounds(post: Post) -> None:
    for number in range(5):
        promise(f"receipt/{number}")
    with patch.object(jobs, "AT_ONCE", 2):
        assert [send_due(NOW).sent for _ in range(4)] == [2, 2, 1, 0]
    assert len(set(post.keys)) == 5


def test_what_fails_is_tried_again_later_under_the_same_key(post: Post) -> None:
    promise("receipt/1")
    post.trouble = BUSY
    assert send_due(NOW) == Round(failed=1)
    (message,) = pending()
    assert (message.attempts, message.last_error) == (1, "gateway_busy")
    post.trouble = None
    assert send_due(NOW + FIRST_WAIT / 2) == Round()
    assert send_due(NOW + FIRST_WAIT) == Round(sent=1)
    assert post.keys == ["receipt/1"]


def test_nothing_is_given_up_however_long_it_fails(post: Post) -> None:
    promise("receipt/1")
    post.trouble = BUSY
    for day in range(30):
        assert send_due(NOW + timedelta(days=day)).failed == 1
    post.trouble = None
    assert send_due(NOW + timedelta(days=30)).sent == 1


def test_a_stop_between_sending_and_noting_it_sends_again(post: Post) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    promise("receipt/1")
    post.afterwards = stop
    with pytest.raises(KeyboardInterrupt):
        send_due(NOW)
    assert len(pending()) == 1
    assert send_due(NOW + FIRST_WAIT) == Round(sent=1)
    assert post.keys == ["receipt/1", "receipt/1"]


def test_of_two_workers_at_once_each_message_is_taken_by_one(post: Post) -> None:
    promise("receipt/1")
    promise("receipt/2")
    other_worker: list[Round] = []
    post.afterwards = lambda: other_worker.append(send_due(NOW))
    assert send_due(NOW) == Round(sent=1, left_to_others=1)
    assert other_worker == [Round(sent=1)]
    assert post.keys == ["receipt/1", "receipt/2"]


def test_one_bad_message_holds_up_no_other(post: Post) -> None:
    promise("bad")
    promise("good")
    post.trouble, post.trouble_with = BUSY, "bad"
    assert send_due(NOW) == Round(sent=1, failed=1)
    assert post.keys == ["good"]


def test_the_error_of_a_sender_is_kept_and_logged_without_its_words(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    promise("receipt/1")
    post.trouble = ConnectionError("cannot reach 13800001234")
    with caplog.at_level(logging.INFO):
        send_due(NOW)
    assert [message.last_error for message in pending()] == ["ConnectionError"]
    assert "ConnectionError" in caplog.text
    assert "13800001234" not in caplog.text


def test_a_message_for_a_desk_lies_there_without_a_sender(post: Post) -> None:
    promise("returned/1", to=CITY_DESK)
    promise("returned/2", to=CITY_DESK, due_at=NOW + HOUR)
    post.trouble = BUSY
    assert send_due(NOW) == Round(sent=1)
    assert [message.key for message in on_desks(["city-petition"], NOW)] == ["returned/1"]
    assert [message.key for message in on_desks(["city-petition"], NOW + HOUR)] == [
        "returned/2",
        "returned/1",
    ]
    assert on_desks(["city-housing"], NOW) == on_desks([], NOW) == []


def test_the_lag_is_that_of_the_oldest_message_due(post: Post) -> None:
    assert lag(NOW) == timedelta(0)
    promise("old")
    promise("new", due_at=NOW + HOUR)
    promise("not yet", due_at=NOW + 9 * HOUR)
    assert lag(NOW + 2 * HOUR) == 2 * HOUR
    post.trouble = BUSY
    send_due(NOW + 2 * HOUR)
    assert lag(NOW + 3 * HOUR) == 3 * HOUR
    post.trouble = None
    send_due(NOW + 4 * HOUR)
    assert lag(NOW + 4 * HOUR) == timedelta(0)


def test_without_a_sender_named_a_line_is_written(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    del settings.XINQIAO_SENDER
    number = promise("receipt/1")
    with caplog.at_level(logging.INFO, logger="xinqiao"):
        assert send_due(NOW) == Round(sent=1)
    assert [record.getMessage() for record in caplog.records] == [
        f"receipt {number} by sms, key receipt/1"
    ]


def test_a_sender_that_is_not_there_is_told_and_nothing_lost(settings: Settings) -> None:
    settings.XINQIAO_SENDER = "no.such.sender"
    promise("receipt/1")
    with pytest.raises(ImproperlyConfigured, match=r"XINQIAO_SENDER .* set it"):
        send_due(NOW)
    assert [message.attempts for message in pending()] == [0]


@given(attempts=st.integers(1, 10_000))
def test_waits_grow_and_stay_bearable(attempts: int) -> None:
    assert FIRST_WAIT <= wait_after(attempts) <= wait_after(attempts + 1) <= LONGEST_WAIT
