"""The calls of the first-in-charge: how many wait, in the navigation; which, on the first page."""

from typing import Any

from django import template
from django.template.context import Context

from xinqiao.desk.group_visits import rows
from xinqiao.group_visits import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def called_to(context: Context) -> str:
    """The first of them, with their clocks."""
    request: Any = context["request"]
    lines = queries.waiting_for(request.person, request.now)
    return rows.few(request, lines) if lines else ""
