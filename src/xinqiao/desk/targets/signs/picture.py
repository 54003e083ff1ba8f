"""The picture of a sign: bars as SVG without a script. The table below says the same in numbers."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.targets.integrity.values import SignLine
from xinqiao.ui.punctuation import valued

_WIDTH, _HEIGHT, _GAP = 600, 120, 0.15
_LEAST = 1.5  # a bar of nothing is still a line


class Bar(NamedTuple):
    """A bar: what it stands for, how much, and whether it is the one that is meant."""

    label: str
    value: float
    own: bool


def bars(line: SignLine) -> list[Bar]:
    """Days around the limit where they are what shows, else the rates of the compared units without their names."""
    if "by_day" in line.facts:
        last = int(line.facts["last"])
        return [Bar(_day(day), count, 0 <= day < last) for day, count in line.facts["by_day"]]
    return [
        Bar(_("this unit") if own else _("another unit"), value, own)
        for value, own in line.facts["bars"]
    ]


def _day(day: int) -> str:
    if day < 0:
        return _("%(n)s days late") % {"n": -day}
    return _("on the last day") if day == 0 else _("%(n)s days before") % {"n": day}


def caption(line: SignLine) -> str:
    """What the bars are."""
    if "by_day" in line.facts:
        return _("Done so many days before and after the limit; dark: the last days before it")
    return _("Share in per cent of each comparable unit, from low to high; dark: this unit")


def drawn(shown: Sequence[Bar], label: str) -> SafeString:
    """The bars."""
    most = max((bar.value for bar in shown), default=0) or 1
    step = _WIDTH / max(len(shown), 1)
    parts = []
    for place, bar in enumerate(shown):
        tall = max(_HEIGHT * bar.value / most, _LEAST)
        parts.append((
            "xq-sign-own" if bar.own else "xq-sign-other", round(place * step, 2), round(_HEIGHT - tall, 2),
            round(step * (1 - _GAP), 2), round(tall, 2), valued(bar.label, f"{bar.value:g}"),
        ))  # fmt: skip
    rects = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        parts,
    )
    return format_html(
        '<svg class="xq-sign-bars" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, _HEIGHT, label, rects),
    )
