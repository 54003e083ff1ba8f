"""People in front of browsers: a citizen with a phone, members of staff at their desks.

Every page they come to is looked at by axe, in Chinese and by light, before anything is typed: each kind of page once
in a run, whoever comes to it first. What the other language and the dark may change, test_every_page looks at.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.journeys import axe
from tests.support.browser import PATIENCE_MS
from tests.support.city import PASSWORD

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)


def is_first(known: tuple[str, str, int]) -> bool:
    """Whether nobody in this run has come to that yet, in whatever process: it is marked for all of them.

    `known`: the kind of page, its address without numbers, the width of the screen.
    """
    mark = Path(os.environ["XINQIAO_TEST_RUN"]) / sha256(repr(known).encode()).hexdigest()
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@contextmanager
def visitor(browser: Browser, size: ViewportSize, **device: Any) -> Iterator[Page]:
    """A page of somebody's own browser; it fails where a script fails or the CSP refuses.

    `device` says more of it, as playwright does: `has_touch`, `java_script_enabled`, `color_scheme`.
    """
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport=size,
        reduced_motion="reduce",
        **device,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: faults.extend(_refused_by_csp(page, said.text)))
    yield page
    context.close()
    assert faults == [], faults


def _refused_by_csp(page: Page, text: str) -> list[str]:
    return [f"{page.url}: {text}"] if "Content Security Policy" in text else []


def looked_at(page: Page) -> None:
    """Axe finds nothing on the page, and nothing is wider than the screen."""
    found = axe.violations(page)
    assert found == [], f"{page.url}\n" + "\n".join(found)
    size = page.viewport_size
    assert size is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"], f"{page.url} is {wide} wide"


@dataclass
class Walker:
    """What citizens and staff have in common. `passes` are the kinds of page that they do not stop to look at."""

    page: Page
    address: str
    passes: set[str] = field(default_factory=set)

    def goes_to(self, path: str, kind: str = "") -> None:
        """Opens a page; each `kind` of page is looked at once."""
        self.page.goto(self.address + path)
        self.looks(kind or path)

    def looks(self, kind: str) -> None:
        if self.is_new(kind, urlsplit(self.page.url).path):
            looked_at(self.page)

    def is_new(self, kind: str, path: str) -> bool:
        """Whether nobody has looked at this kind of page yet, and this walker does; from now on somebody has."""
        size = self.page.viewport_size
        known = (kind, re.sub(r"[0-9]+", "#", path), size["width"] if size else 0)
        return kind not in self.passes and is_first(known)

    def fills_in(self, **typed: str) -> None:
        for name, value in typed.items():
            fill(self.page.locator(f"main [name='{name}']"), value)

    def presses(self, within: str = "main form") -> None:
        """The main button of a form."""
        self.follows(self.page.locator(f"{within} .btn-primary").first)

    def follows(self, link: Locator) -> None:
        """A link, or a button, to another page, which has come before anybody looks at it."""
        with self.page.expect_navigation(wait_until="load"):
            link.click()

    def reads(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


@dataclass
class Citizen(Walker):
    """Gao Lan with her phone. `number` and `code` stand on her receipt."""

    number: str = ""
    code: str = ""

    def answers(self, kind: str, /, **typed: str) -> None:
        """One page of the submission."""
        self.looks(kind)
        self.fills_in(**typed)
        self.presses("main form.xq-form")

    def keeps_the_receipt(self) -> None:
        self.looks("receipt")
        codes = self.page.locator(".xq-copy code")
        self.number, self.code = codes.nth(0).inner_text(), codes.nth(1).inner_text()

    def writes_a_claim(self) -> None:
        """All pages of a submission without looking at them, up to the last look before it is sent."""
        self.passes |= {"kind", "place", "words", "category", "files", "who", "person"}
        self.page.goto(f"{self.address}/submit/")
        self.answers("kind", kind="claim")
        self.answers("place", county="340800")
        self.answers("words", subject="请求修复电梯", body="电梯停用。")
        self.answers("category", category="housing.property")
        self.answers("files")
        self.answers("who", who="alone")
        self.answers("person", name="高兰", phone="13800001234", address="宜秀区某某镇")

    def looks_up(self, door: str = "/lookup/") -> None:
        """Through one of the doors, with number and code."""
        self.goes_to(door)
        self.fills_in(number=self.number, code=self.code)
        self.presses()

    def opens_her_matter(self) -> None:
        """With number and code, without looking at the pages on the way."""
        self.passes.add("/lookup/")
        self.looks_up()
        self.page.wait_for_url(f"**/lookup/{self.number}/")

    def is_told(self, words: str) -> None:
        """Opens her petition, looks at the page, finds the words."""
        self.page.goto(f"{self.address}/lookup/{self.number}/")
        self.looks(f"matter: {words}")
        self.reads(words)


@dataclass
class Colleague(Walker):
    """A member of staff, logged in."""

    def comes_in(self, username: str) -> None:
        """Logs in without looking at the pages on the way; everybody, also who has no list of work."""
        self.page.goto(f"{self.address}/desk/log-in/")
        self.fills_in(username=username, password=PASSWORD)
        self.presses()
        expect(self.page.locator(".xq-user")).to_be_visible()

    def logs_in(self, username: str) -> None:
        self.goes_to("/desk/log-in/")
        self.fills_in(username=username, password=PASSWORD)
        self.presses()
        self.page.wait_for_url("**/desk/work/**")
        self.looks("work")

    def takes(self, number: str, step: str, /, **typed: str) -> None:
        """Opens the form of a step on the matter's page, in its place, fills it in, and confirms if asked to."""
        self.opens_step(number, step, **typed)
        self.sends_step()

    def opens_step(self, number: str, step: str, /, **typed: str) -> None:
        """The form of a step, filled in and not sent.

        The first time the form is also looked at as the page of its own that it is without scripts.
        """
        matter = f"/desk/matters/{number}/"
        if self.is_new(step, matter):
            self.page.goto(f"{self.address}{matter}steps/{step}/")
            looked_at(self.page)
        self.goes_to(matter, f"matter before {step}")
        self.page.locator(f"a[href$='/steps/{step}/']").first.click()
        expect(self.page.locator("#doing-title")).to_be_visible()
        self.fills_in(**typed)

    def sends_step(self) -> None:
        """Sends the open form; a step that moves a clock for good is looked at twice."""
        self.page.locator("#doing form.xq-step-form .btn-primary").first.click()
        confirm = self.page.locator("#doing button[name=confirmed]")
        done = self.page.locator("main .xq-note-success")
        expect(confirm.or_(done).first).to_be_visible()
        if confirm.count():
            confirm.click()
        expect(done).to_be_visible()


@contextmanager
def at_their_desks(
    browser: Browser, address: str, usernames: Iterable[str]
) -> Iterator[dict[str, Colleague]]:
    """Members of staff by log-in name, each in a browser of their own, before they come in."""
    with ExitStack() as open_browsers:
        yield {
            username: Colleague(open_browsers.enter_context(visitor(browser, DESK)), address)
            for username in usernames
        }


def fill(control: Locator, value: str) -> None:
    """Types, chooses or ticks, whatever the control is."""
    match control.first.evaluate("one => one.type || one.tagName"):
        case "radio" | "checkbox":
            control.and_(control.page.locator(f"[value='{value}']")).check()
        case "select-one":
            control.select_option(value)
        case _:
            control.first.fill(value)
