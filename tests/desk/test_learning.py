"""The page on which categories are learned: what would teach most, how often suggestions were right, what serves."""

from html import unescape
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.confirmed import classified, texts
from xinqiao.insight.classifying import jobs
from xinqiao.matters.actions import load


@pytest.fixture(autouse=True)
def _own_models(settings: LazySettings, tmp_path: Path) -> None:
    settings.XINQIAO_HOME = tmp_path


def work() -> None:
    """What the worker does within ten minutes."""
    while jobs.follow_confirmations(timezone.now()):
        pass
    jobs.learn(timezone.now())


def page(client: Client, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    return unescape(client.get(reverse("desk:learning")).content.decode())


def test_on_the_first_day_it_says_that_words_serve(desk: Desk) -> None:
    work()
    html = page(desk.log_in("wangmin"))
    assert "没有存疑的事项" in html and "还没有经人工确认的建议" in html
    assert "人工分类的事项还不够多" in html


def test_a_matter_without_a_category_is_asked_about_until_it_has_one(desk: Desk) -> None:
    receipt = desk.registers(fields={"category": ""})
    work()
    client = desk.log_in("wangmin")
    html = page(client)
    assert receipt.matter_number in html and "登记时没有分类" in html
    assert reverse("desk:step", args=[receipt.matter_number, "reclassify"]) in html
    assert "registered without a category" in page(client, "en")
    desk.takes(receipt.matter, "reclassify", by="wangmin", category="housing.property", reason="补")
    assert receipt.matter_number not in page(client), "at once, whenever the worker comes"


def test_where_person_and_machine_disagree_a_look_settles_it(desk: Desk) -> None:
    classified(desk)
    work()
    subject, body = texts("labour.wages", 1, seed=9)[0]
    receipt = desk.registers(1, subject=subject, body=body, fields={"category": "housing.property"})
    work()
    client = desk.log_in("wangmin")
    html = page(client)
    assert receipt.matter_number in html and "与机器的判断不同" in html
    assert "分类建议来自第1版模型" in html and "正在使用" in html
    before = len(load(receipt.matter))
    answer = client.post(reverse("desk:learning_stays", args=[receipt.matter_number]), follow=True)
    assert "分类维持不变" in answer.content.decode()
    assert len(load(receipt.matter)) == before, "nothing has changed, so the ledger says nothing"
    work()
    assert receipt.matter_number not in page(client)


def test_how_often_suggestions_were_confirmed_is_counted_in_scope(desk: Desk) -> None:
    for chosen in ("housing.property", "housing.property", "labour.wages"):
        receipt = desk.receives(1)
        fields = {"kind": "claim", "region": "340811", "category": chosen}
        desk.takes(
            receipt.matter, "register", by="wangmin", suggested=["housing.property:0:0"], **fields
        )
    work()
    html = page(desk.log_in("wangmin"))
    assert "城乡建设" in html and "仅凭词表" in html and "100 %" in html
    assert "劳动社保" in html and "0 %" in html
    assert "还没有经人工确认的建议" in page(desk.log_in("sunli")), "it sees none of them"


def test_reports_stand_on_nothing_and_the_walled_see_nothing(desk: Desk) -> None:
    receipt = desk.registers(fields={"category": ""})
    work()
    desk.takes(receipt.matter, "reclassify", by="wangmin", kind="report", reason="反映违纪")
    for clerk in ("wangmin", "xujing", "lina"):
        assert receipt.matter_number not in page(desk.log_in(clerk)), "at once"
    work()
    desk.reports(reported_units=["city-housing"])
    work()
    assert "没有存疑的事项" in page(desk.log_in("lina"))


def test_whose_page_it_is(desk: Desk) -> None:
    receipt = desk.registers(fields={"category": ""})
    work()
    stays = reverse("desk:learning_stays", args=[receipt.matter_number])
    assert receipt.matter_number not in page(desk.log_in("sunli"))
    assert desk.log_in("sunli").post(stays).status_code == 404
    assert desk.log_in("malin").get(reverse("desk:learning")).status_code == 403
    assert desk.log_in("wangmin").get(stays).status_code == 405
    assert Client().get(reverse("desk:learning")).status_code == 302
    assert receipt.matter_number in page(desk.log_in("wangmin"))


def test_who_only_sees_a_matter_does_not_say_what_it_is(desk: Desk) -> None:
    """Li Na's department handed it back: she still sees it, but others ask and answer what it is about."""
    receipt = desk.refers(2, fields={"category": ""})
    desk.takes(receipt.matter, "object", by="lina", reason="不属于本单位")
    desk.takes(receipt.matter, "uphold_objection", by="wangmin", reason="同意")
    work()
    stays = reverse("desk:learning_stays", args=[receipt.matter_number])
    li_na, wang_min = desk.log_in("lina"), desk.log_in("wangmin")
    assert li_na.get(reverse("desk:matter", args=[receipt.matter_number])).status_code == 200
    assert receipt.matter_number not in page(li_na)
    assert li_na.post(stays).status_code == 403
    assert receipt.matter_number in page(wang_min), "it is still asked about"
    assert wang_min.post(stays).status_code == 302
    assert stays not in page(wang_min)


def test_administrators_see_on_the_health_page_what_serves(desk: Desk) -> None:
    html = unescape(desk.log_in("malin").get(reverse("desk:admin-health")).content.decode())
    assert "内容分类建议" in html and "人工分类的事项还不够多" in html
