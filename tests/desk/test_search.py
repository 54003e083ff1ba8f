"""Finding by words at the desk: what is found is marked and safe to show, and what cannot be found is said in words."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.search import saved as kept
from xinqiao.search.jobs import file_everything
from xinqiao.search.rebuilding import rebuild

SEARCH = reverse("desk:search")


def shown(client: Client, words: str, **filters: str | int) -> list[str]:
    """The numbers of the hits, in their order."""
    html = page(client, words, **filters)
    hits = html.partition('<ol class="xq-hits">')[2].partition("</ol>")[0]
    return re.findall(r'<a href="/desk/matters/([0-9-]+)/">', hits)


def page(client: Client, words: str, **more: str | int) -> str:
    return client.get(SEARCH, {"q": words, **more}).content.decode()


def file() -> None:
    file_everything(timezone.now())


def test_the_latest_comes_first_and_only_to_whom_it_exists(desk: Desk) -> None:
    old, new = desk.refers(10), desk.registers(5)
    file()
    assert shown(desk.log_in("wangmin"), "电梯停运") == [new.matter_number, old.matter_number]
    assert shown(desk.log_in("lina"), "电梯停运") == [old.matter_number]
    assert shown(desk.log_in("sunli"), "电梯停运") == []
    assert "2件" in page(desk.log_in("wangmin"), "电梯停运")
    assert "1件" in page(desk.log_in("lina"), "电梯停运")


def test_what_was_looked_for_is_marked_as_it_was_written(desk: Desk) -> None:
    desk.receives(3, subject="電梯壞了", body="<script>alert(1)</script>小區的電 梯壞了 & 没人修")
    file()
    html = page(desk.log_in("wangmin"), "电梯坏了")
    assert "<mark>電梯壞了</mark>" in html
    assert "<mark>電 梯壞了</mark>" in html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "words", ["<b>电梯</b>", '"电梯"', "'; DROP TABLE x", "%s %(x)s", "电梯\x00\ud800坏"]
)
def test_signs_are_signs(desk: Desk, words: str) -> None:
    desk.receives(3)
    file()
    answer = desk.log_in("wangmin").get(SEARCH, {"q": words.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert "<b>电梯</b>" not in answer.content.decode()


def test_a_number_leads_to_the_list_that_finds_it(desk: Desk) -> None:
    number, wang_min = desk.registers().matter_number, desk.log_in("wangmin")
    full_width = number.translate({ord(one): ord(one) + 0xFEE0 for one in "-0123456789"})
    for typed in (f" {number} ", full_width):
        answer = wang_min.get(SEARCH, {"q": typed}, follow=True)
        assert answer.redirect_chain[0][0].startswith("/desk/work/?queue=all&words=")
        assert f"/desk/matters/{number}/" in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "您要查找什么"),
        ("  ", "您要查找什么"),
        ("梯", "检索文字太短"),
        (" 梯\n", "检索文字太短"),
        ("梯" * 101, "检索文字太长"),
        ("没有这些字", "您可查看的事项中没有这些文字"),
    ],
)
def test_what_cannot_be_found_is_said_in_words(desk: Desk, words: str, said: str) -> None:
    desk.receives(3)
    file()
    assert said in page(desk.log_in("wangmin"), words)


def test_filters_stay_with_the_words(desk: Desk) -> None:
    desk.registers()
    file()
    wang_min = desk.log_in("wangmin")
    assert len(shown(wang_min, "电梯", kind="claim", region="340811")) == 1
    assert shown(wang_min, "电梯", kind="suggestion") == []
    html = page(wang_min, "电梯", kind="suggestion", nonsense="x", state="nonsense")
    assert 'href="?q=%E7%94%B5%E6%A2%AF"' in html, "the way to take the filter off keeps the words"
    assert "请去掉筛选条件" in html


def test_an_officer_searches_the_list_they_work_on(desk: Desk) -> None:
    mine, others = desk.accepts(10), desk.accepts(5)
    desk.takes(mine.matter, "designate", by="chenbo", officer=desk.city.account("lina"))
    file()
    li_na = desk.log_in("lina")
    assert shown(li_na, "电梯") == [others.matter_number, mine.matter_number]
    assert shown(li_na, "电梯", queue="mine") == [mine.matter_number]
    assert shown(li_na, "电梯", queue="to_register") == []
    assert len(shown(li_na, "电梯", queue="nonsense")) == 2
    html = page(li_na, "电梯", queue="mine")
    assert "列表：" in html and 'href="?q=%E7%94%B5%E6%A2%AF"' in html
    li_na.post(reverse("desk:searches"), {"address": "q=电梯&queue=mine"})
    (saved,) = kept.saved(desk.city.account("lina"))
    assert QueryDict(saved.address).dict() == {"q": "电梯", "queue": "mine"}


def test_pages_follow_each_other(desk: Desk) -> None:
    for _ in range(21):
        desk.receives(3, petitioners=[])
    file()
    wang_min = desk.log_in("wangmin")
    first, second = shown(wang_min, "电梯"), shown(wang_min, "电梯", page=2)
    assert (len(first), len(second)) == (20, 1)
    assert not set(first) & set(second)
    assert 'href="?q=%E7%94%B5%E6%A2%AF&amp;page=2"' in page(wang_min, "电梯")
    assert "检索结果不到这一页" in page(wang_min, "电梯", page=7)


def test_a_broken_index_is_said_in_words_and_the_rest_works_on(desk: Desk) -> None:
    number = desk.registers().matter_number
    file()
    wang_min = desk.log_in("wangmin")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE search_pairs")
        else:
            cursor.execute("ALTER TABLE search_filing DROP COLUMN keys")
    assert "检索暂时无法使用" in page(wang_min, "电梯")
    assert number in wang_min.get(reverse("desk:work"), {"queue": "all"}).content.decode()
    assert list(rebuild())
    assert shown(wang_min, "电梯") == [number]


def test_an_index_that_is_being_made_says_so(desk: Desk) -> None:
    desk.registers()
    assert "索引正在建立" in page(desk.log_in("wangmin"), "电梯")
    file()
    assert "索引正在建立" not in page(desk.log_in("wangmin"), "电梯")


def test_places_and_units_are_found_by_pinyin(desk: Desk) -> None:
    number = desk.registers().matter_number
    file()
    wang_min = desk.log_in("wangmin")
    html = page(wang_min, "yxq")
    assert "宜秀区" in html and "/desk/work/?queue=all&amp;region=340811" in html
    there = wang_min.get(reverse("desk:work"), {"queue": "all", "region": "340811"})
    assert number in there.content.decode()
    html = page(wang_min, "zhu fang")
    assert "市住房和城乡建设局</a>" in html and "/desk/search/?q=%E5%B8%82%E4%BD%8F" in html
    for words in ("zzzz", "电梯", "", "yxq1"):
        assert "拼音" not in page(wang_min, words), words
