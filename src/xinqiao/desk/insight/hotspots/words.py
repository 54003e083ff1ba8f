"""Hot spots in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.insight.spots.rises import RiseLine
from xinqiao.insight.spots.values import SpotLine

_SURE, _LIKELY, _TENTH, _LEAST = 0.9, 0.75, 0.1, 0.0001
_WEEK, _SEASON = 7, 7 * (52 + 3 + 26)


def people(number: int) -> str:
    """How many people write: a number and nothing else."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}


def contacts(number: int) -> str:
    return ngettext("%(n)d contact", "%(n)d contacts", number) % {"n": number}


def matters(number: int) -> str:
    return ngettext("%(n)d matter", "%(n)d matters", number) % {"n": number}


def rule(users: int, days: int) -> str:
    """The rule of a warning."""
    said = ngettext("%(n)d person within %(days)d days", "%(n)d people within %(days)d days", users)
    return said % {"n": users, "days": days}


def sure(share: float) -> str:
    """How sure it is that the contacts are about one thing."""
    if not share:
        return _("not known")
    label = _("sure") if share >= _SURE else _("likely") if share >= _LIKELY else _("perhaps")
    return _("%(word)s, %(percent)d %%") % {"word": label, "percent": round(100 * share)}


def since(day: date) -> str:
    return _("since %(day)s") % {"day": day.isoformat()}


def name(line: SpotLine) -> str:
    """What a spot is called: the subject that says it best."""
    return line.title or _("Hot spot %(n)d") % {"n": line.id}


def expected(number: float) -> str:
    """An expected count as people read it."""
    return f"{number:.1f}" if number >= _TENTH else "< 0.1"


def figures(one: RiseLine) -> str:
    """The chance by itself and with all comparisons allowed for, as statisticians write them."""
    return " · ".join(
        f"{name} < {_LEAST}" if chance < _LEAST else f"{name} = {chance:.4f}"
        for name, chance in (("p", one.p), ("q", one.q))
    )


def history(one: RiseLine) -> str:
    """On how long a past it rests; and that no season is known, where none is."""
    weeks = one.history_days // _WEEK
    said = ngettext("%(n)d week of past", "%(n)d weeks of past", weeks) % {"n": weeks}
    if one.by == "count" and one.history_days < _SEASON:
        said = _("%(past)s; no earlier year shows a season") % {"past": said}
    return said
