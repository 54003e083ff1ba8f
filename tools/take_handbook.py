"""Takes the pictures of the handbook: python -m tools.take_handbook (or: make handbook).

Makes a fresh demonstration city in a folder of its own, walks it with the people of the journeys, and writes
docs/handbook/pictures/*.png. Every person and every word in the pictures is invented.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.journeys.walkers import Citizen, Colleague, visitor
from tests.support.accounts import ACCOUNTS
from tests.support.browser import QUIET, chromium
from tests.support.city import PASSWORD
from tests.support.platform import made, served
from tools.light_pictures import keep

PICTURES = Path(__file__).parent.parent / "docs" / "handbook" / "pictures"
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=760)
#: A picture shows at most so much of a long page, and at least so much of a short one.
SHORTEST = 560
TALLEST = {PHONE["width"]: 1000, DESK["width"]: 1100}
SUBJECT = "小区电梯停用半年，请求修复"
BODY = "三号楼的电梯四月起停用，老人上下楼困难。已经三次找物业，没有答复。请求尽快修复。"
OPINION = {
    "claim": "请求修复三号楼电梯。",
    "facts_found": "经现场查看，电梯因曳引机损坏停用，维修资金足够。",
    "opinion": "责成物业服务企业三十日内完成维修，并通过检验后恢复使用。",
    "legal_basis": "《物业管理条例》第三十五条",
    "result": "supported",
    "disposition": "settle",
    **ACCOUNTS,
}
APPEAL_OPINION = {
    "appeal_result": "upheld",
    "opinion": "原处理意见认定事实清楚，予以维持。",
    "legal_basis": "《信访工作条例》第三十五条",
}


def photograph(page: Page, name: str, of: Locator | None = None) -> None:
    """Keeps the page, or a part of it, as `name`.png in few colours."""
    page.evaluate("() => document.fonts.ready")
    size = page.viewport_size or DESK
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST[size["width"]])
    if of is None:
        page.set_viewport_size({"width": size["width"], "height": max(tall, SHORTEST)})
        page.evaluate("() => scrollTo(0, 0)")
    # Hiding the caret would need a style in the page, which its policy refuses.
    taken = (of or page).screenshot(caret="initial")
    page.set_viewport_size(size)
    keep(taken, PICTURES / f"{name}.png")


class Petitioner(Citizen):
    """Gao Lan, as in the journeys; her pages are looked at there."""

    def looks(self, kind: str) -> None:
        """Nothing to look at: the journeys do."""

    def answers_for_the_book(self, name: str, /, **typed: str) -> None:
        """One page of the submission, photographed when it is filled in."""
        self.fills_in(**typed)
        photograph(self.page, name)
        self.presses("main form.xq-form")


class Official(Colleague):
    """A member of staff of the demonstration city."""

    def looks(self, kind: str) -> None:
        """Nothing to look at: the journeys do."""

    def shows(self, path: str, name: str) -> None:
        """Opens a page and photographs it."""
        self.goes_to(path)
        photograph(self.page, name)

    def takes_for_the_book(self, number: str, step: str, name: str, /, **typed: str) -> None:
        """A step, its form photographed when it is filled in."""
        self.opens_step(number, step, **typed)
        photograph(self.page, name, self.page.locator("#doing"))
        self.sends_step()


@dataclass
class Cast:
    """Everybody who appears: the petitioner, and who is logged in, by a word for their part."""

    browser: Browser
    address: str
    gao_lan: Petitioner
    clerk: Official
    officer: Official
    head: Official
    other: Official
    reviewer: Official


PARTS = {
    "clerk": "anqing-petition-office.clerk",
    "officer": "anqing-housing.officer",
    "head": "anqing-housing.head",
    "other": "anqing-human-resources.officer",
    "reviewer": "anqing-government.head",
}


@contextmanager
def official(browser: Browser, address: str, username: str) -> Iterator[Official]:
    """Somebody's own browser, logged in."""
    with visitor(browser, DESK) as page:
        someone = Official(page, address)
        someone.comes_in(username)
        yield someone


def submits(cast: Cast) -> None:
    """A petition from a phone, every page of it."""
    gao_lan, page = cast.gao_lan, cast.gao_lan.page
    gao_lan.goes_to("/")
    photograph(page, "citizen-home")
    page.locator(".xq-door").first.click()
    gao_lan.answers_for_the_book("citizen-kind", kind="claim")
    gao_lan.answers("place", county="340800")
    gao_lan.answers_for_the_book("citizen-words", subject=SUBJECT, body=BODY)
    gao_lan.answers_for_the_book("citizen-category", category="housing.property")
    photograph(page, "citizen-files")
    gao_lan.answers("files")
    gao_lan.answers("who", who="alone")
    gao_lan.answers_for_the_book(
        "citizen-person", name="高兰", phone="16400001234", address="宜秀区某某小区3号楼"
    )
    photograph(page, "citizen-check")
    gao_lan.presses()
    gao_lan.keeps_the_receipt()
    photograph(page, "citizen-receipt")


def registers_and_refers(cast: Cast) -> None:
    """The clerk's day: the petition is registered, goes to a wrong unit, comes back, goes to the right one."""
    clerk, number = cast.clerk, cast.gao_lan.number
    clerk.shows("/desk/work/", "clerk-work")
    clerk.takes_for_the_book(number, "register", "clerk-register", kind="claim", path="petition")
    clerk.shows("/desk/referral/", "clerk-referral")
    clerk.takes(number, "transfer", to_unit="anqing-human-resources")
    cast.other.takes_for_the_book(
        number, "object", "officer-object", reason="物业服务不属于本单位职权，建议转送住房和城乡建设部门。"
    )  # fmt: skip
    clerk.takes_for_the_book(
        number, "uphold_objection", "clerk-objection", reason="异议成立，另行转送。"
    )
    clerk.takes_for_the_book(number, "transfer", "clerk-transfer", to_unit="anqing-housing")


def registers_a_visit(cast: Cast) -> None:
    """Twelve people come with three representatives."""
    page = cast.clerk.page
    cast.clerk.goes_to("/desk/counter/visit/")
    for name, typed in (("who-phone", "16400005678"), ("who-name", "张伟"), ("head_count", "12")):
        page.locator(f"#id_{name}").fill(typed)
    for name in ("李强", "王芳", "赵敏"):
        page.keyboard.press("Alt+r")
        page.keyboard.type(name)
    page.locator("#id_subject").fill("工地拖欠工资")
    page.locator("#id_body").fill("十二人在某某工地做工，三个月工资没有发。")
    page.locator("#id_region").fill("大桥街道")
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    photograph(page, "clerk-visit")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信访登记回执")
    photograph(page, "clerk-receipt")
    cast.clerk.shows("/desk/letters/letter/", "clerk-letter")
    cast.clerk.shows("/desk/hall/", "clerk-hall")
    page.keyboard.press("?")
    photograph(page, "keys", page.locator("dialog[open]"))


def meets_what_others_wrote(cast: Cast) -> None:
    """A neighbour calls about what several have written of; the office looks at what many say of one place."""
    page = cast.clerk.page
    cast.clerk.goes_to("/desk/counter/call/")
    page.locator("#id_subject").fill("新桥化工园夜间气味刺鼻")
    page.locator("#id_body").fill("新桥化工园晚上排放刺鼻气体，家里不敢开窗，请求派人查处。")
    page.locator("#id_region").fill("新桥")
    expect(page.locator("#alike fieldset")).to_be_visible(
        timeout=60_000
    )  # the first question reads all
    page.set_viewport_size(
        {"width": DESK["width"], "height": 2000}
    )  # clear of the bar at the bottom
    photograph(page, "clerk-alike", page.locator("#alike"))
    page.set_viewport_size(DESK)
    cast.clerk.shows("/desk/hotspots/", "leader-hotspots")


def handles(cast: Cast) -> None:
    """Acceptance, extension, opinion, signature, delivery."""
    officer, head, number = cast.officer, cast.head, cast.gao_lan.number
    officer.shows("/desk/work/", "officer-work")
    officer.shows(f"/desk/matters/{number}/", "officer-matter")
    clock = officer.page.locator(".xq-clock-line").first
    clock.locator("summary").first.click()
    photograph(officer.page, "officer-clock", clock)
    officer.takes_for_the_book(number, "accept", "officer-accept", procedure="ordinary")
    officer.takes_for_the_book(
        number, "request_extension", "officer-extension", days="15", reason="等待电梯检验结论。"
    )
    head.shows("/desk/work/", "leader-work")
    head.takes_for_the_book(number, "approve_extension", "leader-extension")
    officer.takes_for_the_book(number, "submit_opinion", "officer-opinion", **OPINION)
    head.shows(f"/desk/matters/{number}/", "leader-matter")
    head.takes_for_the_book(number, "issue_opinion", "leader-issue")
    head.page.locator("a[href*='/papers/']").first.click()
    photograph(head.page, "leader-paper")
    officer.takes_for_the_book(number, "deliver_opinion", "officer-deliver", method="in_person")
    officer.shows(f"/desk/matters/{number}/people/", "officer-unmask")


def is_answered(cast: Cast) -> None:
    """What the petitioner sees, her rating, and her request for a review that the organ above decides."""
    gao_lan, page, number = cast.gao_lan, cast.gao_lan.page, cast.gao_lan.number
    gao_lan.goes_to("/lookup/")
    photograph(page, "citizen-lookup")
    gao_lan.looks_up()
    photograph(page, "citizen-told")
    gao_lan.looks_up("/rate/")
    gao_lan.fills_in(
        office_rating="satisfied", unit_rating="dissatisfied", settled="no", comment="还没有修"
    )
    photograph(page, "citizen-rate")
    gao_lan.presses("main form.xq-form")
    gao_lan.looks_up("/appeals/")
    gao_lan.fills_in(reason="没有查清停用的原因。", to_unit="anqing-government")
    photograph(page, "citizen-review")
    gao_lan.presses("main form.xq-form")
    cast.reviewer.takes_for_the_book(
        number, "issue_review_opinion", "leader-review", **APPEAL_OPINION
    )
    cast.reviewer.takes(number, "deliver_review_opinion", method="in_person")


def looks_after_the_account(cast: Cast) -> None:
    """Log-in, second factor, substitute."""
    with visitor(cast.browser, DESK) as page:
        page.goto(f"{cast.address}/desk/log-in/")
        photograph(page, "log-in")
    head = cast.head
    head.shows("/desk/account/", "account")
    head.shows("/desk/account/second-factor/", "second-factor")
    head.goes_to("/desk/account/substitute/")
    today = datetime.now(UTC).astimezone().date()
    week = today + timedelta(days=7)
    head.fills_in(first_day=today.isoformat(), last_day=week.isoformat())
    photograph(head.page, "substitute")


#: What a leader reads of targets and figures, and the picture of it.
FIGURES = {
    "": "leader-board",
    "indicators/on_time_answer/": "leader-indicator",
    "forecast/indicators/total/?limit=160": "leader-forecast",
    "forecast/capacity/?growth=30": "leader-capacity",
    "plans/key-management/": "leader-keys",
}


def reads_the_figures(cast: Cast) -> None:
    """A leader of the city's government reads where the year stands; a citizen reads what is open."""
    for path, name in FIGURES.items():
        cast.reviewer.shows(f"/desk/targets/{path}", name)
    cast.gao_lan.goes_to("/figures/")
    photograph(cast.gao_lan.page, "citizen-figures")


ADMINISTRATION = {
    "units/": "admin-units",
    "units/new/": "admin-unit-new",
    "accounts/": "admin-accounts",
    "accounts/new/": "admin-account-new",
    "calendar/": "admin-calendar",
    "calendar/notice/": "admin-notice",
    "provisions/": "admin-provisions",
    "provisions/local/": "admin-local",
    "categories/": "admin-categories",
    "texts/footer/": "admin-text",
    "audit/": "admin-audit",
    "health/": "admin-health",
}


def administers(cast: Cast) -> None:
    with official(cast.browser, cast.address, "admin") as admin:
        for path, name in ADMINISTRATION.items():
            admin.shows(f"/desk/admin/{path}", name)


CHAPTERS: tuple[Callable[[Cast], None], ...] = (
    submits, registers_and_refers, registers_a_visit, meets_what_others_wrote, handles, is_answered,
    looks_after_the_account, reads_the_figures, administers,
)  # fmt: skip


def walk(browser: Browser, address: str) -> None:
    """Every chapter, in the order of the story."""
    opened = {}
    with visitor(browser, PHONE) as phone:
        contexts = {part: official(browser, address, name) for part, name in PARTS.items()}
        try:
            for part, context in contexts.items():
                opened[part] = context.__enter__()
            cast = Cast(browser, address, Petitioner(phone, address), **opened)
            for chapter in CHAPTERS:
                chapter(cast)
        finally:
            for part in opened:
                contexts[part].__exit__(None, None, None)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    program, begun = chromium(), time.time()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, seen = Path(folder) / "home", Path(folder) / "seen"
        seen.mkdir()
        os.environ["XINQIAO_TEST_RUN"] = str(
            seen
        )  # where the walkers mark which pages were looked at
        made(home, "demo", "--size", "small", "--password", PASSWORD)
        made(home, "work", "--once")  # the forecasts of all places
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        with served(home) as address:
            walk(browser, address)
        browser.close()
    for old in PICTURES.glob("*.png"):  # only now: a walk that breaks off takes none away
        if old.stat().st_mtime < begun:
            old.unlink()


if __name__ == "__main__":
    main()
