"""Every page of the portal that needs nothing: it answers in both languages, and only to what it should."""

from datetime import datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.portal.citizen import Citizen, text_of
from tests.support.city_database import City
from xinqiao.portal.home.desks import todays_desks
from xinqiao.reception.actions import save_hall, save_window
from xinqiao.reception.values import HallValue, WindowValue
from xinqiao.rules.entries import SHANGHAI

PAGES = ["/", "/submit/kind/", "/lookup/", "/rate/", "/appeals/"]


@pytest.mark.parametrize("address", PAGES)
def test_it_speaks_chinese_first_and_english_on_request(gao_lan: Citizen, address: str) -> None:
    chinese = text_of(gao_lan.client.get(address))
    english = text_of(gao_lan.client.get(address, headers={"accept-language": "en"}))
    assert 'lang="zh-hans"' in chinese
    assert 'lang="en"' in english
    assert ">提交<" in chinese
    assert ">Submit<" in english


def test_the_way_to_rating_is_not_called_a_percentage(gao_lan: Citizen) -> None:
    """English has one word for both; the charts of the open figures have the other."""
    page = text_of(gao_lan.client.get("/"))
    assert page.count(">评价<") == 2
    assert "比率" not in page
    assert "<title>评价" in text_of(gao_lan.client.get("/rate/"))


def test_the_start_page_names_the_six_legal_paths(gao_lan: Citizen) -> None:
    page = gao_lan.client.get("/")
    assert len(page.context["outside"]) == 4
    assert len(page.context["inside"]) == 2
    assert "第三十一条" in text_of(page)


def test_the_desks_that_receive_today_are_on_the_start_page(gao_lan: Citizen, city: City) -> None:
    """A desk that is open every day; on a day off by the calendar it is closed, so the day is chosen."""
    monday = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
    head = city.person("zhaogang")
    hall = HallValue(
        code="a", name="接待大厅", address="某某路1号", unit="city-petition", region="340800",
        name_en="Reception hall", address_en="1 Some Road",
    )  # fmt: skip
    save_hall(hall, by=head, now=monday)
    hours = {1: [(time(8, 30), time(12)), (time(14, 30), time(17, 30))]}
    desk = WindowValue(label="2", unit="city-housing", topics="住房", hours=hours)
    save_window("a", desk, by=head, now=monday)
    (shown,) = todays_desks(monday)
    assert (shown.place, shown.topics) == ("接待大厅 · 某某路1号 · 2 号窗口", "住房")
    assert (shown.hours, shown.open_now) == ("08:30–12:00、14:30–17:30", True)
    cache.clear()
    assert todays_desks(monday - timedelta(days=1)) == []  # a Sunday
    cache.clear()
    with translation.override("en"):
        assert todays_desks(monday)[0].place.startswith("Reception hall · 1 Some Road")
    page = text_of(gao_lan.client.get("/"))  # a minute old at most: still the desks of that Monday
    assert "接待大厅 · 某某路1号" in page
    assert "正在接待" in page


def test_without_a_desk_the_start_page_says_what_else_is_possible(gao_lan: Citizen) -> None:
    assert "今天没有接访窗口开放。您可以随时在网上提交" in text_of(gao_lan.client.get("/"))


def test_the_start_page_asks_for_little(
    gao_lan: Citizen, django_assert_max_num_queries: object
) -> None:
    gao_lan.client.get("/")
    with django_assert_max_num_queries(2):  # type: ignore[operator]  the cache lies in the database
        gao_lan.client.get("/")
