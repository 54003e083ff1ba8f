"""My work: what waits for whom, nearest first; filters stay in the address; no list costs more than a few queries."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.desk.at_work import Desk
from tests.support.city import TOWN
from xinqiao.matters import lists, queries

WORK = reverse("desk:work")
ENGLISH = {"Accept-Language": "en"}


def shown(client: Client, **filters: object) -> list[str]:
    """The numbers on the list, in their order."""
    html = client.get(WORK, filters).content.decode()
    table = html.partition("<tbody")[2].partition("</tbody>")[0]
    return re.findall(r'<a href="/desk/matters/([0-9-]+)/">', table)


def test_a_matter_waits_for_whom_the_ball_lies_with(desk: Desk) -> None:
    number = desk.refers().matter_number
    assert shown(desk.log_in("lina")) == [number]
    assert shown(desk.log_in("lina"), queue="to_accept") == [number]
    assert shown(desk.log_in("lina"), queue="to_handle") == []
    assert shown(desk.log_in("wangmin")) == []
    assert shown(desk.log_in("wangmin"), queue="all") == [number]
    assert shown(desk.log_in("sunli"), queue="all") == []


def test_the_nearest_date_comes_first(desk: Desk) -> None:
    young, old = desk.registers(2).matter_number, desk.registers(12).matter_number
    overdue = desk.registers(40).matter_number
    assert shown(desk.log_in("wangmin")) == [overdue, old, young]
    assert shown(desk.log_in("wangmin"), queue="overdue") == [overdue]
    assert shown(desk.log_in("wangmin"), overdue="on") == [overdue]


def test_what_was_designated_to_me_is_mine(desk: Desk) -> None:
    receipt = desk.accepts()
    desk.takes(receipt.matter, "designate", by="chenbo", officer=desk.city.account("lina"))
    assert shown(desk.log_in("lina"), queue="mine") == [receipt.matter_number]
    assert shown(desk.log_in("chenbo"), queue="mine") == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "claim"}, True),
        ({"kind": "suggestion"}, False),
        ({"state": "registered"}, True),
        ({"state": "accepted"}, False),
        ({"channel": "letter"}, True),
        ({"channel": "visit"}, False),
        ({"category": "housing"}, True),
        ({"category": "labour"}, False),
        ({"region": "340811"}, True),
        ({"region": "340800"}, True),
        ({"region": "340825"}, False),
        ({"words": "电梯"}, True),
        ({"words": "没有这些字"}, False),
        ({"kind": "nonsense"}, True),
        ({"words": "x" * 500}, True),
        ({"words": "a\x00b"}, True),
        ({"page": "nonsense"}, True),
        ({"page": "0"}, True),
        ({"page": "999999999999"}, True),
        ({"page": "3"}, False),
        ({"queue": "nonsense"}, True),
    ],
)
def test_filters_narrow_and_nonsense_is_left_aside(
    desk: Desk, filters: dict[str, str], found: bool
) -> None:
    number = desk.registers(fields={"region": TOWN}).matter_number
    assert shown(desk.log_in("wangmin"), **filters) == ([number] if found else [])


def test_a_number_is_found_however_it_is_typed(desk: Desk) -> None:
    number = desk.registers().matter_number
    for typed in (number, number.replace("-", ""), number.replace("-", " ")):
        assert shown(desk.log_in("wangmin"), queue="all", words=typed) == [number]


def test_filters_stay_in_the_address_from_page_to_page(desk: Desk) -> None:
    for _ in range(51):
        desk.registers(petitioners=[])
    client = desk.log_in("wangmin")
    html = client.get(WORK, {"queue": "to_refer", "kind": "claim"}).content.decode()
    assert 'href="?queue=to_refer&amp;kind=claim&amp;page=2"' in html
    assert 'href="?queue=all&amp;kind=claim"' in html, "the filter stays from list to list"
    assert len(shown(client, queue="to_refer", kind="claim")) == 50
    assert len(shown(client, queue="to_refer", kind="claim", page=2)) == 1


def test_an_empty_list_says_what_comes_next(desk: Desk) -> None:
    number = desk.registers().matter_number
    html = desk.log_in("wangmin").get(WORK, {"queue": "overdue"}).content.decode()
    assert "没有超期的事项" in html
    assert number in html and "登记转办" in html
    narrowed = desk.log_in("wangmin").get(WORK, {"words": "没有这些字"}).content.decode()
    assert "没有符合条件的事项" in narrowed and "显示全部" in narrowed
    nothing = desk.log_in("sunli").get(WORK).content.decode()
    assert "本单位没有正在计算的期限" in nothing


def test_counts_stand_beside_the_lists(desk: Desk) -> None:
    desk.registers(), desk.registers(), desk.receives()
    html = desk.log_in("wangmin").get(WORK).content.decode()
    assert re.search(r'待转办 <span class="xq-queue-count">2</span>', html)
    assert re.search(r'待登记 <span class="xq-queue-count">1</span>', html)
    assert re.search(r'本单位待办 <span class="xq-queue-count">3</span>', html)


def test_the_days_left_are_those_of_shanghai(desk: Desk) -> None:
    """Fifteen days from receipt, moved on from a day off: the badge says whole days, never one too many."""
    desk.registers(0)
    page = desk.log_in("wangmin").get(WORK)
    due = page.context["page"].rows[0].due
    left = (due - timezone.localdate()).days
    assert 15 <= left <= 24
    assert f"还有 {left} 天" in page.content.decode()


def test_no_stored_code_is_shown(desk: Desk) -> None:
    desk.registers(), desk.receives(), desk.accepts()
    table = desk.log_in("wangmin").get(WORK, {"queue": "all"}).content.decode()
    table = table[table.index("<tbody") : table.index("</tbody>")]
    for code in ("registered", "accepted", "claim", "housing", "letter", "city-petition", "handle"):
        assert code not in re.sub(r"<[^>]*>", " ", table), code


@pytest.mark.parametrize("matters", [1, 30])
def test_a_list_costs_the_same_few_queries_however_long(
    desk: Desk, matters: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(matters):
        desk.registers(petitioners=[])
    client = desk.log_in("wangmin")
    here = {"queue": "waiting"}
    client.get(
        WORK, here
    )  # names are read once for each version of the directory; the list is remembered once
    with django_assert_max_num_queries(
        13
    ):  # the directory's version may be read again after a second
        client.get(WORK, here)


def test_a_list_says_that_words_were_looked_for_in_its_beginning_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (2, 12, 40):
        desk.registers(days)
    client, said = desk.log_in("wangmin"), "among the first 2 matters"
    for most in (2, 3):
        monkeypatch.setattr(lists, "MOST_READ", most)
        monkeypatch.setattr(queries, "MOST_READ", most)
        page = client.get(WORK, {"words": "nothing of the kind"}, headers=ENGLISH).content.decode()
        assert (said in page) == (most == 2)
    assert said not in client.get(WORK, headers=ENGLISH).content.decode()
