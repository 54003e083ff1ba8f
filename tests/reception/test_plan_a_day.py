"""Planning a reception day: who may, what fits, cancelling it, naming another leader; whoever booked is told."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.at_work import Desk
from tests.reception.halls import LIU, MONDAY, beijing, opens_hall, plans, slot_ids
from xinqiao.notices.queries import text_of
from xinqiao.outbox.queries import pending
from xinqiao.reception import queries as reception
from xinqiao.reception.days import actions, queries
from xinqiao.reception.models import Day, Window
from xinqiao.rules.reception_days import times
from xinqiao.rules.refusals import Refused

ON_THE_DAY = beijing("2026-03-09 08:50")


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


def test_the_head_of_the_office_plans_and_everybody_may_read_it(desk: Desk) -> None:
    one, _ = opens_hall()
    day = plans(desk, window=one)
    (shown,) = queries.coming(MONDAY)
    assert (shown.id, shown.slots, shown.free, shown.label) == (day, 3, 3, "1")
    assert (shown.opens, shown.closes) == (time(9), time(10, 30))
    account = desk.city.account("wutao")
    assert [found.id for found in reception.next_days(account, MONDAY.date())] == [day]
    assert reception.next_days(account, date(2026, 3, 10)) == []


def test_on_the_day_itself_only_the_times_still_ahead_are_free(desk: Desk) -> None:
    one, _ = opens_hall()
    plans(desk, window=one)
    for at, free in (("08:50", 3), ("09:30", 1), ("10:15", 0)):
        (shown,) = queries.coming(beijing(f"2026-03-09 {at}"))
        assert (shown.slots, shown.free) == (3, free), at


@pytest.mark.parametrize("username", ["wangmin", "lina", "wutao", "dingxia", "sunli"])
def test_others_plan_nothing_in_this_hall(desk: Desk, username: str) -> None:
    one, _ = opens_hall()
    with refused("no_such_hall"):
        plans(desk, window=one, by=username)
    assert not Day.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"day": date(2026, 3, 1)}, "reception_day_not_ahead"),
        ({"day": date(2027, 6, 1)}, "reception_day_not_ahead"),
        ({"published_on": date(2026, 3, 10)}, "published_too_late"),
        ({"spans": [(time(9), time(9, 20))]}, "no_time_fits"),
        ({"spans": []}, "no_time_fits"),
        ({"unit": "city-housing"}, "not_the_head"),
        ({"leader": 0}, "not_the_head"),
        ({"window": 987654}, "no_such_hall"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_kept(
    desk: Desk, said: dict[str, Any], code: str
) -> None:
    one, _ = opens_hall()
    value = {"window": one} | {key: value for key, value in said.items() if key != "day"}
    with refused(code):
        plans(desk, day=str(said.get("day", "2026-03-09")), **value)
    assert not Day.objects.exists()


def test_a_leader_is_at_one_desk_and_a_desk_has_one_leader(desk: Desk) -> None:
    one, two = opens_hall()
    plans(desk, window=one)
    with refused("leader_receives_then"):
        plans(desk, window=two)
    other = {"leader": desk.city.account("chenbo"), "unit": "city-housing"}
    with refused("desk_taken_then"):
        plans(desk, window=one, **other)
    assert plans(desk, window=two, **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Day.objects.create(
            window=Window.objects.get(pk=one), day=date(2026, 3, 9), leader=1, unit="x", minutes=10,
            published_on=date(2026, 3, 9),
        )  # fmt: skip


def test_what_is_not_public_yet_only_the_office_and_the_leader_see(desk: Desk) -> None:
    one, _ = opens_hall()
    plans(desk, window=one, published_on=date(2026, 3, 6))
    assert queries.coming(MONDAY) == []
    assert len(queries.coming(beijing("2026-03-06 00:01"))) == 1
    span = (date(2026, 3, 1), date(2026, 3, 31))
    seen = {
        name: len(queries.between(desk.city.person(name), *span, MONDAY))
        for name in ("wangmin", "zhaogang", "malin", "wutao", "lina", "dingxia")
    }
    assert seen == {"wangmin": 1, "zhaogang": 1, "malin": 1, "wutao": 1, "lina": 0, "dingxia": 0}


def test_a_cancelled_day_stays_in_the_list_and_tells_who_booked(desk: Desk) -> None:
    one, _ = opens_hall()
    day = plans(desk, window=one)
    slip = actions.book(slot_ids(day)[0], LIU, now=MONDAY)
    told = actions.cancel(day, "参加防汛会议", by=desk.city.person("zhaogang"), now=MONDAY)
    assert told == 1
    (shown,) = queries.coming(MONDAY)
    assert shown.cancel_reason == "参加防汛会议" and shown.cancelled_at == MONDAY
    (message,) = pending()
    words = text_of(message)
    assert slip.number in words and "2026年3月9日" in words and "取消" in words
    assert "/reception/booking/" in words and "刘" not in words and "住房" not in words
    with refused("reception_cancelled"):
        actions.book(slot_ids(day)[1], LIU, now=MONDAY)
    with refused("reception_cancelled"):
        actions.cancel(day, "再取消", by=desk.city.person("zhaogang"), now=MONDAY)
    assert plans(desk, window=one), "the desk is free again"


def test_another_leader_receives_and_bookings_stand(desk: Desk) -> None:
    one, two = opens_hall()
    day = plans(desk, window=one)
    actions.book(slot_ids(day)[0], LIU, now=MONDAY)
    keeper, chenbo = desk.city.person("zhaogang"), desk.city.account("chenbo")
    assert actions.replace(day, chenbo, "city-housing", by=keeper, now=MONDAY) == 1
    (shown,) = queries.coming(MONDAY)
    assert (shown.leader, shown.unit, shown.replaced) == (
        chenbo,
        "city-housing",
        desk.city.account("wutao"),
    )
    assert shown.given == 1 and "换了一位领导" in text_of(pending()[0])
    other = plans(desk, window=two)
    with refused("leader_receives_then"):
        actions.replace(other, chenbo, "city-housing", by=keeper, now=MONDAY)
    assert queries.published(other, MONDAY).unit == "city-government"  # type: ignore[union-attr]


@pytest.mark.parametrize("username", ["wangmin", "wutao", "lina", "dingxia"])
def test_only_keepers_cancel_or_replace(desk: Desk, username: str) -> None:
    one, _ = opens_hall()
    day = plans(desk, window=one)
    by = desk.city.person(username)
    with refused("no_such_day"):
        actions.cancel(day, "不想来", by=by, now=MONDAY)
    with refused("no_such_day"):
        actions.replace(day, desk.city.account("chenbo"), "city-housing", by=by, now=MONDAY)


def test_a_day_that_is_over_is_not_changed(desk: Desk) -> None:
    one, _ = opens_hall()
    day = plans(desk, window=one)
    with refused("day_is_past"):
        actions.cancel(day, "忘了", by=desk.city.person("zhaogang"), now=MONDAY + timedelta(days=8))


minutes = st.integers(0, 24 * 60 - 1)
spans = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1])


@given(spans, st.sampled_from([10, 15, 20, 30, 45, 60]))
def test_times_lie_one_after_another_within_the_hours(span: tuple[int, int], length: int) -> None:
    first, last = span
    found = times([(time(first // 60, first % 60), time(last // 60, last % 60))], length)
    begun = [one.hour * 60 + one.minute for one in found]
    assert begun == list(range(first, last - length + 1, length))
