"""Figures, by the people who read them: Zhao Gang has the whole picture from one page and goes down to a letter behind
a number; who has no business there finds no way in; a citizen reads the open figures on her phone and takes them away.

Each of these pages is looked at by axe in `everywhere`; here only what an answer to a form looks like."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from python_calamine import CalamineWorkbook

from tests.journeys.walkers import DESK, PHONE, Colleague, visitor
from tests.support.platform import runs, served
from xinqiao.rules.entries import SHANGHAI

BOARD = "/desk/targets/"
#: What is left of a sheet of A4 between its margins, in pixels of a screen.
SHEET = ViewportSize(width=718, height=1046)
TODAY = datetime.now(SHANGHAI).date()
#: A day in the last month whose open figures are out, and one in each of the two months before.
LATEST = (TODAY - timedelta(days=20)).replace(day=1) - timedelta(days=21)
MONTHS = (LATEST, LATEST - timedelta(days=30), LATEST - timedelta(days=60))
#: An answer to who wrote in the first of them was due.
DUE = MONTHS[-1] + timedelta(days=60)
#: In each month six people write about the county, and one about another; one of them is answered in time, one is not.
#: Two more wrote today. The city may have a single petition this year.
STORIES = f"""
DAYS = {[(TODAY - day).days for day in MONTHS]}
"""
STORIES += """
from xinqiao.cli.django import setup
setup()
from datetime import timedelta
from django.utils import timezone
from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.directory.queries import accounts_by_username
from xinqiao.people.values import PersonInput
from xinqiao.rules.targets import Aim
from xinqiao.targets.forecast.jobs import make_forecasts
from xinqiao.targets.jobs import count_everything
from xinqiao.targets.keeping import keep_figures
from xinqiao.targets.open_figures.jobs import publish_months
from xinqiao.targets.plans.actions import setting
from xinqiao.targets.plans.values import Wanted
from xinqiao.targets.values import Place, Scale

now = timezone.now()
desk = Desk(City(accounts_by_username()))

def writes(days, number, region):
    person = PersonInput(name="张伟", phone=f"1385550{days:03}{number}", address="某某路8号")
    return desk.registers(days, petitioners=[person], fields={"region": region}).matter

for days in DAYS:
    for number in range(7):
        matter = writes(days, number, "340811" if number else "340825")
        if number in (1, 2):
            desk.takes(matter, "transfer", by="wangmin", days=days, to_unit="city-housing")
            desk.takes(matter, "accept", by="lina", days=days, procedure="ordinary")
        if number == 1:
            from tests.desk.at_work import OPINION
            desk.takes(matter, "submit_opinion", by="lina", days=days - 5, **OPINION)
            desk.takes(matter, "issue_opinion", by="chenbo", days=days - 6)
            desk.takes(matter, "deliver_opinion", by="lina", days=days - 7, method="in_person")
for number in range(7, 9):
    writes(0, number, "340811")
place = Place(scale=Scale.REGION, code="340800")
wanted = Wanted(place=place, year=now.year, indicator="total", aim=Aim.ABSOLUTE, amount=1)
setting.set_target("city-petition", wanted, by=desk.city.person("zhaogang", now), now=now)
count_everything(now + timedelta(minutes=10))
keep_figures(now)
make_forecasts(now, only=[place])
publish_months(now)
"""


@pytest.fixture(scope="module")
def address(city_home: Path) -> Iterator[str]:
    """A running platform with the small city and what came to it."""
    runs(city_home, STORIES)
    with served(city_home) as found:
        yield found


@pytest.fixture(scope="module")
def zhao_gang(browser: Browser, address: str) -> Iterator[Colleague]:
    """The head of the city's petition office, logged in once for all these stories."""
    with visitor(browser, DESK) as page:
        leader = Colleague(page, address)
        leader.comes_in("zhaogang")
        yield leader


def named(page: Page, name: str) -> Locator:
    """The first link of this name in what the page says."""
    return page.locator("main").get_by_role("link", name=name, exact=True).first


def test_a_leader_has_the_whole_picture_and_goes_down_to_a_letter(zhao_gang: Colleague) -> None:
    page = zhao_gang.page
    page.get_by_role("navigation").get_by_role("link", name="目标", exact=True).click()
    page.wait_for_url(f"**{BOARD}")
    short = page.locator(".xq-short")
    for words in ("1项中0项在目标内", "超目标", "预计达不到", "没有提示"):
        expect(short).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("下级地区均未列入重点管理")  # comes after the page
    page.goto(f"{zhao_gang.address}{BOARD}?span={DUE.year}")
    overdue = short.locator("li", has_text="到期未答复").inner_text()
    zhao_gang.follows(named(page, "到期未答复"))
    zhao_gang.reads("电梯停运半年")
    rows = page.locator("main tbody tr")
    assert overdue == f"到期未答复 {rows.count()}"
    page.go_back()
    zhao_gang.follows(named(page, "按期答复率"))
    page.get_by_text("用表格查看数字").first.click()
    expect(page.locator("main details table").first).to_be_visible()
    zhao_gang.follows(named(page, "数字背后的件"))
    zhao_gang.follows(named(page, "未计入的"))
    number = rows.first.locator("a").inner_text()
    zhao_gang.follows(named(page, number))
    zhao_gang.reads("电梯停运半年")


def test_a_leader_asks_where_the_year_ends_and_what_the_units_bear(zhao_gang: Colleague) -> None:
    page = zhao_gang.page
    page.goto(zhao_gang.address + BOARD)
    zhao_gang.follows(named(page, "全年预测"))
    zhao_gang.follows(named(page, "信访总量"))
    zhao_gang.fills_in(limit="500")
    zhao_gang.presses()
    zhao_gang.looks("a limit")
    zhao_gang.reads("按预计走势，今年不会超过")
    zhao_gang.fills_in(limit="-5")
    zhao_gang.presses()
    zhao_gang.looks("a limit that is none")
    expect(page.locator("#id_limit")).to_have_value("-5")
    page.goto(f"{zhao_gang.address}{BOARD}forecast/")
    zhao_gang.follows(named(page, "承载能力推演"))
    zhao_gang.fills_in(growth="30")
    zhao_gang.presses()
    zhao_gang.looks("capacity, played")
    zhao_gang.reads("原样重演")


def test_the_first_page_is_printed_on_a_sheet_and_nothing_is_cut_off(zhao_gang: Colleague) -> None:
    page = zhao_gang.page.context.new_page()
    page.goto(zhao_gang.address + BOARD)
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    assert _cut_off(page) == []
    for shown in (".xq-short", ".xq-board", "#below"):
        expect(page.locator(shown)).to_be_visible()
    for left_out in (".xq-choices", ".xq-onward", ".xq-tiles"):
        expect(page.locator(left_out)).to_be_hidden()
    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1
    page.close()


def _cut_off(page: Page) -> list[str]:
    """What is wider than its place."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll("main, main *")]
      .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
                     && !one.closest(".visually-hidden, caption, svg"))
      .map(one => one.tagName + "." + one.className + " " + one.scrollWidth + " " + one.clientWidth)""")
    return found


def test_a_leader_takes_the_month_sheet(zhao_gang: Colleague, tmp_path: Path) -> None:
    page = zhao_gang.page
    page.goto(zhao_gang.address + BOARD)
    zhao_gang.fills_in(span=f"{LATEST:%Y-%m}")
    zhao_gang.presses()
    total = page.locator(".xq-board tbody tr").first.locator("td strong").inner_text()
    with page.expect_download() as taken:
        page.get_by_role("link", name="月报").click()
    assert taken.value.suggested_filename == f"月报 安庆市 {LATEST:%Y-%m}.xlsx"
    taken.value.save_as(tmp_path / "sheet.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "sheet.xlsx")
    rows = [row for row in book.get_sheet_by_index(0).to_python() if row[0] != ""]
    assert f"{LATEST:%Y-%m}" in str(rows[:5])
    assert rows[-1][1] == 7 == int(total)


def test_who_has_no_business_there_finds_no_way_in(browser: Browser, address: str) -> None:
    """The administrator reads no figures; a department reads its own, sets no target, and sees no other's."""
    with visitor(browser, DESK) as page:
        ma_lin = Colleague(page, address)
        ma_lin.comes_in("malin")
        expect(page.locator("a[href='/desk/targets/']")).to_have_count(0)
        for path in ("", "forecast/", "indicators/total/behind/", "month-sheets/", "signs/"):
            answer = page.request.get(f"{address}{BOARD}{path}")
            assert answer.status == 403, path
    with visitor(browser, DESK) as page:
        li_na = Colleague(page, address)
        li_na.comes_in("lina")
        page.goto(f"{address}{BOARD}")
        expect(page.locator("[name=place] option")).to_have_text(["市住房和城乡建设局"])
        page.goto(f"{address}{BOARD}plans/")
        expect(page.locator("main a[href*='/new/']")).to_have_count(0)
        for path in ("", "indicators/total/", "forecast/", "forecast/capacity/", "month-sheets/"):
            answer = page.request.get(f"{address}{BOARD}{path}?place=region:340800")
            assert answer.status == 404, path
        assert page.request.get(f"{address}{BOARD}plans/new/").status == 403


def test_a_citizen_reads_the_open_figures_on_her_phone_and_takes_them_away(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with visitor(browser, PHONE, has_touch=True) as page:
        page.goto(address)
        page.get_by_role("button", name="菜单").tap()
        page.get_by_role("link", name="公开数据").tap()
        page.wait_for_url("**/figures/")
        expect(page.locator(".xq-in-short li").first).to_contain_text("7")
        chart = page.locator(".xq-chart-box").first
        expect(chart.locator("canvas")).to_be_visible()
        chart.get_by_text("用表格查看数字").tap()
        expect(chart.locator("tbody tr").last).to_contain_text("7")
        _sees_what_is_withheld(page)
        lines, cells = _takes_away(page, tmp_path)
    assert [{name: str(value) for name, value in one.items()} for one in cells] == lines
    shown = {one["value"] for one in lines if one["withheld"] == "0"}
    assert "7" in shown and not shown & {"1", "2"}
    assert {one["withheld"] for one in lines if one["row_name"] == "太湖县"} >= {"1"}


def _sees_what_is_withheld(page: Page) -> None:
    """One petition came from the other county: neither it nor what it could be worked out from is drawn, and why."""
    untold = page.locator(".xq-panel", has_text="以下各项没有图表")
    expect(untold.locator("li", has_text="收到的信访：分地区").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("不足三人的数字不公开")


def _takes_away(page: Page, folder: Path) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """The table and the file for programs, as they were kept on the phone."""
    for button, name in (
        ("下载表格（CSV）", "figures.csv"),
        ("供程序使用（JSON）", "figures.json"),
    ):
        with page.expect_download() as taken:
            page.get_by_role("link", name=button).tap()
        assert taken.value.suggested_filename == name
        taken.value.save_as(folder / name)
    with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.DictReader(text))
    cells: list[dict[str, object]] = json.loads((folder / "figures.json").read_text())["cells"]
    return lines, cells
