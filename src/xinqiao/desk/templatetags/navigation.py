"""The navigation of the desk and its keys, as tags."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from xinqiao.desk import navigation as pages
from xinqiao.desk.words import Names
from xinqiao.group_visits import queries as group_visits

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """Where one can go from here, for the person of the request."""
    request: Any = context.get("request")
    person = getattr(request, "person", None)
    names = getattr(request, "names", None) or Names.here()
    # Nothing is asked for whoever heads no unit.
    calls = (group_visits.waiting_count(person, request.now) if person else 0) or ""
    return pages.drawn(names, pages.uses(person, names), request.path if request else "", calls)


@register.simple_tag(takes_context=True)
def keys(context: Context) -> SafeString:
    """The dialog that says which keys there are."""
    request: Any = context.get("request")
    names = getattr(request, "names", None) or Names.here()
    return pages.keys_drawn(names.language, pages.uses(getattr(request, "person", None), names))
