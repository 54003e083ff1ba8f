"""The hall in a real browser, from the number to the visit."""

import re

from playwright.sync_api import Page, expect

from tests.support.browser import PATIENCE_MS
from tests.support.platform import Platform

_HALL = {"name": "东院接待大厅", "address": "某某路1号", "code": "east"}


def logged_in(page: Page, platform: Platform) -> Page:
    password = re.search(r"^office\s+(\S+)$", platform.printed, re.MULTILINE)
    assert password is not None
    page.goto(f"{platform.url}/desk/")
    page.fill("#id_username", "office")
    page.fill("#id_password", password[1])
    page.keyboard.press("Enter")
    expect(page.locator(".xq-user")).to_be_visible(timeout=PATIENCE_MS)
    return page


def a_hall(page: Page, url: str) -> None:
    page.goto(f"{url}/desk/hall/arrange/new/")
    for name, value in _HALL.items():
        page.fill(f"#id_{name}", value)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("东院接待大厅")
    page.goto(f"{url}/desk/hall/arrange/east/windows/new/")
    page.fill("#id_label", "1")
    page.fill("#id_unit", "安庆市信访局")
    page.fill("#id_hours_1", "8:30-12:00 14:30-17:30")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".xq-view-list")).to_contain_text("安庆市信访局")


def test_a_number_goes_from_the_hall_to_the_visit(page: Page, empty_platform: Platform) -> None:
    """Given out, called, seen on the screen of the hall; the registered visit ends it."""
    url = empty_platform.url
    logged_in(page, empty_platform)
    a_hall(page, url)
    page.goto(f"{url}/desk/hall/")
    page.get_by_role("button", name="发一个号").click()
    page.get_by_role("button", name="叫下一个号").click()
    number = page.locator(".xq-turn-number").inner_text()
    screen = page.context.new_page()
    screen.goto(f"{url}/reception/east/screen/")
    expect(screen.locator(".xq-screen-now td").first).to_have_text(number)
    page.get_by_role("link", name="登记来访").click()
    page.fill("#id_who-name", "张伟")
    page.fill("#id_subject", "电梯停运")
    page.fill("#id_body", "小区电梯停运半年。")
    page.fill("#id_region", "大桥街道")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信访登记回执")
    expect(screen.locator(".xq-screen-none")).to_be_visible(timeout=PATIENCE_MS)
