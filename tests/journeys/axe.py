"""What axe finds wrong with an open page: only that is asked for, so that nothing else is gathered and carried over.

Contrast takes most of axe's time. It follows from the colour and size of a text and from what lies behind it, so of
texts that have all of that in common the first two are looked at. The frame around what a page says, its head, menu
and foot, is looked at where somebody asks for it: it has the colours that it has on every page.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_CONTRAST = "color-contrast"
_RUN = """async ([where, options]) => {
  const found = await axe.run(where, {resultTypes: ["violations"], ...options});
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(
    node => node.target.join(" ") + " (" + node.failureSummary + ")").join("; "));
}"""
#: The first two texts below `root` of each kind. What lies behind a text: the colours up to the first that lets nothing
#: shine through. Where something is laid over something else, or the ground is a picture, no other text is like it.
_KINDS_OF_TEXT = """root => {
  const numbers = new Map(), grounds = new Map(), kinds = new Map();
  const number = one => numbers.set(one, numbers.get(one) ?? numbers.size).get(one);
  const ground = one => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const {backgroundColor: colour, backgroundImage: picture, position, opacity} = getComputedStyle(one);
      const apart = picture !== "none" || !["static", "relative"].includes(position);
      const solid = colour.startsWith("rgb(") && opacity === "1" && !apart;
      grounds.set(one, [colour, opacity, apart ? number(one) : "", solid ? "" : ground(one.parentElement)].join());
    }
    return grounds.get(one);
  };
  const says = one => one.matches("input, select, textarea") ||
    [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
  for (const one of root.querySelectorAll("*")) {
    if (!says(one) || !one.checkVisibility()) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
    const kind = [color, fontSize, fontWeight, textShadow, ground(one)].join();
    kinds.set(kind, [...kinds.get(kind) ?? [], one].slice(0, 2));
  }
  return [...kinds.values()].flat();
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
    texts = page.evaluate_handle(f"({_KINDS_OF_TEXT})({_root(around)})")
    if page.evaluate("texts => texts.length", texts) == 0:
        return []
    options = {"runOnly": {"type": "rule", "values": [_CONTRAST]}}
    return _found(page, {"include": texts}, options)


def _root(around: bool) -> str:
    return "document.body" if around else "document.querySelector('main')"


def _found(page: Page, where: dict[str, Any], options: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [where, options])
    return found
