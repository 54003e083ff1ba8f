"""Axe finds nothing on any page, in either language and either theme; no page is wider than a phone or a desk.

One page of each kind that somebody can reach is opened twice, once a language. There it is looked at by light with all
of axe's rules, and in the dark with the one rule that the theme can break, contrast; colours are the same in both
languages, so they are looked at in the first, those of the frame on everybody's first page. In both it is seen on a
screen that is wide and on one that is narrow.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys import axe
from tests.journeys.everywhere import STAFF
from tests.journeys.walkers import PHONE, Citizen, Colleague, visitor
from tests.support.platform import ROOT, environment, new_home, served

WIDE = ViewportSize(width=1440, height=900)
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Town:
    """A running platform and the addresses on it."""

    address: str
    pages: dict[str, Any]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = new_home(tmp_path_factory, "everywhere")
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.everywhere"],
        cwd=ROOT,
        env=environment(home, XINQIAO_HOSTS="127.0.0.1,testserver"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    with served(home) as address:
        yield Town(address, json.loads(made.stdout.splitlines()[-1]))


def faults(
    page: Page, size: ViewportSize, *, colours: bool = True, frame: bool = True
) -> Iterator[str]:
    """What is wrong with the open page; axe looks at it in `size`, where most people see it."""
    yield from too_wide(page, size)
    yield from axe.form(page)
    if colours:
        yield from axe.contrast(page, frame=frame)
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        for found in axe.contrast(page, frame=frame):
            yield f"in the dark, {found}"
    yield from too_wide(page, PHONE if size == WIDE else WIDE)


def too_wide(page: Page, size: ViewportSize) -> Iterator[str]:
    """Whether the page is wider than this screen, which it has from now on."""
    page.set_viewport_size(size)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > size["width"]:
        yield f"{wide} wide on a screen of {size['width']}"


def look(page: Page, town: Town, addresses: list[str], size: ViewportSize) -> dict[str, list[str]]:
    """The faults of every address, in both languages."""
    found: dict[str, list[str]] = {}
    axe.comes_with_each_page(page)
    for language in LANGUAGES:
        cookie = {"name": "django_language", "value": language, "url": town.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        for nth, address in enumerate(addresses):
            answer = page.goto(town.address + address)
            assert answer is not None and answer.status == 200, address
            first = language == LANGUAGES[0]
            wrong = list(faults(page, size, colours=first, frame=nth == 0))
            if wrong:
                found[f"{language} {address}"] = wrong
    return found


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{where}\n    " + "\n    ".join(wrong) for where, wrong in found.items())


@pytest.mark.parametrize("username", STAFF)
def test_the_pages_of_the_desk(browser: Browser, town: Town, username: str) -> None:
    assert len(town.pages[username]) > 3
    with visitor(browser, WIDE) as page:
        somebody = Colleague(page, town.address)
        somebody.comes_in(username)
        found = look(page, town, town.pages[username], WIDE)
    assert found == {}, told(found)


def test_the_pages_for_everybody(browser: Browser, town: Town) -> None:
    assert {"/", "/lookup/", "/reception/"} <= set(town.pages["citizens"])
    with visitor(browser, PHONE) as page:
        found = look(page, town, [*town.pages["citizens"], "/desk/log-in/"], PHONE)
    assert found == {}, told(found)


def test_the_pages_of_a_submission(browser: Browser, town: Town) -> None:
    """Each page as it is while it is written, then the receipt."""
    with visitor(browser, PHONE) as page:
        gao_lan = Citizen(page, town.address)
        gao_lan.writes_a_claim()
        pages = ("kind", "place", "words", "category", "files", "who", "person", "check")
        found = look(page, town, [f"/submit/{one}/" for one in pages], PHONE)
        page.context.clear_cookies(name="django_language")
        page.goto(f"{town.address}/submit/check/")
        gao_lan.presses()
        gao_lan.number = page.locator(".xq-copy code").first.inner_text()
        found |= look(page, town, [page.url.removeprefix(town.address)], PHONE)
    assert found == {}, told(found)


def test_the_pages_of_a_matter_for_its_petitioner(browser: Browser, town: Town) -> None:
    found: dict[str, list[str]] = {}
    with visitor(browser, PHONE) as page:
        for number, code, addresses in town.pages["matters"]:
            gao_lan = Citizen(page, town.address, number=number, code=code)
            gao_lan.opens_her_matter()
            found |= look(page, town, addresses, PHONE)
    assert found == {}, told(found)


SPOIL = """() => {
  const wrong = document.createElement("p");
  wrong.innerHTML = '<img src="/favicon.ico"><span>hardly to be read</span>';
  Object.assign(wrong.style, {width: "2000px", color: "#777", background: "#787878"});
  document.querySelector("main").append(wrong);
  const items = document.createElement("ol");
  items.innerHTML = "<li>one<li>two<li>three<li>four<li>five";
  Object.assign(items.lastChild.style, {color: "#777", background: "#787878"});
  document.querySelector("main").append(items);
}"""


def test_what_is_wrong_is_found(browser: Browser, town: Town) -> None:
    """The looking itself: a page is spoiled, and each fault is named."""
    with visitor(browser, PHONE) as page:
        page.goto(town.address)
        page.evaluate(SPOIL)
        found = "\n".join(faults(page, PHONE))
    for fault in (
        "image-alt:",
        "in the dark, color-contrast:",
        "li:nth-child(5)",
        "wide on a screen of 360",
        "wide on a screen of 1440",
    ):
        assert fault in found, found
