"""A letter is registered by keyboard with what its text suggests: seen, taken by one key, changed where it is wrong."""

from playwright.sync_api import Page, expect

from tests.desk.test_by_keyboard import clean, office, types
from tests.support.browser import PATIENCE_MS
from tests.support.platform import Platform

__all__ = ["office"]
BODY = "我住在宜秀区，小区电梯停运半年，物业公司收了物业费不修，楼道还漏电，请求解决。"


def test_a_letter_is_registered_with_its_suggestions(
    office: Page, empty_platform: Platform
) -> None:
    office.goto(f"{empty_platform.url}/desk/letters/letter/")
    types(office, "who-name", "张伟")
    types(office, "subject", "物业不修电梯")
    types(office, "body", BODY)
    chips = office.locator(".xq-advice .xq-chip")
    expect(chips.first).to_be_visible(timeout=PATIENCE_MS)
    expect(office.locator("#id_category")).to_have_value("")  # nothing is filled in by itself
    expect(office.locator("#id_region")).to_have_value("")
    clean(office)

    office.locator("#advice-why summary").focus()
    office.keyboard.press("Enter")
    expect(office.locator("#advice-why")).to_contain_text("漏电")
    types(office, "region", "大桥街道")
    office.keyboard.press("Alt+t")
    expect(office.locator("#id_category")).to_have_value("住房与房地产 / 物业管理 / 电梯运行维修")
    expect(office.locator("#id_region")).to_have_value("大桥街道")  # what was typed stays
    expect(office.locator("#id_urgent")).not_to_be_checked()  # that is for a person alone
    expect(office.locator("#chip-category-1")).to_have_attribute("aria-pressed", "true")
    expect(office.locator("#advice-why")).to_have_attribute("open", "")

    office.locator("#chip-urgent-1").focus()
    office.keyboard.press("Enter")
    expect(office.locator("#id_urgent")).to_be_checked()
    expect(office.locator("#id_urgent_reason")).to_have_value("危及人身安全（文中有：漏电）")
    office.keyboard.press("Control+Enter")
    expect(office.get_by_role("heading", level=1)).to_have_text("信访登记回执")

    office.get_by_role("link", name="打开事项").click()
    expect(office.locator("main")).to_contain_text("机器建议的分类")
    office.goto(f"{office.url}steps/reclassify/")
    office.locator("#chip-category-2").focus()
    office.keyboard.press("Enter")
    expect(office.locator("#id_category")).not_to_have_value(
        "住房与房地产 / 物业管理 / 电梯运行维修"
    )
    clean(office)
