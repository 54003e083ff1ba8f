"""The place's own words on a page."""

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from xinqiao.texts import queries

register = template.Library()


@register.simple_tag
def place_text(key: str) -> SafeString:
    """A text of the place as paragraphs, in the language of the page; nothing where it says nothing.

    `{% place_text "footer" %}`, or `{% place_text "home_notice" as notice %}{% if notice %}…{% endif %}`.
    """
    words = queries.text(key, get_language() or "zh-hans")
    return SafeString(linebreaks(words, autoescape=True)) if words else SafeString()
