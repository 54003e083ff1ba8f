"""The gallery in a real browser: both themes, a small phone and a wide screen, by keyboard and by axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import violations

ADDRESSES = ["/ui/", "/ui/?wrong=1", "/ui/desk/", "/ui/errors/404/", "/ui/errors/csrf/"]
WIDTHS = [360, 1440]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_overflows(
    page: Page, gallery: str, address: str, width: int, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(gallery + address)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
    found = violations(page)
    assert found == [], "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_content_first_and_a_refused_action_too(
    page: Page, gallery: str
) -> None:
    page.goto(f"{gallery}/ui/desk/")
    page.keyboard.press("Tab")
    expect(page.locator(".xq-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    refused = page.locator("[aria-disabled=true]").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if refused.evaluate("element => element === document.activeElement"):
            break
    expect(refused).to_be_focused()
    expect(refused).to_have_accessible_description(
        "异议期已过：5 个工作日，至 2月18日止。（第23条）"
    )


def test_the_theme_is_kept_on_the_next_page(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/ui/")
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto(f"{gallery}/ui/desk/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_a_citizen_sees_the_files_he_chose_and_takes_one_back(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/ui/")
    picker = page.locator(".xq-files")
    photo = {"name": "电梯.jpg", "mimeType": "image/jpeg", "buffer": b"0" * 3000}
    letter = {"name": "来信.pdf", "mimeType": "application/pdf", "buffer": b"0" * 500}
    picker.locator("input").set_input_files([photo, letter])
    expect(picker.locator("li")).to_have_count(2)
    expect(picker.locator("li").first).to_contain_text("2.9 KB")
    picker.get_by_role("button", name="移除 电梯.jpg").click()
    expect(picker.locator("li")).to_have_count(1)
    names = picker.locator("input").evaluate("input => Array.from(input.files, file => file.name)")
    assert names == ["来信.pdf"]


def test_the_error_summary_is_where_the_reader_is_and_leads_to_the_field(
    page: Page, gallery: str
) -> None:
    page.goto(f"{gallery}/ui/?wrong=1")
    summary = page.get_by_role("alert").filter(has_text="处需要改正")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="姓名").click()
    expect(page.get_by_label("姓名")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes(page: Page, gallery: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # a click during the sliding is ignored
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{gallery}/ui/")
    link = page.get_by_role("link", name="接访日")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="菜单").click()
    expect(link).to_be_visible()
    page.get_by_role("button", name="菜单").click()
    expect(link).to_be_hidden()


def test_without_scripts_the_page_still_has_its_menu_and_its_file_input(
    page: Page, gallery: str
) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}, locale="zh-CN"
    )
    plain = context.new_page()
    plain.goto(f"{gallery}/ui/")
    expect(plain.get_by_role("link", name="接访日")).to_be_visible()
    expect(plain.locator("input[type=file]")).to_be_visible()
    context.close()
