"""Lists of one's own: saved under a name, one opens first, and filters stay from visit to visit."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.at_work import Desk
from xinqiao.workspace import queries

WORK, VIEWS = reverse("desk:work"), reverse("desk:views")


def saves(client: Client, name: str, address: str, **more: str) -> int:
    return client.post(VIEWS, {"name": name, "address": address} | more).status_code


def opens(client: Client) -> str:
    """Where "my work" leads without an address."""
    return str(client.get(WORK).headers.get("Location", ""))


def test_a_list_is_saved_under_a_name_and_stands_above_the_work(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    assert saves(client, "宜秀区待转办", "queue=to_refer&region=340811") == 302
    html = client.get(WORK, {"queue": "waiting"}).content.decode()
    assert 'href="?queue=to_refer&amp;region=340811"' in html and "宜秀区待转办" in html
    assert "宜秀区待转办" not in desk.log_in("zhaogang").get(WORK).content.decode()


def test_what_makes_no_list_is_left_out_of_the_address(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    saves(client, "一个", "queue=nonsense&kind=claim&next=//evil.example&page=7&kind2=x")
    (view,) = queries.views(desk.city.account("wangmin"))
    assert view.address == "queue=waiting&kind=claim"


def test_the_list_that_opens_first_opens_first_and_only_one_does(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    saves(client, "甲", "queue=to_refer", opens_first="on")
    saves(client, "乙", "queue=overdue", opens_first="on")
    assert opens(client) == f"{WORK}?queue=overdue"
    first, second = queries.views(desk.city.account("wangmin"))
    assert (first.opens_first, second.opens_first) == (False, True)
    client.post(reverse("desk:view", args=[second.id]), {"do": "not_first"})
    client.get(WORK, {"queue": "mine", "kind": "claim"})
    assert opens(client) == f"{WORK}?queue=mine&kind=claim"


def test_filters_stay_till_the_next_visit_and_a_search_does_not(desk: Desk) -> None:
    desk.log_in("wangmin").get(WORK, {"queue": "to_refer", "channel": "letter"})
    desk.log_in("wangmin").get(WORK, {"queue": "all", "words": "电梯"})
    assert opens(desk.log_in("wangmin")) == f"{WORK}?queue=to_refer&channel=letter"
    assert opens(desk.log_in("zhaogang")) == ""


def test_the_same_name_stands_for_the_newer_list(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    saves(client, "甲", "queue=to_refer")
    saves(client, " 甲 ", "queue=overdue")
    assert [one.address for one in queries.views(desk.city.account("wangmin"))] == ["queue=overdue"]


def test_order_is_ones_own(desk: Desk) -> None:
    client, account = desk.log_in("wangmin"), desk.city.account("wangmin")
    for name in ("甲", "乙", "丙"):
        saves(client, name, "queue=waiting")
    last = queries.views(account)[-1]
    client.post(reverse("desk:view", args=[last.id]), {"do": "up"})
    assert [one.name for one in queries.views(account)] == ["甲", "丙", "乙"]
    client.post(reverse("desk:view", args=[last.id]), {"do": "up"})
    client.post(reverse("desk:view", args=[last.id]), {"do": "up"})
    assert [one.name for one in queries.views(account)] == ["丙", "甲", "乙"]


@pytest.mark.parametrize("do", ["first", "up", "drop", "nonsense", ""])
def test_nobody_touches_the_list_of_another(desk: Desk, do: str) -> None:
    saves(desk.log_in("wangmin"), "甲", "queue=waiting")
    saves(desk.log_in("wangmin"), "乙", "queue=overdue")
    before = queries.views(desk.city.account("wangmin"))
    answer = desk.log_in("zhaogang").post(reverse("desk:view", args=[before[1].id]), {"do": do})
    assert answer.status_code == 302
    assert queries.views(desk.city.account("wangmin")) == before


@pytest.mark.parametrize(
    ("name", "said"), [("", "请填写列表名称"), ("字" * 41, "40"), ("\x00", "")]
)
def test_a_name_that_is_none_is_told(desk: Desk, name: str, said: str) -> None:
    client = desk.log_in("wangmin")
    answer = client.post(VIEWS, {"name": name, "address": "queue=waiting"})
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in answer.content.decode() and said in answer.content.decode()
    assert queries.views(desk.city.account("wangmin")) == []


def test_twenty_lists_are_enough(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    for number in range(20):
        assert saves(client, f"列表{number}", "queue=waiting") == 302
    answer = client.post(VIEWS, {"name": "再一个", "address": "queue=waiting"})
    assert answer.status_code == 409 and "最多保存20个" in answer.content.decode()
    assert saves(client, "列表3", "queue=mine") == 302, "an old one may still be changed"


def test_an_administrator_saves_no_list(desk: Desk) -> None:
    assert saves(desk.log_in("malin"), "甲", "queue=waiting") == 403
    assert desk.log_in("malin").get(VIEWS).status_code == 403
