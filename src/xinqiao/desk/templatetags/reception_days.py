"""Names of leaders on the pages of reception days."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[int, str], account: int | None) -> str:
    """The name behind an account, "" for none."""
    return names.get(account, "") if account is not None else ""
