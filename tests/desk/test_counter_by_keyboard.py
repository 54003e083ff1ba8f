"""The counter without a mouse: twelve people come with three representatives, and leave with a receipt on one page."""

import io
import re
from dataclasses import dataclass, field

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.desk.test_by_keyboard import clean, office
from tests.evidence.samples import picture
from tests.support.platform import Platform

__all__ = ["office"]
CARD = "11010519491231002X"
#: Counts what hands do: presses of a mouse, and calls of the print dialogue, which a browser without a screen lacks.
WATCH = """
  addEventListener("mousedown", () => (document.documentElement.dataset.mouse = "used"), true);
  window.print = () => (document.documentElement.dataset.printed = "yes");
"""


@dataclass
class Hands:
    """A clerk's hands on the keyboard."""

    page: Page
    keys: int = 0
    characters: int = 0
    pressed: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> "Hands":
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.pressed.append(key)
        return self

    def visits(self) -> "Hands":
        """Goes to the counter from anywhere, by two keys."""
        self.press("g", "v")
        expect(self.page.locator("#id_who-id_number")).to_be_focused()
        return self

    def tabs_to(self, field: str, most: int = 8) -> "Hands":
        """Tab by Tab to a field that is not far; earlier matters, where there are any, lie on the way."""
        there = f"document.activeElement.id === 'id_{field}'"
        for _ in range(most):
            if self.page.evaluate(there):
                break
            self.press("Tab")
        assert self.page.evaluate(there), field
        return self

    def type(self, text: str) -> "Hands":
        self.page.keyboard.type(text)
        self.characters += len(text)
        return self


@pytest.fixture
def hands(office: Page) -> Hands:
    office.add_init_script(WATCH)
    office.reload()
    return Hands(office)


def registers_the_visit(hands: Hands) -> str:
    """Twelve people, three representatives. Gives the number on the receipt."""
    page = hands.page
    hands.visits()
    hands.type(CARD).press("Tab").type("13855501234").press("Tab").type("张伟")
    expect(page.locator("#id-check")).to_contain_text("1949-12-31")
    hands.press("Tab", "Tab").type("12")
    for name in ("李强", "王芳", "赵敏"):
        hands.press("Alt+r").type(name)
    hands.tabs_to("subject")
    hands.type("电梯停运半年").press("Tab").type("三栋楼的电梯停运半年，请求修复。").press(
        "Tab"
    ).type("大桥街道")
    hands.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信访登记回执")
    return page.locator("code").first.inner_text()


def test_a_visit_of_twelve_is_registered_by_keyboard_alone(
    hands: Hands, empty_platform: Platform
) -> None:
    page = hands.page
    number = registers_the_visit(hands)
    assert hands.keys <= 25, hands.pressed
    expect(page.locator("[data-print]")).to_be_focused()
    hands.press("Enter")
    assert page.evaluate("document.documentElement.dataset.printed") == "yes"
    assert page.evaluate("document.documentElement.dataset.mouse") is None
    clean(page)
    page.goto(f"{empty_platform.url}/desk/matters/{number}/")
    expect(page.locator("main")).to_contain_text("12 人")
    expect(page.locator(".xq-people li")).to_have_count(4)


def test_the_receipt_fits_one_page(hands: Hands) -> None:
    registers_the_visit(hands)
    for size in ("A4", "A5"):
        with pikepdf.open(io.BytesIO(hands.page.pdf(format=size))) as printed:
            assert len(printed.pages) == 1, size


def test_after_an_error_everything_typed_is_still_there(hands: Hands) -> None:
    page = hands.page
    hands.visits().type("11010519491231002X").press("Tab", "Tab").type("张伟").press("Alt+r").type(
        "李强"
    )
    page.locator("#id_files").set_input_files(
        {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(page.locator("#files .xq-kept-name")).to_have_text("照片.jpg")
    page.locator("#id_who-name").focus()
    hands.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#id_seat-0-name")).to_have_value("李强")
    expect(page.locator("#files .xq-kept-name")).to_have_text("照片.jpg")
    clean(page)


def test_the_number_of_an_organisation_says_so(hands: Hands) -> None:
    page = hands.page
    hands.visits().type("91340800MA2MXXXX1A")
    expect(page.locator('[name="who-who"][value="organisation"]')).to_be_checked()


def test_nothing_traps_the_focus(hands: Hands) -> None:
    """From the first field Tab comes past every control to the button that registers, and out of the form."""
    page = hands.page
    hands.visits()
    for _ in range(80):
        hands.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-send]')"):
            break
    expect(page.locator("[data-send]")).to_be_focused()
    hands.press("Tab", "Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('#register'))")


def test_the_list_keeps_its_place_when_it_is_refreshed(
    hands: Hands, empty_platform: Platform
) -> None:
    number = registers_the_visit(hands)
    page = hands.page
    page.goto(f"{empty_platform.url}/desk/work/?queue=waiting")
    hands.press("j", "x")
    expect(page.locator("[data-chosen]")).to_have_text("1")
    focused = page.evaluate("document.activeElement.textContent")
    with page.expect_response(re.compile("/desk/work/")):
        hands.press("r")
    expect(page.locator("[data-chosen]")).to_have_text("1")
    assert page.evaluate("document.activeElement.textContent") == focused
    clean(page)
    hands.press("g", "w")
    expect(page.get_by_role("heading", level=1)).to_have_text("本单位待办")
    assert number
