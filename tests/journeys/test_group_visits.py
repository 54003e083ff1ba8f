"""A group visit from the counter to the review: the first-in-charge is called, goes, hears, promises, looks back."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Browser

from tests.journeys.walkers import DESK, Colleague, visitor
from tests.support.platform import runs

ROUND = """
from xinqiao.cli.django import setup
setup()
from django.utils import timezone
from xinqiao.group_visits.jobs import end_follow_ups
assert end_follow_ups(timezone.now()) == 1
"""
PROMISE, LESSON = "十日内公布维修资金账目", "维修资金每季度公布一次"


def registers(wang_min: Colleague) -> str:
    """Twelve people come about their lifts; the number of the matter."""
    page = wang_min.page
    wang_min.goes_to("/desk/counter/visit/", "counter")
    page.locator("[name='who-name']").fill("高兰")
    page.locator("[name='who-phone']").fill("13800001234")
    wang_min.fills_in(
        subject="电梯停用半年", body="请求修复电梯，公布账目。", head_count="12", region="宜秀区"
    )
    page.locator("[name='path']").first.select_option("petition")
    wang_min.follows(page.locator("[data-send]"))
    return page.locator(".xq-copy code").first.inner_text()


def goes(yan_fei: Colleague) -> None:
    """Yan Fei heads the government of the county where the matter lies: called on the first page, with a clock."""
    page = yan_fei.page
    yan_fei.goes_to("/desk/work/?queue=all", "called")
    yan_fei.reads("请您到场接待集体访")
    yan_fei.follows(page.locator("section[aria-labelledby=called-title] a").first)
    yan_fei.looks("called to it")
    presses(yan_fei, "acknowledge")
    presses(yan_fei, "arrive")
    yan_fei.looks("on the spot")
    page.locator("[name='hear-demands']").fill("修复电梯，公布账目。")
    page.locator("[name='hear-representatives_heard']").fill("4")
    presses(yan_fei, "hear")
    yan_fei.looks("heard")
    yan_fei.fills_in(
        duty_words=PROMISE,
        duty_unit="宜秀区人民政府",
        due_on=str(timezone.localdate() + timedelta(days=10)),
    )
    presses(yan_fei, "promise")
    yan_fei.reads(PROMISE)
    for name in ("help_offered", "help_consented", "help_given"):
        page.locator(f"[name='offer_help-{name}'][value='yes']").check()
    presses(yan_fei, "offer_help")
    yan_fei.reads("已提出，对方同意，已提供")


def presses(walker: Colleague, verb: str) -> None:
    """The button of one verb."""
    walker.follows(walker.page.locator(f"form:has([name=do][value={verb}]) button.btn"))


def test_from_the_counter_to_the_review(
    browser: Browser, city_address: str, city_home: Path
) -> None:
    with visitor(browser, DESK) as one, visitor(browser, DESK) as other:
        wang_min, yan_fei = Colleague(one, city_address), Colleague(other, city_address)
        wang_min.comes_in("wangmin")
        number = registers(wang_min)
        yan_fei.comes_in("yanfei")
        goes(yan_fei)
        visit = yan_fei.page.url.removeprefix(city_address)
        yan_fei.goes_to("/desk/group-visits/?queue=open", "list")
        yan_fei.reads("跟踪办理中")
        wang_min.goes_to(f"/desk/matters/{number}/", "matter with a group visit")
        wang_min.reads("集体访现场处置")
        wang_min.takes(number, "withdraw", reason="电梯已经修好，账目已经公布")
        work(city_home)
        yan_fei.goes_to(visit, "to review")
        yan_fei.fills_in(**{"review-needless_if": "late", "review-lesson": LESSON})
        presses(yan_fei, "review")
        yan_fei.reads("超期办理")
        yan_fei.reads(LESSON)
        yan_fei.looks("reviewed")


def work(home: Path) -> None:
    """A round of the worker: it ends the follow-up of what is closed."""
    runs(home, ROUND)
