"""Words of the reception halls on the pages of citizens."""

from django import template

from xinqiao.lookup.words import Words

register = template.Library()


@register.simple_tag
def in_language(text: str, text_en: str) -> str:
    """What an office entered in Chinese and, if it did, in English."""
    return text_en if text_en and Words.here().language.startswith("en") else text


@register.simple_tag
def unit_name(code: str) -> str:
    """The name of a unit in the language of the page."""
    return Words.here().unit(code)
