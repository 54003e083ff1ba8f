"""Numbers on a page: a figure in words, a small line, a chart with its table."""

from itertools import count
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinqiao.ui.charts import Chart, Value, spark

register = template.Library()
_ids = count(1)


def said(value: Value | tuple[float, float], percent: bool = False, missing: str = "—") -> str:
    """A number, a rate (from 0 to 1) or a range as people read it."""
    if value is None:
        return missing
    if isinstance(value, tuple):
        return f"{said(value[0], percent)} – {said(value[1], percent)}"
    if percent:
        return f"{_number(value * 100, 1)} %"
    return _number(value, 0 if float(value).is_integer() else 1)


def _number(value: float, places: int) -> str:
    """Rounded, not cut off, as Django would do with a float."""
    return number_format(f"{value:.{places}f}", places, force_grouping=True)


register.simple_tag(said, name="figure")


@register.simple_tag
def sparkline(values: list[Value]) -> SafeString | str:
    """A small line; decoration, since its numbers stand on the page of the indicator."""
    points = spark(values)
    if not points:
        return ""
    return format_html(
        '<svg class="xq-spark" viewBox="0 0 96 24" aria-hidden="true"><polyline points="{}"></polyline></svg>', points
    )  # fmt: skip


@register.inclusion_tag("ui/chart.html")
def chart(one: Chart) -> dict[str, Any]:
    """The chart and its table."""
    return {"chart": one, "id": f"chart-{next(_ids)}", "data": one.data()}


@register.simple_tag
def chart_script() -> SafeString:
    """The script that draws charts, for the head of pages that have some."""
    return format_html('<script src="{}" defer></script>', static("ui/vendor/charts.js"))
