"""On a small phone, in a real browser: the link of a message is rated; number and code lead to a review request."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.evidence import samples
from tests.journeys.axe import violations
from tests.support.platform import environment, new_home, served, xinqiao

ROOT = Path(__file__).parents[2]
PHONE = ViewportSize(width=360, height=740)
#: Two matters of the small city whose opinions were delivered two days ago; number and code of each.
FOUND = """
import json
from xinqiao.cli.django import setup
setup()
from xinqiao.config.founding import prepare_database
from tests.support.city_database import load_city
prepare_database()
city = load_city()
from tests.portal.offices import Offices
receipts = [Offices(city).answered() for _ in range(2)]
print(json.dumps([[one.number, one.query_code] for one in receipts]))
"""


@dataclass(frozen=True)
class Town:
    """A running platform: its folder, its address, and what stands on two receipts."""

    home: Path
    address: str
    receipts: list[tuple[str, str]]

    def messages(self) -> str:
        """What the worker has sent: without a sender of the place, it stands in the log."""
        done = xinqiao(self.home, "work", "--once", XINQIAO_ADDRESS=self.address)
        assert done.returncode == 0, done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = new_home(tmp_path_factory, "town")
    command = [sys.executable, "-c", FOUND]
    made = subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with served(home) as address:
        yield Town(home, address, json.loads(made.stdout.splitlines()[-1]))


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    return page


def looks(page: Page) -> None:
    """No fault that axe finds, nothing wider than the screen."""
    found = violations(page)
    assert found == [], "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def link_to(number: str, messages: str) -> str:
    line = next(one for one in messages.splitlines() if number in one and "/rate/link/" in one)
    found = re.search(r"http\S+/rate/link/\S+", line)
    assert found is not None, line
    return found[0]


def test_from_the_link_in_a_message_four_touches_rate(phone: Page, town: Town) -> None:
    number, _ = town.receipts[0]
    link = link_to(number, town.messages())
    phone.goto(link)
    looks(phone)
    for name, answer in (
        ("office_rating", "satisfied"),
        ("unit_rating", "dissatisfied"),
        ("settled", "no"),
    ):
        phone.locator(f"label:has([name={name}][value={answer}])").click()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("main")).to_contain_text("没有解决，接下来怎么办")
    expect(phone.locator("main")).to_contain_text("请求复查")
    looks(phone)
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("已经评价过")
    expect(phone.locator("form button[type=submit], form .btn-primary")).to_have_count(0)
    looks(phone)


def test_number_and_code_lead_to_a_request_that_is_kept_sent_and_proved(
    phone: Page, town: Town
) -> None:
    number, code = town.receipts[1]
    phone.goto(f"{town.address}/lookup/?number={number}")
    expect(phone.locator("[name=number]")).to_have_value(number)
    expect(phone.locator("[name=code]")).to_have_value("")
    looks(phone)
    phone.fill("[name=code]", code)
    phone.get_by_role("button", name="打开").click()
    expect(phone.locator("main")).to_contain_text("处理意见已送达")
    looks(phone)
    phone.get_by_role("link", name="请求复查").click()
    phone.fill("[name=reason]", "没有查清停用的原因")
    phone.set_input_files(
        "input[type=file]",
        {"name": "电梯.jpg", "mimeType": "image/jpeg", "buffer": samples.picture()},
    )
    phone.get_by_role("button", name="先保存，稍后提交").click()
    expect(phone.locator("main")).to_contain_text("还没有提交")
    expect(phone.locator("[name=reason]")).to_have_value("没有查清停用的原因")
    expect(phone.locator(".xq-chosen")).to_contain_text("电梯.jpg")
    looks(phone)
    phone.locator("label:has([name=to_unit])").first.click()
    phone.get_by_role("button", name="提交请求").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("请求已收到")
    expect(phone.locator("main")).to_contain_text("电梯.jpg")
    looks(phone)
    phone.get_by_role("link", name="回到这件信访").click()
    expect(phone.locator(".xq-state")).to_have_text("复查中")
    looks(phone)
    phone.goto(f"{town.address}/appeals/{number}/")
    expect(phone.locator("main")).to_contain_text("您还可以")
    looks(phone)


def test_what_is_written_is_kept_by_itself_when_the_page_is_left(phone: Page, town: Town) -> None:
    number, code = town.receipts[0]
    phone.goto(f"{town.address}/lookup/?number={number}")
    phone.fill("[name=code]", code)
    phone.get_by_role("button", name="打开").click()
    page = f"{town.address}/lookup/{number}/supplement/"
    phone.goto(page)
    phone.locator("[name=supplement]").press_sequentially("还有一件事")
    expect(phone.locator("[data-draft-kept]")).to_be_visible()
    phone.goto(f"{town.address}/lookup/{number}/")
    phone.goto(page)
    expect(phone.locator("[name=supplement]")).to_have_value("还有一件事")
