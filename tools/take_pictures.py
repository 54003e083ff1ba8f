"""Takes the pictures of the README from a running demonstration: python -m tools.take_pictures URL PASSWORD.

xinqiao demo --password something-long && xinqiao serve &
python -m tools.take_pictures http://127.0.0.1:8000/ something-long
"""

import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from tools.light_pictures import keep

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
WIDTH, HEIGHT = 1440, 1000
OFFICER = "anqing-housing.officer"


def log_in(page: Page, url: str, password: str) -> None:
    """Logs the officer in, whatever language the page speaks."""
    page.goto(urljoin(url, "desk/"))
    page.fill("input[name=username]", OFFICER)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def take(url: str, password: str, language: str, browser_locale: str) -> None:
    """The officer's list and the first matter on it, in one language."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale=browser_locale
        )
        page = context.new_page()
        log_in(page, url, password)
        keep(page.screenshot(), PICTURES / f"work.{language}.png")
        page.locator("a[href*='/desk/matters/']").first.click()
        page.wait_for_load_state()
        keep(page.screenshot(), PICTURES / f"matter.{language}.png")
        browser.close()


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    url, password = sys.argv[1:]
    for language, browser_locale in (("zh", "zh-CN"), ("en", "en-GB")):
        take(url, password, language, browser_locale)


if __name__ == "__main__":
    main()
