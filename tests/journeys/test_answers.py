"""An answer that answers nothing is caught before it goes out; and who gave it twice is found by who supervises."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.insight.answering import EMPTY, FULL
from tests.journeys.walkers import DESK, Colleague, visitor
from tests.support.platform import made, new_home, runs, served

FOUND = """
import json
from xinqiao.cli.django import setup
setup()
from tests.desk.at_work import Desk
from tests.insight.answering import BODY, FULL, replies
from tests.support.city_database import load_city
from xinqiao.config.founding import prepare_database
prepare_database()
desk = Desk(load_city())
earlier = replies(desk, FULL, 20)
receipt = desk.accepts(9, body=BODY)
print(json.dumps([earlier.number, receipt.number]))
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, list[str]]]:
    """A platform with an answer of three weeks ago, and an accepted matter with three demands."""
    home = new_home(tmp_path_factory, "answered")
    told = runs(home, FOUND)
    made(home, "work", "--once")
    with served(home) as address:
        yield home, address, json.loads(told.splitlines()[-1])


def test_an_empty_answer_is_caught_before_it_is_signed(
    browser: Browser, town: tuple[Path, str, list[str]]
) -> None:
    home, address, (earlier, number) = town
    with visitor(browser, DESK) as page:
        li_na = Colleague(page, address)
        li_na.comes_in("lina")
        catches_an_empty_answer(li_na, number, earlier)
    with visitor(browser, DESK) as page:
        signs_what_is_answered(Colleague(page, address), number)
    made(home, "work", "--once")
    with visitor(browser, DESK) as page:
        finds_the_copies(Colleague(page, address), number, earlier)


def catches_an_empty_answer(li_na: Colleague, number: str, earlier: str) -> None:
    """While she types: nothing said yet; a copy of another answer; then each demand is mentioned."""
    page = li_na.page
    li_na.opens_step(number, "submit_opinion", facts_found=EMPTY)
    look = page.locator("#doing .xq-look")
    expect(look).to_contain_text("尚未告知信访人任何实质内容")
    expect(look).to_contain_text("请问维修资金还剩多少？")
    page.locator("#doing [name=facts_found]").fill(FULL)
    expect(look).to_contain_text("1项基本未提及")
    page.locator("#doing [name=opinion]").fill("情况属实。")
    expect(look.get_by_role("link", name=earlier)).to_be_visible()
    li_na.looks("an answer that is looked at")
    page.locator("#doing [name=opinion]").fill("多收的停车费已责令退还，请至物业服务中心办理。")
    expect(look).to_contain_text("均已提及")
    li_na.fills_in(
        claim="修复电梯，退还停车费。", legal_basis="《物业管理条例》。", result="supported", disposition="settle",
        policy_account="clear", procedure_account="clear", care_account="clear",
    )  # fmt: skip
    li_na.sends_step()


def signs_what_is_answered(chen_bo: Colleague, number: str) -> None:
    chen_bo.comes_in("chenbo")
    chen_bo.opens_step(number, "issue_opinion")
    expect(chen_bo.page.locator("#doing .xq-look")).to_contain_text("均已提及")
    chen_bo.sends_step()


def finds_the_copies(wang_min: Colleague, number: str, earlier: str) -> None:
    wang_min.comes_in("wangmin")
    wang_min.goes_to("/desk/supervision/alike/", "answers alike")
    wang_min.reads("2件事项的答复基本为以下内容")
    wang_min.reads(number)
    wang_min.follows(wang_min.page.locator(".xq-alike a[href$='/mark_perfunctory/']").last)
    wang_min.looks("calls an answer perfunctory")
    expect(wang_min.page.locator(".xq-look")).to_contain_text(number)
