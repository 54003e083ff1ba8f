"""Wu Tao takes charge of a matter, goes to see and promises; the conference decides; Li Na does what was promised."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.walkers import DESK, Colleague, visitor
from tests.support.platform import runs

ACCEPTED = """
from xinqiao.cli.django import setup
setup()
from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.directory import queries
print(Desk(City(dict(queries.accounts_by_username()))).accepts().number)
"""


@pytest.fixture
def number(city_home: Path) -> str:
    """The number of a matter that the housing department has accepted."""
    made = runs(city_home, ACCEPTED)
    return made.split()[-1]


@pytest.fixture
def somebody(browser: Browser, city_address: str) -> Iterator[Colleague]:
    """One desk at which they log in after each other, so that each kind of page is looked at once."""
    with visitor(browser, DESK) as page:
        yield Colleague(page, city_address)


def sits_down(somebody: Colleague, username: str) -> Page:
    somebody.page.context.clear_cookies()
    somebody.comes_in(username)
    return somebody.page


def opens(somebody: Colleague, link: str, kind: str) -> None:
    somebody.follows(somebody.page.get_by_role("main").get_by_role("link", name=link).first)
    somebody.looks(kind)


def test_a_leader_in_charge_keeps_what_was_promised(somebody: Colleague, number: str) -> None:
    soon = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011  the browser's own day
    page = sits_down(somebody, "zhaogang")
    somebody.goes_to(f"/desk/matters/{number}/", "matter with panels")
    opens(somebody, "确定包案领导", "assign_lead")
    somebody.fills_in(leader="吴涛", measures="约谈物业，筹措维修资金", settle_by=soon)
    somebody.presses()
    somebody.looks("case")

    sits_down(somebody, "wutao")
    somebody.goes_to("/desk/leadership/", "five minutes")
    opens(somebody, "电梯停运半年", "case of the leader")
    opens(somebody, "带案下访", "visit")
    now = page.evaluate("new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 16)")
    somebody.fills_in(
        visited_at=now, place="某某小区三栋", record="两部电梯停用", words_1="修复一部电梯"
    )
    somebody.fills_in(unit_1="市住房和城乡建设局", due_1=soon)
    somebody.presses()
    somebody.reads("修复一部电梯")

    sits_down(somebody, "lina")
    somebody.goes_to("/desk/duties/", "duties")
    opens(somebody, "修复一部电梯", "duty")
    somebody.fills_in(words="一部电梯已经修复，检测合格。")
    somebody.presses()
    somebody.reads("已报办结，待确认")


def test_the_conference_from_plan_to_duty(somebody: Colleague, number: str) -> None:
    soon = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011  the browser's own day
    page = sits_down(somebody, "zhaogang")
    somebody.goes_to("/desk/leadership/conferences/new/", "plan a meeting")
    today = page.evaluate("new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10)")
    somebody.fills_in(
        meets_at=f"{today}T00:00", place="二会议室", chair="吴涛", called="市住房和城乡建设局"
    )
    somebody.presses()
    somebody.looks("meeting")

    sits_down(somebody, "chenbo")
    somebody.goes_to(f"/desk/matters/{number}/", "matter with panels")
    opens(somebody, "提交联席会议", "propose")
    somebody.fills_in(reason="需要财政明确维修资金")
    somebody.presses()

    sits_down(somebody, "zhaogang")
    somebody.goes_to("/desk/leadership/conferences/", "conferences")
    somebody.follows(page.locator("main tbody a").first)
    opens(somebody, "电梯停运半年", "item proposed")
    somebody.follows(page.get_by_role("button", name="列入议题"))
    somebody.looks("item to decide")
    somebody.fills_in(outcome="measures", decision="财政安排维修资金", words_1="拨付资金")
    somebody.fills_in(unit_1="市住房和城乡建设局", due_1=soon)
    somebody.presses("main form:has([name=decision])")
    somebody.reads("已议定")
    expect(page.get_by_role("main")).to_contain_text("拨付资金")
    somebody.goes_to("/desk/leadership/responsibility/", "who answers")
