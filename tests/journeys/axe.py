"""What axe finds wrong with an open page: only that is asked for, so that nothing else is gathered and carried over."""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

CONTRAST = "color-contrast"  # two thirds of axe's time; no colour depends on the language
_RUN = """async ([only, without]) => {
  const chosen = only.length ? {runOnly: {type: "rule", values: only}} : {};
  const left_out = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  const found = await axe.run({resultTypes: ["violations"], rules: left_out, ...chosen});
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(
    node => node.target.join(" ") + " (" + node.failureSummary + ")").join("; "));
}"""


def violations(page: Page, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Each rule that is broken, with the first places; `only` names those to look at, else all are but `without`."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [list(only), list(without)])
    return found
