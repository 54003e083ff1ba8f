"""Names of leaders on the pages of reception days."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def named(names: Mapping[int, str], account: int | None) -> str:
    """The name behind an account, "" for none."""
    return names.get(account, "") if account is not None else ""


@register.filter
def desk_called(label: str) -> str:
    """What a desk is called: a number needs the word, a room has a name of its own."""
    return _("Desk %(desk)s") % {"desk": label} if label.isdecimal() else label
