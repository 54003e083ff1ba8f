"""Charts in a real browser under the strict policy, and the same numbers as a table for whoever sees no picture."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import violations
from xinqiao.ui.charts import Chart, ChartKind, Series, spark

CHARTS = "/ui/charts/"
BAD = "<script>alert(1)</script>"


def made(**more: Any) -> Chart:
    facts: dict[str, Any] = {
        "title": "Contacts", "kind": ChartKind.LINE, "labels": ["January", "February"], "first": "Month",
        "says": "Fewer.",
        "series": [Series(name="This year", values=[1200, None])],
    }  # fmt: skip
    return Chart(**facts | more)


def drawn(chart: Chart) -> str:
    with translation.override("en"):
        return Template("{% load figures %}{% chart one %}").render(Context({"one": chart}))


def test_every_number_stands_in_the_table() -> None:
    html = drawn(
        made(band80=[None, (900.0, 1100.5)], band95=[None, (800.0, 1200.0)], target=1000.0)
    )
    for said in ("1,200", "—", "900 – 1,100.5", "800 – 1,200", "80 % range", "Target: 1,000"):
        assert said in html
    assert html.count("<tr>") == 3 and 'aria-label="Fewer."' in html


def test_rates_are_said_in_percent() -> None:
    html = drawn(made(percent=True, series=[Series(name="In time", values=[0.934, 1])]))
    assert "93.4 %" in html and "100.0 %" in html


def test_a_number_that_is_withheld_says_so_in_the_table() -> None:
    assert "withheld" in drawn(made(missing="withheld"))


def test_words_of_people_stay_words() -> None:
    html = drawn(
        made(title=BAD, says=BAD, labels=[BAD, "b"], series=[Series(name=BAD, values=[1, 2])])
    )
    assert BAD not in html


def test_a_small_line_goes_from_left_to_right_between_its_edges() -> None:
    points = [tuple(map(float, one.split(","))) for one in spark([3, None, 9, 0]).split()]
    assert [x for x, _y in points] == sorted(x for x, _y in points)
    assert all(0 <= x <= 96 and 0 <= y <= 24 for x, y in points)
    assert points[1][1] < points[0][1] < points[2][1], "more is higher"
    assert spark([5]) == spark([None, None]) == ""


def _inked(page: Page) -> list[int]:
    """How many points of each drawing are painted."""
    found: list[int] = (
        page.evaluate("""() => [...document.querySelectorAll(".xq-plot")].map((plot) => {
      const one = plot.querySelector("canvas");
      const points = one.getContext("2d").getImageData(0, 0, one.width, one.height).data;
      let painted = 0;
      for (let place = 3; place < points.length; place += 4) painted += points[place] > 0;
      return painted;
    })""")
    )
    return found


def test_they_are_drawn_under_the_strict_policy_and_their_tables_close(
    page: Page, gallery: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(gallery + CHARTS)
    boxes = page.locator("figure[data-chart]")
    expect(boxes).to_have_count(4)
    assert len(inked := _inked(page)) == 4 and min(inked) > 1000
    expect(boxes.first.locator("table")).to_be_hidden()
    boxes.first.locator("summary").click()
    expect(boxes.first.get_by_role("row", name="8 月")).to_contain_text("218 – 244")
    boxes.first.locator(".xq-plot").hover()
    assert said == []


def test_the_colours_follow_the_switch(page: Page, gallery: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(gallery + CHARTS)
    canvas = page.locator(".xq-plot canvas").first
    light = canvas.screenshot()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.wait_for_timeout(100)
    assert canvas.screenshot() != light


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_and_nothing_overflows(
    page: Page, gallery: str, width: int, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(gallery + CHARTS)
    for box in page.locator(".xq-chart-numbers summary").all():
        box.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_tables_stand_open(browser: Browser, gallery: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(gallery + CHARTS)
        expect(page.get_by_role("row", name="第3区").first).to_be_visible()
        expect(page.locator(".xq-plot").first).to_be_hidden()
