"""Forecasts in words."""

from math import ceil, floor

from django.utils.translation import gettext as _

from xinqiao.targets.forecast.values import BOUNDS, Ahead, Range
from xinqiao.ui.templatetags.figures import said


def words_of(one: Range, ahead: Ahead) -> dict[str, str]:
    """A range as people read it; numbers are rounded outward, so that no edge is drawn too near."""
    if ahead.rate:
        return {name: said(min(getattr(one, name), 1.0), True) for name in BOUNDS}
    low = {name: said(floor(getattr(one, name) + 1e-9)) for name in ("lo80", "lo95")}
    high = {name: said(ceil(getattr(one, name) - 1e-9)) for name in ("hi80", "hi95")}
    return {"mean": said(round(one.mean)), **low, **high}


def chance_said(chance: float) -> str:
    """A probability as people say it: a simulation knows no certainty."""
    if chance < 0.01:
        return _("less than 1 %")
    return _("more than 99 %") if chance > 0.99 else f"{100 * chance:.0f} %"
