"""A real browser: Debian's Chromium, driven by Playwright.

Its build without a screen (chromium-headless-shell) takes a third less time for a page; the whole one does as well.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

QUIET = (
    "--no-sandbox",  # tests run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
BROWSERS = ("chromium-headless-shell", "chromium")


def chromium() -> str:
    """Where the browser is installed. Raises AssertionError, with what to do."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"Chromium is not installed: apt-get install {BROWSERS[0]}"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the run; a test takes `page`."""
    program = chromium()
    # Playwright leaves an event loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield running
        running.close()


def _is_fault(message: ConsoleMessage) -> bool:
    """A refused script or style, an error of ours; not the note that a page answered 403 or 404."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a new visitor, in Chinese. The test fails if a script fails or the CSP refuses."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
