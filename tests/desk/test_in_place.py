"""The page of a matter and the referral board in a real browser: steps in their place, keys, axe, paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.evidence import samples
from tests.journeys import axe
from tests.support.city_database import PASSWORD
from tests.support.platform import new_home, runs, served

WIDTHS = [360, 1280]
#: Two claims wait to be sent, one is accepted by the housing department, one was sent back by it.
FOUND = """
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
from tests.desk.at_work import Desk
from tests.support.city_database import load_city
prepare_database()
desk = Desk(load_city())
desk.registers(9), desk.registers(8)
print(desk.accepts(7).matter_number)
objected = desk.refers(6)
desk.takes(objected.matter, "object", by="lina", days=5, reason="属于人社部门职责")
"""


@pytest.fixture(scope="module")
def accepted_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a platform at work, and the number of the accepted matter."""
    home = new_home(tmp_path_factory, "at-work")
    made = runs(home, FOUND)
    with served(home) as address:
        yield address, made.split()[-1]


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/desk/log-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/work/**")


def clean(page: Page, address: str) -> None:
    """Axe finds nothing and nothing is wider than the screen: phone and laptop, light and dark, both languages."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = axe.contrast(page) if scheme == "dark" else axe.violations(page)
            assert found == [], "\n".join(found)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_opens_in_its_place_and_is_taken_there(
    page: Page, accepted_at: tuple[str, str]
) -> None:
    address, number = accepted_at
    log_in(page, address, "lina")
    page.goto(f"{address}/desk/matters/{number}/")
    clean(page, address)
    expect(page.get_by_role("button", name="打印")).not_to_be_focused()
    page.get_by_role("link", name="补充情况").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#doing-title")).to_be_focused()
    assert page.url.endswith(f"/matters/{number}/"), "the page stays"
    clean(page, address)
    page.locator("#doing .btn-primary").click()
    expect(page.locator("#doing .xq-error")).to_be_visible()
    page.locator("#doing [name=supplement]").fill("电梯编号 3 号")
    page.locator("#doing input[type=file]").set_input_files(
        {"name": "检验报告.pdf", "mimeType": "application/pdf", "buffer": samples.ACCEPTED["pdf"]}
    )
    page.locator("#doing .btn-primary").click()
    expect(page.locator(".xq-note-success")).to_be_visible()
    expect(page.locator(".xq-timeline")).to_contain_text("检验报告.pdf")
    clean(page, address)


def test_closing_the_form_brings_the_keyboard_back(
    page: Page, accepted_at: tuple[str, str]
) -> None:
    address, number = accepted_at
    log_in(page, address, "lina")
    page.goto(f"{address}/desk/matters/{number}/")
    opener = page.locator("a[href$='/steps/give_help/']")
    opener.click()
    expect(page.locator("#doing-title")).to_be_focused()
    page.locator("#doing").get_by_role("link", name="关闭").click()
    expect(page.locator("#doing form")).to_have_count(0)
    expect(opener).to_be_focused()


def test_what_is_still_owed_is_asked_only_where_an_account_is_open(
    page: Page, accepted_at: tuple[str, str]
) -> None:
    address, number = accepted_at
    log_in(page, address, "lina")
    page.goto(f"{address}/desk/matters/{number}/")
    page.locator("a[href$='/steps/submit_opinion/']").click()
    note = page.locator("#doing [name=accounts_note]")
    expect(note).to_be_hidden()
    page.locator("[name=care_account][value=open]").check()
    expect(note).to_be_visible()
    clean(page, address)


def test_who_was_logged_out_meanwhile_keeps_what_was_typed(
    page: Page, accepted_at: tuple[str, str]
) -> None:
    address, number = accepted_at
    log_in(page, address, "lina")
    page.goto(f"{address}/desk/matters/{number}/")
    page.locator("a[href$='/steps/ask_petitioner/']").click()
    page.locator("#doing [name=question]").fill("写了很久的问题")
    page.context.clear_cookies(name="sessionid")
    page.locator("#doing .btn-primary").click()
    expect(page.locator("#doing [role=alert]")).to_contain_text("登录已经失效")
    expect(page.locator("#doing [name=question]")).to_have_value("写了很久的问题")


def test_everything_works_without_scripts(page: Page, accepted_at: tuple[str, str]) -> None:
    address, number = accepted_at
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    plain = context.new_page()
    log_in(plain, address, "lina")
    plain.goto(f"{address}/desk/matters/{number}/")
    plain.locator(".xq-clock-line summary").first.click()
    expect(plain.locator(".xq-clock-why").first).to_contain_text("条例")
    plain.locator("a[href$='/steps/give_help/']").click()
    plain.locator("[name=help]").fill("联系社区帮扶")
    plain.locator(".xq-step-form .btn-primary").click()
    expect(plain.locator(".xq-note-success")).to_be_visible()
    context.close()


def test_the_board_by_keyboard_alone(page: Page, accepted_at: tuple[str, str]) -> None:
    address, _ = accepted_at
    log_in(page, address, "wangmin")
    page.goto(f"{address}/desk/referral/")
    clean(page, address)
    waiting = page.locator(".xq-board [data-row]")
    expect(waiting).to_have_count(2)
    first = waiting.first.locator("a.xq-number")
    first.focus()
    page.keyboard.press("x")
    expect(waiting.first.locator("[name=row]").first).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(waiting.nth(1).locator("[name=report_by]")).to_be_focused()
    clean(page, address)
    first.focus()
    page.keyboard.press("t")
    expect(page.locator(".xq-note-success")).to_contain_text("已转送 1 件")
    expect(page.locator(".xq-board [data-row]")).to_have_count(1)
    clean(page, address)


def test_the_page_and_a_paper_print(page: Page, accepted_at: tuple[str, str]) -> None:
    address, number = accepted_at
    log_in(page, address, "lina")
    for path in (f"/desk/matters/{number}/", f"/desk/matters/{number}/papers/4/"):
        page.goto(address + path)
        page.emulate_media(media="print")
        for left_out in (".xq-hall", ".xq-side", ".xq-bar", ".btn"):
            for one in page.locator(left_out).all():
                expect(one).to_be_hidden()
        expect(page.locator("main")).to_contain_text(number)
        assert page.pdf(format="A4").startswith(b"%PDF")
        page.emulate_media(media="screen")
