"""Hot spots in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.insight.spots.values import SpotLine

_SURE, _LIKELY = 0.9, 0.75


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


def name(line: SpotLine) -> str:
    """What a spot is called: the subject that says it best."""
    return line.title or _("Hot spot %(n)d") % {"n": line.id}
