"""What axe finds wrong with an open page: only that is asked for, so that nothing else is gathered and carried over.

Contrast takes most of axe's time. So of rows and items that follow each other alike only the first are looked at for
it: what colours the fourth row has, the first three have had. And the frame around what a page says, its head, menu
and foot, is looked at where somebody asks for it: it has the colours that it has on every page.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_CONTRAST = "color-contrast"
_ALIKE = ("tbody tr:nth-child(n + 4)", "li:nth-child(n + 4)", "option")
_RUN = """async ([where, options]) => {
  const found = await axe.run(where, {resultTypes: ["violations"], ...options});
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(
    node => node.target.join(" ") + " (" + node.failureSummary + ")").join("; "));
}"""


def comes_with_each_page(page: Page) -> None:
    """For who looks at every page that comes: axe is there already."""
    page.context.add_init_script(AXE_SCRIPT)


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the first places."""
    return form(page) + contrast(page)


def form(page: Page) -> list[str]:
    """All rules but contrast: what no theme changes."""
    return _found(page, {"include": [["html"]]}, {"rules": {_CONTRAST: {"enabled": False}}})


def contrast(page: Page, *, frame: bool = False) -> list[str]:
    """The one rule that the theme can break, and no language: in what the page says, and in the `frame` around it."""
    around = frame or page.locator("main").count() == 0
    where = {"include": [["html" if around else "main"]], "exclude": [[one] for one in _ALIKE]}
    return _found(page, where, {"runOnly": {"type": "rule", "values": [_CONTRAST]}})


def _found(page: Page, where: dict[str, Any], options: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [where, options])
    return found
