"""The picture of a trace: one bar, coloured by holder. The table beside it says the same in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinqiao.desk.supervision.pages import lasted
from xinqiao.desk.words import Names
from xinqiao.rules.trace import Holding, Span
from xinqiao.supervision.values import Traced

_WIDTH, _HEIGHT = 1000, 28
#: So many holders have a colour of their own; those who held least share the last.
_COLOURS = 6
_LEAST = 2  # a span that is much shorter than the whole is still seen


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the legend."""

    colour: str
    name: str
    lasted: str
    share: int


def named(unit: str, names: Names) -> str:
    """The holder in words: a unit, or the petitioner."""
    return names.unit(unit) if unit else names.word("by", "petitioner")


def shown(found: Traced) -> Sequence[Span]:
    """What the bar shows: up to the end of the procedure; the years after it would hide the rest."""
    return [one for one in found.spans if one.holding is not Holding.AFTER]


def legend(found: Traced, names: Names) -> list[Entry]:
    """The holders in the order of their time, each with its colour and share of the bar."""
    colours = _colours(found)
    spent: dict[str, int] = {}
    for one in shown(found):
        spent[one.unit] = spent.get(one.unit, 0) + one.minutes
    whole = sum(spent.values()) or 1
    return [
        Entry(colour=colours[unit], name=named(unit, names), lasted=lasted(n), share=round(100 * n / whole))
        for unit, n in sorted(spent.items(), key=lambda item: -item[1])
    ]  # fmt: skip


def bar(found: Traced, names: Names) -> SafeString:
    """The bar as SVG, with classes for its colours; each part says who, what and how long."""
    spans = shown(found)
    if not spans:
        return SafeString()
    colours, widths = _colours(found), _widths([one.minutes for one in spans])
    parts, x = [], 0.0
    for one, width in zip(spans, widths, strict=True):
        said = f"{named(one.unit, names)} · {names.word('holding', one.holding)} · {lasted(one.minutes)}"
        parts.append((colours[one.unit], round(x, 2), round(width, 2), _HEIGHT, said))
        x += width
    drawn = format_html_join(
        "", '<rect class="{}" x="{}" y="0" width="{}" height="{}"><title>{}</title></rect>', parts
    )
    label = _("Who held it, from receipt on; the table below says the same in numbers")
    return format_html(
        '<svg class="xq-trace" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, _HEIGHT, label, drawn),
    )


def _widths(minutes: Sequence[int]) -> list[float]:
    """Parts of the whole width, none so small that it is not seen."""
    whole = sum(minutes) or 1
    wide = [max(_WIDTH * n / whole, _LEAST) for n in minutes]
    return [width * _WIDTH / sum(wide) for width in wide]


def _colours(found: Traced) -> dict[str, str]:
    """A class for each holder, in the order in which they came; the petitioner's time is hatched by its own."""
    order = dict.fromkeys(one.unit for one in shown(found) if one.unit)
    colours = {unit: f"xq-holder-{min(n, _COLOURS)}" for n, unit in enumerate(order, 1)}
    return colours | {"": "xq-holder-0"}
