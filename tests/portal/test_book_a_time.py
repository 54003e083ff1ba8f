"""Booking a time with a leader on the portal: no account, a slip in the hand, given back by whoever holds it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.reception.halls import opens_hall
from tests.support.city_database import City
from xinqiao.people.models import DataKey
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayInput
from xinqiao.reception.models import Booking

DAYS, BOOKING = reverse("portal:reception_days"), reverse("portal:booking")
LIU = {"name": "刘芳", "phone": "13955501234", "heads": "2", "category": "housing", "about": ""}


@pytest.fixture
def day(city: City) -> int:
    cache.clear()
    window, _ = opens_hall()
    return plans(Desk(city), window)


def plans(desk: Desk, window: int, days: int = 3, **more: Any) -> int:
    """Wu Tao receives in three days, from nine to half past ten, on housing."""
    on = timezone.localdate() + timedelta(days=days)
    nine = timezone.datetime(2000, 1, 1, 9).time()
    value: dict[str, Any] = {
        "leader": desk.city.account("wutao"), "unit": "city-government", "window": window, "day": on, "minutes": 30,
        "spans": [(nine, nine.replace(hour=10, minute=30))], "published_on": timezone.localdate(), "topics": "住房",
    } | more  # fmt: skip
    return actions.plan(DayInput(**value), by=desk.city.person("zhaogang"), now=timezone.now())


def slots(day: int) -> list[int]:
    found = queries.published(day, timezone.now())
    assert found
    return [one.id for one in queries.slots(found, timezone.now())]


def book(client: Client, slot: int, **more: str) -> Any:
    return client.post(reverse("portal:book_time", args=[slot]), LIU | more, follow=True)


def code_in(html: str) -> tuple[str, str]:
    """Booking number and code as the slip shows them."""
    number = re.search(r"\d{8}-\d{6}-\d", html)
    code = re.search(r">([2-9A-HJ-NP-Z]{8})<", html)
    assert number and code
    return number[0], code[1]


def test_who_receives_when_and_where_on_what(day: int) -> None:
    html = Client().get(DAYS).content.decode()
    for words in ("吴涛", "住房", "东院接待大厅", "09:00–10:30", "还有 3 个时段可约"):
        assert words in html, words
    english = Client().get(DAYS, headers={"Accept-Language": "en"}).content.decode()
    assert "3 times free" in english and "East hall" in english


def test_booked_with_a_slip_and_opened_again_elsewhere(day: int) -> None:
    first = Client()
    html = book(first, slots(day)[0]).content.decode()
    number, code = code_in(html)
    assert "预约成功" in html and "刘芳" not in html and "13955501234" not in html
    other = Client()
    opened = other.post(
        BOOKING, {"number": number.replace("-", " "), "code": code.lower()}, follow=True
    )
    assert number in opened.content.decode() and "刘芳" not in opened.content.decode()
    html = other.post(reverse("portal:give_booking_back"), follow=True).content.decode()
    assert "预约已取消" in html and not DataKey.objects.exists()
    assert "这个预约已经取消" in other.get(BOOKING).content.decode()
    other.post(reverse("portal:close_booking"))
    assert number not in other.get(BOOKING).content.decode()


def test_pressed_twice_it_is_one_booking(day: int) -> None:
    client, slot = Client(), slots(day)[0]
    page = client.get(reverse("portal:book_time", args=[slot])).content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key
    first = code_in(book(client, slot, key=key[1]).content.decode())
    again = book(client, slot, key=key[1])
    assert again.status_code == 200 and code_in(again.content.decode()) == first
    assert Booking.objects.count() == 1


def test_who_comes_second_keeps_what_was_typed(day: int) -> None:
    slot = slots(day)[0]
    book(Client(), slot)
    answer = book(Client(), slot, phone="13955509999")
    html = answer.content.decode()
    assert answer.status_code == 409 and "刚刚被别人约走" in html and 'value="13955509999"' in html
    page = Client().get(reverse("portal:reception_day", args=[day])).content.decode()
    assert page.count("xq-time-taken") == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", ""),
        ("phone", "", ""),
        ("phone", "12", "电话"),
        ("heads", "6", ""),
        ("heads", "x", ""),
        ("category", "nonsense", ""),
        ("about", "12345", "不是有效的编号"),
        ("name", "刘" * 121, ""),
    ],
)
def test_bad_input_is_told_at_its_field_and_the_rest_stays(
    day: int, field: str, typed: str, words: str
) -> None:
    answer = book(Client(), slots(day)[0], **{field: typed})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in html and words in html
    assert field == "phone" or 'value="13955501234"' in html
    assert not Booking.objects.exists()


def test_one_phone_takes_no_more_than_two_times_a_day(day: int) -> None:
    one, two, three = slots(day)
    assert (
        book(Client(), one).status_code
        == book(Client(), two, phone="139 5550 1234").status_code
        == 200
    )
    answer = book(Client(), three, phone="13955501234")
    assert answer.status_code == 429 and "次数已满" in answer.content.decode()
    assert book(Client(), three, phone="13955509999").status_code == 200


def test_codes_cannot_be_tried_out(day: int) -> None:
    number, code = code_in(book(Client(), slots(day)[0]).content.decode())
    stranger = Client()
    for _ in range(10):
        assert stranger.post(BOOKING, {"number": number, "code": "AAAAAAAA"}).status_code == 422
    assert stranger.post(BOOKING, {"number": number, "code": code}).status_code == 429


def test_what_is_not_public_does_not_exist(city: City) -> None:
    cache.clear()
    window, _ = opens_hall()
    later = timezone.localdate() + timedelta(days=2)
    hidden = plans(Desk(city), window, published_on=later)
    slot = queries.times_of(
        queries.one(city.person("zhaogang"), hidden, timezone.now()), timezone.now()
    )[0].slot  # type: ignore[arg-type]
    assert "吴涛" not in Client().get(DAYS).content.decode()
    for name, value in (("reception_day", hidden), ("book_time", slot), ("reception_day", 10**17)):
        assert Client().get(reverse(f"portal:{name}", args=[value])).status_code == 404
        assert Client().post(reverse(f"portal:{name}", args=[value]), LIU).status_code in (404, 405)


def test_a_cancelled_day_says_so_and_books_nothing(city: City, day: int) -> None:
    slot = slots(day)[0]
    slip = code_in(book(Client(), slot).content.decode())
    actions.cancel(day, "防汛值守", by=city.person("zhaogang"), now=timezone.now())
    assert "防汛值守" in Client().get(DAYS).content.decode()
    assert book(Client(), slots(day)[1], phone="13955509999").status_code == 409
    html = (
        Client().post(BOOKING, {"number": slip[0], "code": slip[1]}, follow=True).content.decode()
    )
    assert "这个接待日已经取消" in html


@pytest.mark.parametrize("page", ["x", "-1", "0", "99999", "2"])
def test_whatever_page_is_asked_for_is_a_page(day: int, page: str) -> None:
    assert Client().get(DAYS, {"page": page}).status_code == 200
