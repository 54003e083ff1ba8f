"""Jinja2 for what is drawn many times on one page: the rows of a list, the steps of a timeline.

Pages are Django templates. A part that repeats fifty times on a page is drawn some ten times faster by Jinja2, which
compiles its templates; such parts lie in a folder `jinja2` beside `templates` and are drawn by `draw`. They say the
same with the same components; decision 0032 has the figures.
"""

from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat, linebreaks_filter
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment

from xinqiao.ui.templatetags.figures import sparkline
from xinqiao.ui.templatetags.ui import clock_drawn, due_drawn, icon, next_id, when


def environment(**options: Any) -> Environment:
    """The environment of these templates: values are escaped, the components go by the names of their tags."""
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701  Django's backend escapes
    made.globals |= {
        "_": gettext,
        "colon": lambda: pgettext("before a value", ": "),
        "clock_badge": clock_drawn,
        "due_badge": due_drawn,
        "icon": icon,
        "next_id": next_id,
        "sparkline": sparkline,
        "url": lambda name, *args: reverse(name, args=args),
        "when": when,
        "wrong_said": _wrong_said,
    }
    made.filters |= {
        "filesizeformat": filesizeformat,
        "linebreaks": linebreaks_filter,  # the filter: it escapes, and marks its paragraphs as such
    }
    return made


def _wrong_said(faults: int) -> str:
    said = ngettext(
        "One thing needs to be put right", "%(counter)d things need to be put right", faults
    )
    return said % {"counter": faults}


def draw(template: str, request: HttpRequest, **facts: Any) -> SafeString:
    """A part of a page, drawn by Jinja2; `names` and `now` of the request are at hand in it."""
    given = {"names": getattr(request, "names", None), "now": getattr(request, "now", None)}
    drawn = render_to_string(template, given | facts, request, using="jinja2")
    return mark_safe(drawn)  # noqa: S308  every value in it was escaped when it was drawn
