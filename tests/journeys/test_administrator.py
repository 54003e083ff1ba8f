"""Ma Lin administers: what she publishes counts for citizens. Her pages are looked at in `test_every_page.py`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.walkers import DESK, PHONE, visitor
from tests.support.city import PASSWORD


@pytest.fixture
def ma_lin(browser: Browser, city_address: str) -> Iterator[Page]:
    """Her browser, logged in."""
    with visitor(browser, DESK) as page:
        page.goto(f"{city_address}/desk/log-in/")
        page.get_by_label("登录名").fill("malin")
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.locator("main button.btn-primary").click()
        expect(page.get_by_role("link", name="系统管理", exact=True)).to_be_visible()
        yield page


def test_next_years_days_off_from_the_paper_to_the_calendar(
    ma_lin: Page, city_address: str
) -> None:
    ma_lin.goto(f"{city_address}/desk/admin/calendar/")
    ma_lin.get_by_role("link", name="录入放假安排").click()
    year = int(ma_lin.get_by_label("年份").input_value())
    ma_lin.get_by_label("来源").fill("国务院办公厅关于部分节假日安排的通知（示例）")
    ma_lin.get_by_label("放假日", exact=True).fill(f"{year}年1月1日 至 {year}年1月3日")
    ma_lin.get_by_role("button", name="检查并查看影响").click()
    expect(ma_lin.get_by_text("放假3天")).to_be_visible()
    ma_lin.get_by_role("button", name="公布").click()
    expect(ma_lin.get_by_text(f"{year}年的放假安排已经生效。")).to_be_visible()
    ma_lin.goto(f"{city_address}/desk/admin/calendar/{year}/")
    expect(ma_lin.locator(".xq-months .xq-day-holiday")).to_have_count(3)


def test_a_footer_worded_by_the_place_is_read_by_citizens(
    ma_lin: Page, browser: Browser, city_address: str
) -> None:
    ma_lin.goto(f"{city_address}/desk/admin/texts/footer/")
    ma_lin.get_by_label("中文").fill("安庆市信访局，工作日八点半接访。")
    ma_lin.get_by_label("英文").fill("Anqing Petition Office, open on working days from 8:30.")
    ma_lin.get_by_role("button", name="预览").click()
    expect(ma_lin.locator(".xq-preview").first).to_contain_text("八点半接访")
    ma_lin.get_by_role("button", name="发布").click()
    expect(ma_lin.get_by_text("文案已显示在页面上。")).to_be_visible()
    with visitor(browser, PHONE) as phone:
        phone.goto(city_address)
        expect(phone.locator(".xq-foot")).to_contain_text("八点半接访")
