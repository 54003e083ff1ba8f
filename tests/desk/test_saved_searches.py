"""Saving a search at the desk: what is new is told beside it and above one's work, until it is looked at."""

from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.desk.search.forms import LONGEST
from xinqiao.search import saved as kept
from xinqiao.search.jobs import file_everything

SEARCH, SAVED, NEWS = reverse("desk:search"), reverse("desk:searches"), reverse("desk:search_news")


def file() -> None:
    file_everything(timezone.now())


def text(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked).content.decode()


def test_wang_min_saves_a_search_and_is_told_what_is_new(desk: Desk) -> None:
    desk.registers(10)
    file()
    wang_min = desk.log_in("wangmin")
    assert "保存此检索" in text(wang_min, SEARCH, q="电梯", kind="claim")
    answer = wang_min.post(SAVED, {"address": "q=电梯&kind=claim&nonsense=1&page=3&sort=relevance"})
    assert unquote(answer.headers["Location"]) == f"{SEARCH}?kind=claim&q=电梯"
    html = text(wang_min, SAVED)
    assert "无新结果" in html and "申诉求决" in html
    assert "hx-get" in text(wang_min, reverse("desk:work"), queue="all")
    assert text(wang_min, NEWS).strip() == ""
    desk.registers(5), desk.registers(4), desk.receives(3, petitioners=[])
    file()
    assert "2件新结果" in text(wang_min, NEWS)
    assert "2件新结果" in text(wang_min, SEARCH), "where a search begins, too"
    opened = text(wang_min, SEARCH, kind="claim", q="电梯")
    assert "我的检索" in opened and "保存此检索" not in opened
    assert text(wang_min, NEWS).strip() == ""
    assert "无新结果" in text(wang_min, SAVED)


def test_to_search_writes_nothing_where_the_search_is_not_saved(desk: Desk) -> None:
    desk.registers()
    file()
    wang_min = desk.log_in("wangmin")
    text(wang_min, SEARCH, q="物业")  # what a session writes when it begins
    with CaptureQueriesContext(connection) as asked:
        assert "保存此检索" in text(wang_min, SEARCH, q="电梯")
    verbs = {one["sql"].split()[0] for one in asked if "search_" in one["sql"]}
    assert verbs == {"SELECT"}


def test_a_search_is_removed_by_its_owner_alone(desk: Desk) -> None:
    file()
    wang_min, zhao_gang = desk.log_in("wangmin"), desk.log_in("zhaogang")
    wang_min.post(SAVED, {"address": "q=电梯"})
    (one,) = kept.saved(desk.city.account("wangmin"))
    forget = reverse("desk:search_forget", args=[one.id])
    assert zhao_gang.post(forget).status_code == 302
    assert wang_min.get(forget).status_code == 405
    assert len(kept.saved(desk.city.account("wangmin"))) == 1
    assert "检索条件已删除" in wang_min.post(forget, follow=True).content.decode()
    assert kept.saved(desk.city.account("wangmin")) == []
    assert "还没有保存检索条件" in text(wang_min, SAVED)


def test_what_cannot_be_looked_for_is_not_saved(desk: Desk) -> None:
    wang_min = desk.log_in("wangmin")
    for address in ("", "q=", "q=梯", "q=" + "梯" * 101, "kind=claim", "q=%00"):
        assert wang_min.post(SAVED, {"address": address}).status_code == 302
    assert kept.saved(desk.city.account("wangmin")) == []
    for number in range(kept.MOST + 1):
        said = wang_min.post(SAVED, {"address": f"q=电梯{number}"}, follow=True).content.decode()
    assert "最多保存12个" in said
    assert desk.log_in("malin").get(SAVED).status_code == 403
    assert desk.log_in("malin").get(NEWS).status_code == 403


def test_the_longest_words_are_saved_whole_with_every_filter(desk: Desk) -> None:
    file()
    wang_min, longest = desk.log_in("wangmin"), "𠮷" * LONGEST
    asked = {
        "q": longest, "state": "opinion_submitted", "kind": "suggestion", "channel": "online", "region": "340811",
        "category": "housing.property", "overdue": "on",
    }  # fmt: skip
    answer = wang_min.post(SAVED, {"address": urlencode(asked)})
    assert parse_qs(urlsplit(answer.headers["Location"]).query) == {
        name: [value] for name, value in asked.items()
    }
    html = text(wang_min, SAVED)
    assert longest in html and "只看超期" in html


def test_a_broken_index_is_said_and_nothing_is_lost(desk: Desk) -> None:
    desk.registers()
    file()
    wang_min = desk.log_in("wangmin")
    wang_min.post(SAVED, {"address": "q=电梯"})
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE search_pairs")
        else:
            cursor.execute("ALTER TABLE search_filing DROP COLUMN keys")
    assert "暂时无法检索" in text(wang_min, SAVED)
    said = wang_min.post(SAVED, {"address": "q=物业"}, follow=True).content.decode()
    assert "检索暂时无法使用，未能保存" in said
    assert len(kept.saved(desk.city.account("wangmin"))) == 1


def test_the_order_is_a_choice_that_stays(desk: Desk) -> None:
    often = desk.receives(9, subject="物业", body="电梯坏了，电梯没人修", petitioners=[])
    once = desk.receives(3, subject="物业", body="电梯也坏了", petitioners=[])
    file()
    wang_min = desk.log_in("wangmin")
    html = text(wang_min, SEARCH, q="电梯", sort="relevance")
    assert html.index(often.number) < html.index(once.number)
    html = text(wang_min, SEARCH, q="电梯", sort="nonsense")
    assert html.index(once.number) < html.index(often.number)
    assert "sort=relevance" in html and "按相关程度" in html
