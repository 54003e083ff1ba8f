"""Figures in words: a value with its unit, how it moved, and whether that is better."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.desk.targets.reading import Amount
from xinqiao.desk.words import Names
from xinqiao.rules.indicators import Indicator
from xinqiao.rules.ranking import Ranked
from xinqiao.ui.templatetags.figures import said

_NOTICED = 0.0005  # less than half a tenth of a percent is no change


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How a figure differs from that of the year before."""

    words: str
    better: bool | None  # None where it is the same


def value(indicator: Indicator, amount: Amount | None) -> str:
    """The figure as people read it."""
    if amount is None or amount.value is None:
        return "—"
    if indicator.shows == "days":
        days = int(amount.value)
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return said(amount.value, indicator.shows == "rate")


def basis(indicator: Indicator, amount: Amount | None) -> str:
    """What a figure rests on: of how many in a rate, how many persons beside visits."""
    if amount is None:
        return ""
    if indicator.shows == "rate" and amount.of:
        facts = {"counts": said(amount.counts), "of": said(amount.of)}
        return _("%(counts)s of %(of)s") % facts
    if indicator.shows == "number" and amount.persons and amount.persons != amount.counts:
        facts = {"persons": said(amount.persons)}
        return ngettext("%(persons)s person", "%(persons)s persons", amount.persons) % facts
    return ""


def rank(names: Names, ranked: Ranked) -> str:
    """Which place it has among those of its size."""
    facts = {"rank": ranked.rank, "of": ranked.of, "band": names.word("size_band", ranked.band)}
    return _("rank %(rank)s of %(of)s (%(band)s)") % facts


def moved(indicator: Indicator, this: Amount | None, before: Amount | None) -> Moved | None:
    """The change against the year before: in percent of a number, in points of a rate. None where one is not known."""
    if this is None or before is None or this.value is None or before.value is None:
        return None
    change = this.value - before.value
    if indicator.shows == "number" and not before.value:
        return None
    share = change / before.value if indicator.shows == "number" else change
    if abs(share) < _NOTICED:
        return Moved(words=_("as last year"), better=None)
    sign = "+" if share > 0 else "−"
    if indicator.shows == "days":
        days = abs(int(change))
        words = ngettext("%(sign)s%(days)d day", "%(sign)s%(days)d days", days)
        return Moved(words=words % {"sign": sign, "days": days}, better=change < 0)
    size = number_format(f"{abs(share) * 100:.1f}", 1)
    form = _("%(sign)s%(size)s %%") if indicator.shows == "number" else _("%(sign)s%(size)s points")
    better = (share > 0) is (indicator.better == "more")
    return Moved(words=form % {"sign": sign, "size": size}, better=better)
