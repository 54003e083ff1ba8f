"""The pages of the halls: who arranges, who calls, and what everybody sees."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.reception.halls import opens_hall
from tests.support.city import CAST
from xinqiao.reception import actions, queries

HALL, HALLS = reverse("desk:hall"), reverse("desk:halls")
KEEPERS = {"zhaogang", "malin"}
DESK = {
    "label": "3",
    "unit": "市住房和城乡建设局",
    "topics": "物业",
    "place": "0",
    "hours_1": "8:30-12:00",
}


@pytest.mark.parametrize("username", CAST)
def test_heads_of_petition_offices_and_administrators_arrange(desk: Desk, username: str) -> None:
    opens_hall()
    client = desk.log_in(username)
    keeps = username in KEEPERS
    for address in (HALLS, reverse("desk:new_hall")):
        assert client.get(address).status_code == (200 if keeps else 403), address
    if username != "malin":
        assert (f'href="{HALLS}"' in client.get(HALL).content.decode()) is keeps
    one = client.get(reverse("desk:one_hall", args=["east"])).status_code
    made = client.post(reverse("desk:new_window", args=["east"]), DESK).status_code
    assert (one, made) == ((200, 302) if keeps else (403, 403))
    assert len(queries.windows("east")) == (3 if keeps else 2)


def test_a_hall_is_made_with_a_desk_and_its_hours(desk: Desk) -> None:
    client = desk.log_in("malin")
    hall = {"name": "西院接待大厅", "address": "某某路2号", "code": "West", "unit": "city-petition"}
    assert client.post(reverse("desk:new_hall"), hall).status_code == 302
    week = {"hours_1": "8:30-12:00 14:30-17:30", "hours_7": ""}
    assert client.post(reverse("desk:new_window", args=["west"]), DESK | week).status_code == 302
    (one,) = queries.windows("west")
    assert (one.unit, list(one.hours)) == ("city-housing", [1]) and len(one.hours[1]) == 2
    page = client.get(reverse("desk:one_window", args=["west", one.id])).content.decode()
    assert 'value="08:30-12:00 14:30-17:30"' in page
    assert client.post(reverse("desk:new_hall"), hall).status_code == 422, "the address is taken"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hours_1", "上午", "请写明起止时间"),
        ("label", "", ""),
        ("label", "1", "已有窗口使用这个名称"),
        ("unit", "没有的单位", "列表中没有"),
        ("place", "-1", ""),
        ("topics", "字" * 201, ""),
    ],
)
def test_bad_input_is_told_and_kept(desk: Desk, field: str, typed: str, said: str) -> None:
    opens_hall()
    answer = desk.log_in("zhaogang").post(
        reverse("desk:new_window", args=["east"]), DESK | {field: typed}
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in html and said in html
    assert 'value="8:30-12:00"' in html or field == "hours_1"
    assert len(queries.windows("east")) == 2


def test_a_hall_that_is_none_of_theirs_does_not_exist(desk: Desk) -> None:
    opens_hall()
    client = desk.log_in("zhaogang")
    assert client.get(reverse("desk:one_hall", args=["nowhere"])).status_code == 404
    assert client.get(reverse("desk:one_window", args=["east", 999999])).status_code == 404
    for address in (
        "/desk/hall/arrange/east/windows/99999999999999999999/",
        "/desk/hall/windows/99999999999999999999/",
    ):
        assert client.post(address).status_code == 404


def turn(client: Client, window: int, do: str) -> Any:
    return client.post(reverse("desk:turn", args=[window]), {"do": do}, follow=True)


def test_a_clerk_gives_calls_and_goes_over_to_the_visit(desk: Desk) -> None:
    one, _ = opens_hall()
    client = desk.log_in("wangmin")
    client.get(HALL, {"window": one})
    assert "已发出 1 号" in client.post(reverse("desk:give_number"), follow=True).content.decode()
    html = turn(client, one, "next").content.decode()
    assert re.search(r'xq-turn-number">1<', html)
    ticket = queries.at_window(one)
    assert ticket and f"/desk/counter/visit/?ticket={ticket.id}" in html
    assert "无人等候" in turn(turn_ended(client, one), one, "next").content.decode()


def turn_ended(client: Client, window: int) -> Client:
    turn(client, window, "advised")
    return client


@pytest.mark.parametrize("do", ["next", "again", "absent", "advised", "nonsense", ""])
def test_a_desk_of_others_is_left_alone(desk: Desk, do: str) -> None:
    one, _ = opens_hall()
    actions.give_number("east", timezone.now())
    turn(desk.log_in("sunli"), one, do)
    assert queries.screen("east", timezone.now()).waiting == 1


def test_the_screen_shows_numbers_and_desks_to_everybody(desk: Desk) -> None:
    one, _ = opens_hall()
    actions.give_number("east", timezone.now())
    actions.give_number("east", timezone.now())
    actions.call_next(one, by=desk.city.person("wangmin"), now=timezone.now())
    address = reverse("portal:hall_screen", args=["east"])
    whole = Client().get(address)
    part = Client().get(address, headers={"HX-Request": "true"})
    assert "no-store" in whole.headers["Cache-Control"]
    assert "<html" in whole.content.decode() and "<html" not in part.content.decode()
    for page in (whole, part):
        assert "<td>1</td><td>1</td>" in page.content.decode()
        assert "等候 1 人次" in page.content.decode()
    assert Client().get(reverse("portal:hall_screen", args=["nowhere"])).status_code == 404


def test_everybody_reads_where_one_is_received(desk: Desk) -> None:
    page = reverse("portal:reception")
    assert Client().get(page).status_code == 200
    opens_hall(days=range(1, 8))
    html = Client().get(page).content.decode()
    assert "接待" in html
    english = Client().get(page, headers={"Accept-Language": "en"}).content.decode()
    assert english.count("East hall") == html.count("东院接待大厅")
