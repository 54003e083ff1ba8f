"""Asking for clocks: by day, by instant, for a worklist; and what a caller must not leave out."""

from datetime import UTC, date, datetime

import pytest

from tests.law.ledgers import event, events
from xinqiao.law.calendar import published
from xinqiao.law.clocks import ClockState, clocks, legal_next
from xinqiao.law.errors import BadEvent
from xinqiao.law.events import Event, EventType
from xinqiao.law.limits import Owner

URGENT = events("2026-05-06 08:00 received by=organ", "2026-05-06 08:30 urgent_noticed")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (at("2026-05-06T12:30:00"), ClockState.RUNNING),
        (at("2026-05-06T12:30:01"), ClockState.OVERDUE),
        (date(2026, 5, 6), ClockState.RUNNING),
        (date(2026, 5, 7), ClockState.OVERDUE),
    ],
)
def test_an_instant_is_compared_to_the_minute_and_a_day_as_a_day(moment, state):
    assert clocks(URGENT, moment, calendar=published())[-1].state is state


def test_an_instant_hides_what_comes_later_on_the_same_day():
    found = clocks(URGENT, at("2026-05-06T08:29:59"), calendar=published())
    assert [clock.id for clock in found] == ["notify_direct"]


def test_an_instant_in_another_zone_is_the_same_instant():
    found = clocks(URGENT, datetime(2026, 5, 6, 4, 30, tzinfo=UTC), calendar=published())
    assert found[-1].state is ClockState.RUNNING


def test_before_receipt_there_are_no_clocks():
    assert clocks(URGENT, date(2026, 5, 5), calendar=published()) == []


def test_a_time_without_zone_is_no_event():
    with pytest.raises(BadEvent) as refusal:
        Event(type=EventType.RECEIVED, at=datetime.fromisoformat("2026-05-06T09:00:00"))
    assert refusal.value.code == "event_naive"


def test_a_ledger_without_receipt_is_refused():
    with pytest.raises(BadEvent) as refusal:
        clocks([event("2026-05-06 08:00 notified")], date(2026, 5, 6), calendar=published())
    assert refusal.value.code == "ledger_no_receipt"
    assert "22" in refusal.value.say("zh")


def test_a_worklist_shows_the_oldest_overdue_duty_first_and_no_window():
    ledger = events(
        "2026-03-02 09:00 received by=petition_office",
        "2026-03-03 09:00 referred mode=assign report_by=2026-04-10",
    )
    found = clocks(ledger, date(2026, 3, 4), calendar=published())
    assert (legal_next(found).id, legal_next(found).owner) == (
        "notify_referred",
        Owner.HANDLING_UNIT,
    )
    found = clocks(ledger, date(2026, 3, 30), calendar=published())
    assert (legal_next(found).id, legal_next(found).state) == ("notify_referred", "overdue")


def test_a_petitioners_window_is_nobodys_next_duty():
    ledger = events(
        "2026-03-02 09:00 received by=organ",
        "2026-03-02 10:00 accepted procedure=ordinary",
        "2026-03-03 09:00 opinion_issued",
        "2026-03-03 10:00 opinion_delivered",
    )
    assert legal_next(clocks(ledger, date(2026, 3, 4), calendar=published())) is None


def test_an_extension_that_came_too_late_is_counted_and_called_late():
    ledger = events(
        "2026-03-02 09:00 received by=organ",
        "2026-03-02 10:00 accepted procedure=ordinary",
        "2026-05-13 09:00 extended days=10",
    )
    handling = clocks(ledger, date(2026, 5, 13), calendar=published())[-1]
    assert handling.due == date(2026, 5, 11)
    assert handling.state is ClockState.OVERDUE
    assert [reason.code for reason in handling.why] == ["period_changed", "extended_late"]


def test_the_explanation_of_a_date_names_the_article_the_days_off_and_the_roll():
    ledger = events(
        "2026-01-31 09:00 received by=petition_office",
        "2026-02-12 09:00 referred mode=transfer",
    )
    register, _, window = clocks(ledger, date(2026, 2, 12), calendar=published())
    assert register.as_dict("zh")["why"] == [
        "《信访工作条例》第22条：自信访部门收到信访事项之日起15日内登记并转送、交办、上报或者答复；"
        "2026-01-31为第0日，第15日为2026-02-15。",
        "《民法典》第203条：最后一日2026-02-15（周日，春节放假）是休息日，顺延至2026-02-24。",
    ]
    assert [reason.code for reason in window.why] == ["period_working_days", "skipped"]
    assert "2026-02-23（周一，春节放假）" in window.as_dict("zh")["why"][1]
    assert "2026-02-14" not in window.as_dict("zh")["why"][1]
