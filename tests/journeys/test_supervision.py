"""Supervision by the people who do it: what was found is urged with one key, answered, goes further, is reported."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.walkers import DESK, Colleague, visitor
from tests.support.platform import made, new_home, runs, served

FOUND = """
import json
from xinqiao.cli.django import setup
setup()
from django.utils import timezone
from tests.desk.at_work import Desk
from tests.support.city_database import load_city
from xinqiao.config.founding import prepare_database
from xinqiao.supervision.jobs import follow_everything
prepare_database()
desk = Desk(load_city())
late, other = desk.refers(30), desk.refers(28)
follow_everything(timezone.now())
print(json.dumps([late.number, other.number]))
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, list[str]]]:
    """A running platform with two matters that lie without a notice; its home, its address and their numbers."""
    home = new_home(tmp_path_factory, "supervised")
    told = runs(home, FOUND)
    with served(home) as address:
        yield home, address, json.loads(told.splitlines()[-1])


def test_what_is_late_is_urged_answered_and_reported(
    browser: Browser, town: tuple[Path, str, list[str]]
) -> None:
    home, address, (late, _other) = town
    with visitor(browser, DESK) as page:
        wang_min = Colleague(page, address)
        wang_min.comes_in("wangmin")
        urges_with_one_key(wang_min)
    with visitor(browser, DESK) as page:
        answers_and_looks_at_its_own_time(Colleague(page, address), late)
    with visitor(browser, DESK) as page:
        goes_further(Colleague(page, address), late)
    with visitor(browser, DESK) as page:
        answers_a_recommendation(Colleague(page, address))
    made(home, "work", "--once")  # the worker reads what was done on the page of the matter
    with visitor(browser, DESK) as page:
        reads_the_report(Colleague(page, address), late)


def urges_with_one_key(wang_min: Colleague) -> None:
    """The key moves to a row, the next urges: the form comes filled in, and one press sends it."""
    page = wang_min.page
    wang_min.goes_to("/desk/supervision/", "what was found")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("督办")
    wang_min.presses("main form.xq-step-form")
    wang_min.reads("已督办1件")
    page.locator("[data-choose-all]").check()
    page.locator("[data-urge]").click()
    expect(page.locator(".xq-together-rows li")).to_have_count(2)


def answers_and_looks_at_its_own_time(li_na: Colleague, number: str) -> None:
    li_na.comes_in("lina")
    li_na.goes_to("/desk/supervision/answers/", "answers due")
    li_na.reads(number)
    li_na.takes(number, "answer_urging", answer="人手不足，下周三前办结。")
    li_na.goes_to("/desk/supervision/held/", "held")
    li_na.reads("决定受理")


def goes_further(zhao_gang: Colleague, number: str) -> None:
    """A card too early is refused in words; after a letter it is shown; then a recommendation at large."""
    zhao_gang.comes_in("zhaogang")
    zhao_gang.opens_step(number, "urge", urging_form="yellow_card", reason="告知超期。")
    zhao_gang.page.locator("#doing form.xq-step-form .btn-primary").first.click()
    expect(zhao_gang.page.locator("#doing")).to_contain_text("应当先采取较轻的方式")
    zhao_gang.takes(number, "urge", urging_form="written", reason="请书面说明。")
    zhao_gang.takes(number, "urge", urging_form="yellow_card", reason="仍未告知。")
    zhao_gang.goes_to(f"/desk/matters/{number}/trace/", "trace")
    expect(zhao_gang.page.locator("svg.xq-trace rect").first).to_be_visible()
    zhao_gang.goes_to("/desk/supervision/recommendations/new/", "recommend")
    zhao_gang.fills_in(
        kind="improve_work", addressee="市住房和城乡建设局", subject="告知期限的管理",
        facts_found="多件超期未告知。", legal_basis="条例第四十条。", advice="专人登记期限。",
    )  # fmt: skip
    zhao_gang.presses()
    zhao_gang.reads("建议已提出并送达")
    zhao_gang.looks("recommendation")


def answers_a_recommendation(chen_bo: Colleague) -> None:
    chen_bo.comes_in("chenbo")
    chen_bo.goes_to("/desk/supervision/recommendations/", "recommendations")
    chen_bo.follows(chen_bo.page.locator("[data-row] a").first)
    chen_bo.fills_in(adoption="adopted", answer="已指定专人。")
    chen_bo.presses("main form.xq-step-form")
    chen_bo.reads("已反馈")


def reads_the_report(zhao_gang: Colleague, number: str) -> None:
    """Every figure leads to its matters."""
    zhao_gang.comes_in("zhaogang")
    zhao_gang.goes_to("/desk/supervision/listed/", "listed")
    zhao_gang.goes_to("/desk/supervision/report/", "report")
    zhao_gang.follows(link(zhao_gang.page, "黄牌警示"))
    zhao_gang.reads(number)
    zhao_gang.looks("behind a figure")


def link(page: Page, words: str) -> Locator:
    return page.locator("tr", has_text=words).locator("a").first
