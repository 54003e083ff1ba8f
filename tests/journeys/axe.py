"""What axe finds wrong with an open page: only that is asked for, so that nothing else is gathered and carried over."""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = """async rules => {
  const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
  const found = await axe.run({resultTypes: ["violations"], ...only});
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(
    node => node.target.join(" ") + " (" + node.failureSummary + ")").join("; "));
}"""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Each rule that is broken, with the first places; `rules` names those to look at, else all are."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, list(rules))
    return found
