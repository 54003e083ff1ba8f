"""What the first page says of hot spots."""

from django import template
from django.template import Context

from xinqiao.insight.spots import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def new_alerts(context: Context) -> int:
    """How many alerts wait for somebody to act, among the spots of the person; 0 for whose work it is not."""
    request = context["request"]
    return queries.new_alerts(request.person, request.now)
