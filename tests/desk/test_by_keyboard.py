"""The desk in a real browser, without a mouse: a call is registered, found and opened; axe finds nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations
from tests.support.browser import PATIENCE_MS
from tests.support.platform import Platform

WIDTHS = [360, 1440]


@pytest.fixture
def office(page: Page, empty_platform: Platform) -> Page:
    """The head of the petition office, logged in by typing."""
    password = re.search(r"^office\s+(\S+)$", empty_platform.printed, re.MULTILINE)
    assert password is not None, empty_platform.printed
    page.goto(f"{empty_platform.url}/desk/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("office")
    page.keyboard.press("Tab")
    page.keyboard.type(password[1])
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("本单位待办", timeout=PATIENCE_MS)
    page.wait_for_load_state()  # the keys are heard from here on
    return page


def types(page: Page, field: str, text: str) -> None:
    page.locator(f"#id_{field}").focus()
    page.keyboard.type(text)


def registers_a_call(page: Page, url: str) -> str:
    """The number on the receipt."""
    page.goto(f"{url}/desk/counter/call/")
    expect(page.locator("#id_who-id_number")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("13855501234")
    page.keyboard.press("Tab")
    page.keyboard.type("张伟")
    types(page, "subject", "楼道灯不亮")
    types(page, "body", "三单元楼道灯不亮已有一个月。")
    types(page, "region", "宜秀区 大桥街道")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信访登记回执")
    return page.locator("code").first.inner_text()


def clean(page: Page) -> None:
    """No fault that axe finds, nothing wider than the screen, at both widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert found == [], "\n".join(found)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_call_is_registered_found_and_opened(office: Page, empty_platform: Platform) -> None:
    number = registers_a_call(office, empty_platform.url)
    clean(office)
    office.goto(f"{empty_platform.url}/desk/work/")
    clean(office)
    office.locator("body").focus()
    office.keyboard.press("j")
    expect(office.get_by_role("link", name=number)).to_be_focused()
    office.keyboard.press("Enter")
    expect(office.get_by_role("heading", level=1)).to_have_text(number)
    clean(office)


def test_keys_find_and_help_and_can_be_switched_off(office: Page, empty_platform: Platform) -> None:
    office.keyboard.press("/")
    expect(office.locator("#search")).to_be_focused()
    office.keyboard.type("j/?")
    expect(office.locator("#search")).to_have_value("j/?")
    office.locator("main").focus()
    office.keyboard.press("?")
    expect(office.locator("#keys")).to_be_visible()
    clean(office)
    office.get_by_label("启用单键快捷键").uncheck()
    office.keyboard.press("Escape")
    office.locator("main").focus()
    office.keyboard.press("?")
    expect(office.locator("#keys")).to_be_hidden()


def test_earlier_matters_appear_while_one_types(office: Page, empty_platform: Platform) -> None:
    number = registers_a_call(office, empty_platform.url)
    office.goto(f"{empty_platform.url}/desk/counter/visit/")
    types(office, "who-name", "张伟")
    types(office, "who-phone", "138 5550 1234")
    earlier = office.locator(f'input[value="{number}"]')
    expect(earlier).to_be_visible()
    expect(office.locator("#id_region")).to_be_visible()
    earlier.focus()
    office.keyboard.press("Space")
    expect(office.locator("#id_region")).to_be_hidden()
    clean(office)


def test_a_long_list_comes_when_its_box_is_entered(office: Page, empty_platform: Platform) -> None:
    office.goto(f"{empty_platform.url}/desk/letters/letter/")
    names = office.locator("#id_region_list option")
    expect(names).to_have_count(0)
    office.locator("#id_region").focus()
    expect(office.locator('#id_region_list option[value="宜秀区 大桥街道"]')).to_be_attached()
    office.locator('input[name="kind"][value="report"]').check()
    office.locator('input[name="reported_units"]').nth(1).focus()
    expect(office.locator("#id_reported_units_list option")).not_to_have_count(0)


def test_only_what_belongs_to_the_kind_is_shown(office: Page, empty_platform: Platform) -> None:
    office.goto(f"{empty_platform.url}/desk/letters/letter/")
    expect(office.locator("#id_path")).to_be_visible()
    expect(office.locator("#id_reported_units")).to_be_hidden()
    office.locator('input[name="kind"][value="report"]').check()
    expect(office.locator("#id_path")).to_be_hidden()
    expect(office.locator("#id_reported_units")).to_be_visible()
    clean(office)
