"""Words for stored codes, as template tags; they speak with the names of the request."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from xinqiao.desk.words import Names
from xinqiao.evidence.values import FileInfo
from xinqiao.rules.money import yuan
from xinqiao.ui.files import FileEntry, entries

register = template.Library()


def _names(context: Context) -> Names:
    names = getattr(context.get("request"), "names", None)
    return names if isinstance(names, Names) else Names.here()


@register.simple_tag(takes_context=True)
def word(context: Context, group: str, code: str) -> str:
    """The label of a stored code."""
    return _names(context).word(group, code)


@register.simple_tag(takes_context=True)
def helping(context: Context, group: str, code: str) -> str:
    """The sentence that explains a stored code."""
    return _names(context).helping(group, code)


@register.simple_tag(takes_context=True)
def unit(context: Context, code: str) -> str:
    return _names(context).unit(code) if code else ""


@register.simple_tag(takes_context=True)
def region(context: Context, code: str) -> str:
    return _names(context).region(code) if code else ""


@register.simple_tag(takes_context=True)
def category(context: Context, code: str) -> str:
    return _names(context).category(code) if code else ""


@register.simple_tag(takes_context=True)
def bilingual(context: Context, text: str, text_en: str) -> str:
    """What somebody entered in Chinese and, if they did, in English."""
    return text_en if text_en and _names(context).language.startswith("en") else text


@register.simple_tag(takes_context=True)
def cite(context: Context, article: str | None) -> str:
    return _names(context).cite(article)


@register.simple_tag(takes_context=True)
def my_posts(context: Context) -> list[dict[str, Any]]:
    """The posts of the person logged in: unit and role in words."""
    names, person = _names(context), getattr(context.get("request"), "person", None)
    return [
        {
            "unit": names.unit(post.unit),
            "role": names.word("role", post.role),
            "lent": post.instead_of is not None,
        }
        for post in (person.posts if person else ())
    ]


@register.filter
def split(words: str) -> list[str]:
    """The words of a line, for a template that hands several codes on."""
    return words.split()


@register.filter
def money(fen: int | None) -> str:
    """An amount of fen, in yuan; "" for none."""
    return "" if fen is None else yuan(fen)


@register.simple_tag
def kept_files(number: str, files: Sequence[FileInfo]) -> list[FileEntry]:
    """Files of a matter with the address at which the desk hands them out, for `{% file_list %}`."""
    return entries(files, lambda file: reverse("desk:file", args=[number, file.id]))
