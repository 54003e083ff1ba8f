"""A hot spot is noticed and handed over: letters come in, the worker reads them, the head of the office acts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.walkers import DESK, Colleague, visitor
from tests.support.browser import PATIENCE_MS
from tests.support.platform import made, new_home, runs, served
from xinqiao.rules.entries import SHANGHAI

LATER = (datetime.now(SHANGHAI) + timedelta(days=20)).date().isoformat()
LETTERS = """
from xinqiao.cli.django import setup
setup()
from tests.desk.at_work import Desk
from tests.insight.plants import Plant
from tests.support.city_database import load_city
from xinqiao.config.founding import prepare_database
from xinqiao.demo.catalogue import read_toml
prepare_database()
plant = Plant(Desk(load_city()))
told = read_toml("hotspots.toml")["spot"][0]
others = ["小学门口没有红绿灯", "公交站台没有雨棚", "路灯坏了三个月", "菜市场污水横流", "广场舞音量太大"]
for number, words in enumerate(others):
    plant.writes(30 - number, 50 + number, subject=words, body=f"{words}，请求有关部门尽快处理。")
for number, title in enumerate(told["titles"]):
    plant.writes(20 - 3 * number, number, subject=title, body=f"{title}。{told['bodies'][0]}")
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A running platform on which eleven people wrote, six of them about one plant; nobody has read it yet."""
    home = new_home(tmp_path_factory, "hot")
    runs(home, LETTERS)
    with served(home) as address:
        yield home, address


def test_a_hot_spot_is_noticed_and_handed_over(browser: Browser, town: tuple[Path, str]) -> None:
    home, address = town
    made(home, "work", "--once")  # what came in is read, and looked at for hot spots
    with visitor(browser, DESK) as page:
        zhao_gang = Colleague(page, address)
        zhao_gang.comes_in("zhaogang")
        notices(zhao_gang)
        hands_it_over(zhao_gang)
        says_what_it_was(zhao_gang)
    with visitor(browser, DESK) as page:
        he_ping = Colleague(page, address)
        he_ping.comes_in("heping")
        he_ping.goes_to("/desk/disputes/?list=mine", "disputes of a unit")
        he_ping.reads("新桥化工园")
    with visitor(browser, DESK) as page:
        wang_min = Colleague(page, address)
        wang_min.comes_in("wangmin")
        links_one_more_call(wang_min)
    with visitor(browser, DESK) as page:
        li_na = Colleague(page, address)
        li_na.comes_in("lina")
        expect(page.locator("a[href='/desk/hotspots/']")).to_have_count(0)


def notices(zhao_gang: Colleague) -> None:
    """From the line on the first page to the one hot spot; what the others wrote is none."""
    page = zhao_gang.page
    zhao_gang.goes_to("/desk/work/", "work with an alert")
    zhao_gang.follows(page.locator("main a[href^='/desk/hotspots/']").first)
    zhao_gang.looks("hot spots")
    expect(page.locator("[data-row]")).to_have_count(1)
    zhao_gang.reads("预警")
    zhao_gang.follows(page.locator("[data-row] a").first)
    zhao_gang.looks("hot spot")
    zhao_gang.reads("6人")
    zhao_gang.reads("新桥化工园")


def hands_it_over(zhao_gang: Colleague) -> None:
    page = zhao_gang.page
    zhao_gang.follows(page.locator("a[href$='/hand-over/']"))
    zhao_gang.looks("hand over")
    zhao_gang.fills_in(
        owner="宜秀区住房和城乡建设局", settle_by=LATER, remedy="夜间监测，责令整改。"
    )
    for role in ("residents", "company"):
        page.locator(f"main [name='roles'][value='{role}']").check()
    zhao_gang.presses("main form.xq-step-form")
    zhao_gang.reads("已移交宜秀区住房和城乡建设局")


def says_what_it_was(zhao_gang: Colleague) -> None:
    page = zhao_gang.page
    page.locator("main [name='outcome'][value='true']").check()
    zhao_gang.fills_in(words="到现场核查，属实。")
    zhao_gang.follows(page.locator("main form.xq-step-form .btn"))
    zhao_gang.reads("到现场核查，属实。")
    zhao_gang.goes_to("/desk/hotspots/precision/", "precision")
    zhao_gang.reads("100.0 %")


def links_one_more_call(wang_min: Colleague) -> None:
    """One more neighbour calls: what the others wrote is seen, one key has it handled with theirs."""
    page = wang_min.page
    wang_min.goes_to("/desk/counter/call/", "call")
    page.locator("#id_who-phone").fill("13855509999")
    page.locator("#id_who-name").fill("邻居")
    page.locator("#id_region").fill("宜秀区")
    page.locator("#id_subject").fill("新桥化工园夜里又排放刺鼻气体")
    page.locator("#id_body").press_sequentially("新桥化工园夜间排放刺鼻气体，家里不敢开窗。")
    expect(page.locator("#alike input[name='together']").first).to_be_checked(timeout=PATIENCE_MS)
    wang_min.reads("新桥化工园")
    page.keyboard.press("Alt+s")
    expect(page.locator("#alike input[name='together']").nth(1)).to_be_checked()
    wang_min.looks("call like another")
    page.keyboard.press("Alt+s")
    expect(page.locator("#together-none")).to_be_checked()
    page.keyboard.press("Alt+s")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信访登记回执")
    wang_min.reads("并案办理")
