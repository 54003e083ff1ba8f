"""Booking a time without an account: given once, opened by number and code alone, forgotten after the day."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.desk.at_work import Desk
from tests.reception.halls import LIU, MONDAY, beijing, opens_hall, plans, slot_ids
from tests.support.city_database import forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.people import queries as people
from xinqiao.people.models import DataKey, Petitioner
from xinqiao.people.values import PersonInput
from xinqiao.reception import actions as halls
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import Slip, SlotState
from xinqiao.reception.jobs import forget_past_bookings
from xinqiao.reception.models import Booking
from xinqiao.rules.refusals import Refused

EARLY, NINE = beijing("2026-03-09 08:40"), beijing("2026-03-09 09:01")


@pytest.fixture
def day(desk: Desk) -> int:
    one, _ = opens_hall()
    return plans(desk, window=one)


def books(day: int, which: int = 0, now: datetime = MONDAY, **more: Any) -> Slip:
    return actions.book(slot_ids(day, MONDAY)[which], LIU, now=now, **more)


def test_number_and_code_open_the_booking_and_nothing_of_the_person(desk: Desk, day: int) -> None:
    slip = books(day, about=" 20260317 482915 6", category="housing", heads=3)
    found = queries.booking_by_code(slip.number.replace("-", ""), f" {slip.code.lower()} ")
    assert found and (found.number, found.heads, found.day.id) == (slip.number, 3, day)
    assert "刘" not in repr(found) and LIU.phone not in repr(found)
    assert queries.booking_by_code(slip.number, "AAAAAAAA") is None
    assert queries.booking_by_code("x", slip.code) is None
    assert queries.booking_by_code("", "") is None
    stored = Booking.objects.get()
    assert slip.code not in stored.code_mac and (stored.category, stored.heads) == ("housing", 3)


def test_who_runs_the_day_sees_them_masked(desk: Desk, day: int) -> None:
    books(day)
    shown = queries.published(day, MONDAY)
    assert shown
    seen = {
        name: queries.runs(desk.city.person(name), shown)
        for name in ("wangmin", "wutao", "lina", "malin")
    }
    assert seen == {"wangmin": True, "wutao": True, "lina": False, "malin": False}
    first, *rest = queries.times_of(shown, MONDAY)
    assert first.state is SlotState.BOOKED and first.who
    assert "刘芳" not in first.who.name and "1395550" not in first.who.phone
    assert [one.state for one in rest] == [SlotState.FREE, SlotState.FREE]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"who": PersonInput(name="", phone="13955501234")}, "field_missing"),
        ({"who": PersonInput(name="刘芳", phone="")}, "field_missing"),
        ({"who": PersonInput(name="刘芳", phone="12")}, "phone_"),
        ({"heads": 6}, "field_wrong"),
        ({"heads": 0}, "field_wrong"),
        ({"category": "nonsense"}, "field_wrong"),
        ({"now": beijing("2026-03-09 09:00")}, "time_is_past"),
    ],
)
def test_bad_input_books_nothing(desk: Desk, day: int, said: dict[str, Any], code: str) -> None:
    value = {"who": LIU, "now": MONDAY} | said
    with pytest.raises(Refused, match=code):
        actions.book(slot_ids(day)[0], value.pop("who"), **value)
    assert not Booking.objects.exists() and not Petitioner.objects.exists()


def test_a_time_that_is_taken_is_given_to_nobody_else(desk: Desk, day: int) -> None:
    books(day)
    with pytest.raises(Refused, match="time_is_taken"):
        books(day)
    with pytest.raises(Refused, match="no_such_time"):
        actions.book(987654, LIU, now=MONDAY)
    slot = Booking.objects.get().slot
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(slot=slot, made_at=MONDAY)


def test_given_back_it_is_free_and_who_it_was_is_forgotten(desk: Desk, day: int) -> None:
    slip = books(day)
    with pytest.raises(Refused, match="not_found"):
        actions.give_back(slip.number, "AAAAAAAA", now=MONDAY)
    assert actions.give_back(slip.number, slip.code, now=MONDAY)
    assert not actions.give_back(slip.number, slip.code, now=MONDAY)
    assert not DataKey.objects.exists() and Petitioner.objects.get().forgotten_at == MONDAY
    assert books(day).number != slip.number


def test_two_bookings_of_one_person_have_nothing_in_common(desk: Desk, day: int) -> None:
    """No list, no count, no search by person: the two cards share no value by which they could be put together."""
    books(day, 0)
    books(day, 1)
    assert people.same_person(LIU) == []
    one, two = Petitioner.objects.order_by("id").values()
    for name in ("name_index", "id_number_index", "phone_index", "card_index"):
        assert one[name] == two[name] == ""
    for name in ("name_sealed", "phone_sealed"):
        assert bytes(one[name]) != bytes(two[name])
    rows = list(Booking.objects.values("card", "number", "code_mac"))
    assert all(rows[0][name] != rows[1][name] for name in rows[0])


def test_the_tables_hold_no_person_in_clear() -> None:
    """Names, phones, addresses and opinions have no column; who booked is a reference that is cut after the day."""
    allowed_text = {
        "number",
        "code_mac",
        "category",
        "about",
        "topics",
        "topics_en",
        "unit",
        "cancel_reason",
    }
    for model in ("Day", "Slot", "Booking"):
        for field in apps.get_model("reception", model)._meta.get_fields():
            if field.concrete and field.get_internal_type() in ("CharField", "TextField"):
                assert field.name in allowed_text, f"{model}.{field.name}"
            assert not re.search(r"name|phone|address|note|score|level|risk|person", field.name)


def test_a_month_after_the_day_nobody_can_tell_who_booked(desk: Desk, day: int) -> None:
    books(day, category="housing", about="20260317-482915-6")
    assert forget_past_bookings(MONDAY + timedelta(days=37)) == 0
    assert forget_past_bookings(MONDAY + timedelta(days=38)) == 1
    assert forget_past_bookings(MONDAY + timedelta(days=38)) == 0
    row = Booking.objects.get()
    assert (row.card, row.category, row.about) == (None, "", "") and row.forgotten_at
    assert not DataKey.objects.exists()


def test_on_the_day_who_booked_is_called_by_that_time(desk: Desk, day: int) -> None:
    """The first walk-in came before, but 9:00 was booked: 9:00, then the walk-ins' times, then who has none."""
    wangmin = desk.city.person("wangmin")
    books(day, 0)
    booking = Booking.objects.get().pk
    with pytest.raises(Refused, match="not_that_day"):
        actions.arrive(booking, by=wangmin, now=MONDAY)
    walk = actions.walk_in(day, by=wangmin, now=EARLY)
    came = actions.arrive(booking, by=wangmin, now=EARLY + timedelta(minutes=5))
    again = actions.arrive(booking, by=wangmin, now=EARLY + timedelta(minutes=6))
    assert (walk.number, came.number, again.id) == (1, 2, came.id)
    actions.walk_in(day, by=wangmin, now=EARLY)
    extra = actions.walk_in(day, by=wangmin, now=NINE)
    halls.give_number("east", EARLY)  # for any desk: not for the leader's
    shown = queries.one(wangmin, day, NINE)
    assert shown and shown.free == 0
    order = []
    for _ in range(4):
        called = halls.call_next(shown.window, by=wangmin, now=NINE)
        assert called
        order.append(called.number)
        halls.close_with_contact(called.id, 7, by=wangmin, now=NINE)
    assert order == [came.number, walk.number, 3, extra.number]
    assert halls.call_next(shown.window, by=wangmin, now=NINE) is None
    assert {one.state for one in queries.times_of(shown, NINE)} == {SlotState.RECEIVED}


@pytest.mark.parametrize("username", ["lina", "sunli", "dingxia", "malin"])
def test_who_does_not_run_the_day_lets_nobody_in(desk: Desk, day: int, username: str) -> None:
    books(day)
    by = desk.city.person(username)
    with pytest.raises(Refused, match="no_such_day"):
        actions.arrive(Booking.objects.get().pk, by=by, now=EARLY)
    with pytest.raises(Refused, match="no_such_day"):
        actions.walk_in(day, by=by, now=EARLY)


@pytest.mark.usefixtures("committed_db")
def test_many_at_once_book_a_time_and_one_gets_it() -> None:
    forget_cached_directory()
    desk = Desk(load_city())
    one, _ = opens_hall()
    slots = slot_ids(plans(desk, window=one))
    answers = together([
        lambda slot=slot: actions.book(slot, LIU, now=MONDAY) for slot in slots for _ in range(8)
    ])  # fmt: skip
    won = [one for one in answers if isinstance(one, Slip)]
    lost = [one.refusal.code for one in answers if isinstance(one, Refused)]
    assert len(won) == len(slots) and len({slip.number for slip in won}) == len(slots)
    assert lost == ["time_is_taken"] * (8 * len(slots) - len(slots))
    assert Booking.objects.count() == Petitioner.objects.count() == len(slots)
