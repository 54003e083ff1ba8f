"""The pages of reception days at the desk; a visitor arrives, is called, is heard, and something is decided."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.reception.halls import LIU, opens_hall
from tests.support.city import CAST
from xinqiao.intake.queries import of_matter
from xinqiao.matters.queries import told
from xinqiao.outbox.queries import pending
from xinqiao.people import queries as people
from xinqiao.reception import queries as reception
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayInput, DayValue
from xinqiao.reception.models import Booking

DAYS, PLAN = reverse("desk:reception_days"), reverse("desk:new_reception_day")
TODAY = timezone.localdate


def today_plan(desk: Desk, window: int, **more: Any) -> int:
    """Wu Tao receives today, from now on to the end of the day in times of ten minutes."""
    now = timezone.now()
    local = timezone.localtime(now)
    value: dict[str, Any] = {
        "leader": desk.city.account("wutao"), "unit": "city-government", "window": window, "day": local.date(),
        "spans": [(local.time().replace(hour=0, minute=0), local.time().replace(hour=23, minute=59))],
        "minutes": 10, "published_on": local.date(), "topics": "住房、物业",
    } | more  # fmt: skip
    return actions.plan(DayInput(**value), by=desk.city.person("zhaogang"), now=now)


def shown(desk: Desk, day: int) -> DayValue:
    found = queries.one(desk.city.person("zhaogang"), day, timezone.now())
    assert found is not None
    return found


def form(desk: Desk, window: int, **more: str) -> dict[str, str]:
    return {
        "leader": f"{desk.city.account('wutao')}:city-government", "window": str(window), "day": str(TODAY()),
        "spans": "8:30-11:30 14:30-17:00", "minutes": "30", "topics": "物业", "published_on": str(TODAY()),
    } | more  # fmt: skip


@pytest.mark.parametrize("username", CAST)
def test_only_heads_and_administrators_of_the_office_plan(desk: Desk, username: str) -> None:
    one, _ = opens_hall()
    client, keeps = desk.log_in(username), username in {"zhaogang", "malin"}
    assert client.get(DAYS).status_code == 200
    assert client.get(PLAN).status_code == (200 if keeps else 403)
    assert client.post(PLAN, form(desk, one)).status_code == (302 if keeps else 403)
    day = (
        today_plan(desk, one, day=TODAY() + timezone.timedelta(days=3))
        if not keeps
        else queries.coming(timezone.now())[0].id
    )
    for name in ("cancel_reception_day", "replace_leader"):
        answer = client.get(reverse(f"desk:{name}", args=[day]))
        assert answer.status_code == (200 if keeps else 404), name
    assert (f'href="{PLAN}"' in client.get(DAYS).content.decode()) is keeps


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"spans": "上午"}, "请写明起止时间"),
        ({"spans": "9:00-9:10"}, "排不下"),
        ({"day": "2020-01-01"}, "今后一年"),
        ({"day": "x"}, "请填写日期"),
        ({"leader": "没有这个人"}, "列表中没有"),
        ({"window": "999"}, "列表中没有"),
        ({"minutes": "7"}, ""),
        ({"topics": "字" * 201}, ""),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(
    desk: Desk, said: dict[str, str], words: str
) -> None:
    one, _ = opens_hall()
    answer = desk.log_in("zhaogang").post(PLAN, form(desk, one) | said)
    html = answer.content.decode()
    assert answer.status_code == 422 and words in html and 'role="alert"' in html
    assert "8:30-11:30" in html or "spans" in said
    assert not queries.coming(timezone.now())


def test_the_calendar_the_notice_and_the_table_name_leaders_and_nobody_who_booked(
    desk: Desk,
) -> None:
    one, _ = opens_hall()
    day = today_plan(desk, one)
    slot = next(s for s in queries.slots(shown(desk, day), timezone.now()) if s.free)
    actions.book(slot.id, LIU, now=timezone.now())
    client = desk.log_in("lina")
    for name in ("reception_days", "reception_notice"):
        html = client.get(reverse(f"desk:{name}")).content.decode()
        assert "吴涛" in html and "东院接待大厅" in html and "刘" not in html, name
    answer = client.get(reverse("desk:reception_days_table"))
    assert answer.headers["Content-Type"].endswith("sheet")
    assert b"".join(answer).startswith(b"PK")
    page = client.get(reverse("desk:reception_day", args=[day])).content.decode()
    assert "刘" not in page and "1395550" not in page and Booking.objects.get().number not in page


def test_the_calendar_shows_one_hall_or_one_leader(desk: Desk) -> None:
    one, two = opens_hall()
    today_plan(desk, one)
    today_plan(desk, two, leader=desk.city.account("chenbo"), unit="city-housing")
    client, wutao = desk.log_in("wangmin"), desk.city.account("wutao")
    entries = {
        query: client.get(DAYS, dict([query])).content.decode().count('class="xq-month-entry')
        for query in (("hall", ""), ("hall", "east"), ("hall", "x"), ("leader", str(wutao)), ("leader", "x"))
    }  # fmt: skip
    assert list(entries.values()) == [2, 2, 0, 1, 0]


@pytest.mark.parametrize("typed", ["2026-13", "x", "", "0000-01", "9999-12", "2026-03' --"])
def test_a_month_that_is_none_is_shown_as_one_that_is(desk: Desk, typed: str) -> None:
    assert desk.log_in("wangmin").get(DAYS, {"month": typed}).status_code == 200


def test_cancelling_and_replacing_by_the_page_tells_who_booked(desk: Desk) -> None:
    one, _ = opens_hall()
    day = today_plan(desk, one, day=TODAY() + timezone.timedelta(days=3))
    slot = queries.slots(shown(desk, day), timezone.now())[0]
    actions.book(slot.id, LIU, now=timezone.now())
    client = desk.log_in("zhaogang")
    leader = {"leader": f"{desk.city.account('chenbo')}:city-housing"}
    html = client.post(
        reverse("desk:replace_leader", args=[day]), leader, follow=True
    ).content.decode()
    assert "陈波" in html and "原定吴涛" in html
    cancel = reverse("desk:cancel_reception_day", args=[day])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    html = client.post(cancel, {"reason": "防汛"}, follow=True).content.decode()
    assert "防汛" in html and "1人" in html.replace(" ", "")
    assert {one.template for one in pending()} == {"reception_replaced", "reception_cancelled"}


def test_from_booking_to_a_contact_on_a_matter_with_leader_room_and_decision(desk: Desk) -> None:
    one, _ = opens_hall()
    day = today_plan(desk, one)
    slot = next(s for s in queries.slots(shown(desk, day), timezone.now()) if s.free)
    actions.book(slot.id, LIU, now=timezone.now())
    client, page = desk.log_in("wangmin"), reverse("desk:reception_day", args=[day])
    html = client.get(page).content.decode()
    assert "刘*" in html and "刘芳" not in html
    arrive = reverse("desk:arrive", args=[day, Booking.objects.get().pk])
    assert "1 号" in client.post(arrive, follow=True).content.decode()
    turn = client.post(
        reverse("desk:turn", args=[one]), {"do": "next"}, follow=True
    ).content.decode()
    ticket = reception.at_window(one)
    assert ticket and f"?ticket={ticket.id}" in turn
    visit = reverse("desk:visit")
    html = client.get(visit, {"ticket": ticket.id}).content.decode()
    assert "吴涛" in html and 'name="decided"' in html
    key = re.search(r'name="request_key" value="(\w+)"', html)
    assert key
    said = {
        "request_key": key[1], "ticket": str(ticket.id), "matter": "", "unit": "city-petition",
        "received_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "who-who": "person", "who-name": "刘芳",
        "who-phone": LIU.phone, "subject": "电梯停运", "body": "电梯停运半年。", "kind": "claim", "region": "340811",
        "level": "city", "designated_place": "yes", "head_count": "1", "room": "1", "path": "petition",
        "leader": str(desk.city.account("wutao")), "decided": "请房产部门十日内查清维修资金。",
        "seat-TOTAL_FORMS": "5", "seat-INITIAL_FORMS": "0", "seat-MIN_NUM_FORMS": "0", "seat-MAX_NUM_FORMS": "5",
    }  # fmt: skip
    answer = client.post(visit, said)
    assert answer.status_code == 302, re.findall(
        r'role="alert".*?</div>', answer.content.decode(), re.DOTALL
    )
    (heard,) = queries.heard(day)
    (contact,) = of_matter(heard.matter)
    assert (contact.id, contact.channel) == (heard.contact, "visit")
    where = reception.where_received([contact.id])[contact.id]
    assert (where.room, where.leader) == ("1", desk.city.account("wutao"))
    last = told(heard.matter)[-1]
    assert last.step == "record_reception" and last.texts["decided"] == said["decided"]
    assert [one.id for one in queries.days_of_matter(heard.matter)] == [day]
    assert "电梯停运" in client.get(page).content.decode()
    assert people.same_person(LIU), "the contact has a card that is found, as every contact has"


def test_whose_number_is_of_no_reception_day_is_asked_for_no_decision(desk: Desk) -> None:
    opens_hall()
    html = desk.log_in("wangmin").get(reverse("desk:visit"), {"ticket": "7"}).content.decode()
    assert 'name="decided"' not in html
    for typed in ("x", "9" * 30, "-1"):
        assert (
            desk.log_in("wangmin").get(reverse("desk:visit"), {"ticket": typed}).status_code == 200
        )


@pytest.mark.parametrize("name", ["walk_in", "arrive"])
@pytest.mark.parametrize("username", ["lina", "malin", "dingxia"])
def test_who_does_not_run_the_day_gives_out_no_number(desk: Desk, name: str, username: str) -> None:
    one, _ = opens_hall()
    day = today_plan(desk, one)
    slot = next(s for s in queries.slots(shown(desk, day), timezone.now()) if s.free)
    actions.book(slot.id, LIU, now=timezone.now())
    args = [day] if name == "walk_in" else [day, Booking.objects.get().pk]
    desk.log_in(username).post(reverse(f"desk:{name}", args=args))
    assert reception.screen("east", timezone.now()).waiting == 0
