"""What axe finds wrong with an open page: only that is asked for, so that nothing else is gathered and carried over.

Contrast takes most of axe's time. It follows from the colour and size of a text and from what lies behind it, so of
texts that have all of that in common the first two are looked at: of a page, and of all pages that this process has
come to. The frame around what a page says, its head, menu and foot, is looked at where somebody asks for it: it has the
colours that it has on every page.
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
#: The first two texts of each kind that is not `known`. What lies behind a text: the colours up to the first that lets
#: nothing shine through. Where something is laid over something else, or the ground is a picture, no text of another
#: place is like it: `new` has the kinds that may be met again.
_KINDS_OF_TEXT = """([where, known]) => {
  const root = document.querySelector(where);
  const places = new Map(), grounds = new Map(), kinds = new Map(), skip = new Set(known);
  const place = one => places.set(one, places.get(one) ?? places.size).get(one);
  const ground = one => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const {backgroundColor: colour, backgroundImage: picture, position, opacity} = getComputedStyle(one);
      const apart = picture !== "none" || !["static", "relative"].includes(position);
      const solid = colour.startsWith("rgb(") && opacity === "1" && !apart;
      const behind = solid ? "" : ground(one.parentElement);
      grounds.set(one, [colour, opacity, apart ? `here ${place(one)}` : "", behind].join());
    }
    return grounds.get(one);
  };
  const says = one => one.matches("input, select, textarea") ||
    [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
  for (const one of root.querySelectorAll("*")) {
    if (!says(one) || !one.checkVisibility()) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
    const kind = [color, fontSize, fontWeight, textShadow, ground(one)].join();
    if (!skip.has(kind)) kinds.set(kind, [...kinds.get(kind) ?? [], one].slice(0, 2));
  }
  return {texts: [...kinds.values()].flat(), new: [...kinds.keys()].filter(kind => !kind.includes("here"))};
}"""
#: Kinds of text that were looked at in this process, and can be read.
_readable = set[str]()


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
    where = "body" if around else "main"
    met = page.evaluate_handle(_KINDS_OF_TEXT, [where, sorted(_readable)])
    texts = met.get_property("texts")
    if texts.evaluate("texts => texts.length") == 0:
        return []
    options = {"runOnly": {"type": "rule", "values": [_CONTRAST]}}
    found = _found(page, {"include": texts}, options)
    if not found:
        _readable.update(met.get_property("new").json_value())
    return found


def _found(page: Page, where: dict[str, Any], options: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [where, options])
    return found
