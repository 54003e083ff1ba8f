"""A citizen books a time with a leader on a phone and is received; what was decided stands on the matter's way."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.journeys.walkers import DESK, PHONE, Citizen, Colleague, visitor

DECIDED = "请住房和城乡建设局十日内查清维修资金，三十日内修好电梯。"


def opens_a_hall(zhao_gang: Colleague) -> None:
    """A hall with one desk that is open every day."""
    zhao_gang.goes_to("/desk/hall/arrange/new/", "new hall")
    zhao_gang.fills_in(name="东院接待大厅", name_en="East hall", address="某某路1号", code="east")
    zhao_gang.presses()
    zhao_gang.goes_to("/desk/hall/arrange/east/windows/new/", "new desk")
    zhao_gang.fills_in(label="接访室", unit="市信访局")
    zhao_gang.presses()


def plans(zhao_gang: Colleague) -> None:
    """Wu Tao receives tomorrow, so that there are times to book at whatever hour the story is told."""
    zhao_gang.goes_to("/desk/reception-days/new/", "plan a day")
    zhao_gang.fills_in(
        leader="吴涛", window="接访室", day=str(timezone.localdate() + timedelta(days=1)), spans="9:00-11:00",
        minutes="20", topics="住房、物业",
    )  # fmt: skip
    zhao_gang.presses()
    zhao_gang.reads("吴涛 接访")
    zhao_gang.looks("day of the desk")
    zhao_gang.goes_to("/desk/reception-days/", "calendar")
    zhao_gang.reads("吴涛")
    zhao_gang.goes_to("/desk/reception-days/notice/", "notice")


def books(gao_lan: Citizen) -> None:
    """The last time of the day, without an account; booking number and code in hand."""
    gao_lan.goes_to("/reception/days/", "reception days")
    gao_lan.follows(gao_lan.page.locator(".xq-day a.btn").first)
    gao_lan.looks("one day")
    gao_lan.follows(gao_lan.page.locator(".xq-times a").last)
    gao_lan.looks("book")
    gao_lan.fills_in(name="高兰", phone="13800001234", heads="2", category="housing")
    gao_lan.presses("main form.xq-form")
    gao_lan.reads("预约成功")
    gao_lan.keeps_the_receipt()


def the_day_comes(home: Path) -> None:
    """The night passes: what was planned for tomorrow is planned for today."""
    with closing(sqlite3.connect(home / "xinqiao.sqlite3")) as database, database:
        database.execute("UPDATE reception_day SET day = ?", [str(timezone.localdate())])


def is_received(wang_min: Colleague, gao_lan: Citizen) -> None:
    """She is there, is called by a number, is heard; the visit is registered with what was decided."""
    page = wang_min.page
    wang_min.goes_to("/desk/reception-days/", "calendar, clerk")
    wang_min.follows(page.locator(".xq-month-entry").first)
    wang_min.reads("高*")
    wang_min.follows(page.get_by_role("button", name="已到，取号"))
    wang_min.reads("已发出 1 号")
    wang_min.follows(page.get_by_role("link", name="到接待窗口叫号"))
    wang_min.follows(page.get_by_role("button", name="叫下一个号"))
    wang_min.follows(page.get_by_role("link", name="登记来访").first)
    wang_min.looks("visit with a leader")
    expect(page.locator("[name='leader']")).to_have_value("吴涛（市人民政府）")
    page.locator("[name='who-name']").fill("高兰")
    page.locator("[name='who-phone']").fill("13800001234")
    wang_min.fills_in(
        subject="电梯停用半年",
        body="请求修复电梯。",
        decided=DECIDED,
        region="宜秀区",
        kind="claim",
    )
    page.locator("[name='path']").first.select_option("petition")
    wang_min.follows(page.locator("[data-send]"))
    codes = page.locator(".xq-copy code")
    gao_lan.number, gao_lan.code = codes.nth(0).inner_text(), codes.nth(1).inner_text()
    page.goto(f"{wang_min.address}/desk/matters/{gao_lan.number}/")
    wang_min.reads("领导接访")
    wang_min.reads(DECIDED)


def test_booked_on_a_phone_and_received(
    browser: Browser, city_address: str, city_home: Path
) -> None:
    with (
        visitor(browser, PHONE) as phone,
        visitor(browser, DESK) as one,
        visitor(browser, DESK) as other,
    ):
        gao_lan = Citizen(phone, city_address)
        zhao_gang, wang_min = Colleague(one, city_address), Colleague(other, city_address)
        zhao_gang.comes_in("zhaogang")
        opens_a_hall(zhao_gang)
        plans(zhao_gang)
        books(gao_lan)
        booked = (gao_lan.number, gao_lan.code)
        wang_min.comes_in("wangmin")
        the_day_comes(city_home)
        is_received(wang_min, gao_lan)
        gao_lan.passes.add("/lookup/")
        gao_lan.looks_up()
        gao_lan.is_told("领导当面接待了您")
        gao_lan.reads(DECIDED)
        gao_lan.goes_to("/reception/booking/", "booking held")
        gao_lan.reads("您在大厅的号码：1")
        phone.get_by_role("button", name="在这个浏览器里关闭").click()
        gao_lan.goes_to("/reception/booking/", "booking door")
        gao_lan.fills_in(number=booked[0], code=booked[1])
        gao_lan.presses()
        gao_lan.reads("预约成功")
