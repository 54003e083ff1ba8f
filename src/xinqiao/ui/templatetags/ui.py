"""The components of every page, as template tags. /ui/ shows each of them with the lines that call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import segno
from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xinqiao.ui.clockface import SOON_DAYS, ClockLike, face
from xinqiao.ui.files import FileEntry

register = template.Library()

_ids = count(1)  # unique within the process, so also across fragments swapped into one page


def next_id(stem: str) -> str:
    """An id that no other element of the page has."""
    return f"{stem}-{next(_ids)}"


# -- icons, codes, times ------------------------------------------------------------------------------------------


@cache
def icon_names() -> frozenset[str]:
    """The names in icons.txt: the icons the sprite holds."""
    lines = files("xinqiao.ui").joinpath("icons.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if (name := line.strip()) and not name.startswith("#"))


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Without `label` it is decoration, hidden from screen readers."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(
            f"no icon {name!r} in the sprite: add it to xinqiao/ui/icons.txt and run make"
        )
    href = f"{static('ui/vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def qr(value: str, label: str) -> SafeString:
    """A QR code of `value` as inline SVG, black on white in both themes; `label` says what it leads to."""
    svg = segno.make(value, error="m", micro=False).svg_inline(
        omitsize=True, border=3, light="#fff", svgclass="xq-qr-code", lineclass=None
    )
    drawing = mark_safe(svg)  # noqa: S308  `value` is drawn as modules, no character of it is in the SVG
    return format_html('<div class="xq-qr" role="img" aria-label="{}">{}</div>', label, drawing)


@register.inclusion_tag("ui/copy_code.html")
def copy_code(value: str, label: str) -> dict[str, Any]:
    """A code to note down (query code, number) with a button that copies it."""
    return {"value": value, "label": label}


@register.simple_tag
def when(moment: date | datetime | None, style: str = "auto") -> SafeString | str:
    """A date or time with the full time on hover. `style`: auto, date (day only) or full."""
    if moment is None:
        return "—"
    local = _local(moment)
    full = _full(local)
    match style:
        case "full":
            text = full
        case "auto" if isinstance(local, datetime):
            text = local.strftime("%Y-%m-%d %H:%M")
        case _:
            text = local.strftime("%Y-%m-%d")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, text)


def _local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


def _full(local: date | datetime) -> str:
    return _full_in(local, get_language() or "")


@lru_cache(maxsize=4096)
def _full_in(local: date | datetime, language: str) -> str:
    """Lists say the same days again and again."""
    del language  # the words are asked for in it; here it only tells one page's from another's
    if isinstance(local, datetime):
        return date_format(
            local,
            pgettext("full time (Django date format)", r"l j F Y, H:i:s \B\e\i\j\i\n\g \t\i\m\e"),
        )
    return date_format(local, pgettext("full date (Django date format)", "l j F Y"))


# -- clocks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Due:
    """A clock made from a stored due date, for rows of a worklist."""

    due: date | datetime
    state: str = "running"
    met_on: None = None


@register.simple_tag(takes_context=True)
def clock_badge(
    context: Context, clock: ClockLike, *, now: datetime | None = None, soon: int = SOON_DAYS
) -> SafeString:
    """A clock as colour, icon, words and days. `now` defaults to the one time of the request."""
    return clock_drawn(clock, now or _request_now(context), soon=soon)


@register.simple_tag(takes_context=True)
def due_badge(
    context: Context,
    due: date | datetime | None,
    *,
    now: datetime | None = None,
    soon: int = SOON_DAYS,
) -> SafeString:
    """The same badge from a due date alone; nothing at all without one."""
    return due_drawn(due, now or _request_now(context), soon=soon)


def clock_drawn(clock: ClockLike, now: datetime, *, soon: int = SOON_DAYS) -> SafeString:
    """The badge of a clock as seen at `now` (aware)."""
    look = face(clock, now, soon=soon)
    words = format_html("{}{}", icon(look.icon), look.words)
    if clock.due is None:
        return format_html('<span class="xq-clock xq-clock-{}">{}</span>', look.tone, words)
    until = _("due %(due)s") % {"due": _full(_local(clock.due))}
    return format_html(
        '<span class="xq-clock xq-clock-{}" title="{}">{}<span class="visually-hidden"> · {}</span></span>',
        *(look.tone, until, words, until),
    )


def due_drawn(due: date | datetime | None, now: datetime, *, soon: int = SOON_DAYS) -> SafeString:
    """The badge of a due date: a day looks the same all day, so a list draws each of its days once."""
    if due is None:
        return SafeString()
    if isinstance(due, datetime):
        return clock_drawn(_Due(due=due), now, soon=soon)
    return _day_drawn(due, timezone.localdate(now), soon, get_language() or "")


@lru_cache(maxsize=4096)
def _day_drawn(due: date, today: date, soon: int, language: str) -> SafeString:
    del language  # as in `_full_in`
    noon = timezone.make_aware(datetime.combine(today, time(12)))
    return clock_drawn(_Due(due=due), noon, soon=soon)


def _request_now(context: Context) -> datetime:
    now = getattr(context.get("request"), "now", None)
    return now if isinstance(now, datetime) else timezone.now()


# -- page parts with a body ---------------------------------------------------------------------------------------


@register.simple_block_tag
def page_header(
    content: str, title: str, *, lead: str = "", back: str = "", back_label: str = ""
) -> SafeString:
    """The one h1 of a page, a sentence below it, a link back, and actions as the body."""
    facts = {"title": title, "lead": lead, "back": back, "back_label": back_label}
    return _render("ui/page_header.html", content, **facts)


@register.simple_block_tag
def note(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A boxed message. `kind`: info, success, attention or error (which is announced at once)."""
    icons = {
        "info": "info-circle",
        "success": "circle-check",
        "attention": "flag",
        "error": "alert-circle",
    }
    return _render("ui/note.html", content, kind=kind, title=title, icon_name=icons[kind])


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "inbox") -> SafeString:
    """What to say where a list has nothing: a real sentence, and what comes next as the body."""
    return _render("ui/empty.html", content, title=title, icon_name=icon_name)


@register.simple_block_tag
def timeline_entry(
    content: str,
    title: str,
    at: date | datetime | None = None,
    *,
    by: str = "",
    icon_name: str = "circle-dashed",
    state: str = "",
) -> SafeString:
    """One step of a way, inside `<ol class="xq-timeline">`. `state`: "" for past, now, or ahead."""
    facts = {"title": title, "at": at, "by": by, "icon_name": icon_name, "state": state}
    return _render("ui/timeline_entry.html", content, using="jinja2", **facts)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One row of a definition list, inside `<dl class="xq-facts">`."""
    shown = content.strip() or "—"
    return format_html('<div class="xq-fact"><dt>{}</dt><dd>{}</dd></div>', label, mark_safe(shown))  # noqa: S308


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    title: str,
    *,
    url: str,
    label: str,
    cancel: str,
    fields: Any = None,
) -> SafeString:
    """A step that needs a second look: consequences as the body, then the form that does it."""
    return _render(
        "ui/confirm.html",
        content,
        title=title,
        url=url,
        label=label,
        cancel=cancel,
        fields=fields,
        csrf_token=context.get("csrf_token"),
    )


def _render(name: str, content: str, using: str = "django", **facts: Any) -> SafeString:
    # `content` was rendered by the template engine with escaping on; marking it safe keeps it from a second round.
    drawn = render_to_string(name, {"content": mark_safe(content), **facts}, using=using)  # noqa: S308
    return mark_safe(drawn)  # noqa: S308  the engines escape, and only Django's says so itself


# -- doing and moving ---------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/action.html", takes_context=True)
def action(
    context: Context,
    label: str,
    url: str = "",
    *,
    method: str = "get",
    icon_name: str = "",
    primary: bool = False,
    name: str = "",
    value: str = "",
    refusal: str = "",
    article: str = "",
) -> dict[str, Any]:
    """A button that does something, or, with `refusal`, a greyed one that says why not.

    `method` get gives a link, post a form of its own with the CSRF token (and `name`=`value` when given).
    The greyed one stays in the tab order, and its reason is visible and tied to it for screen readers.
    """
    return {
        "label": label,
        "url": url,
        "method": method,
        "icon_name": icon_name,
        "primary": primary,
        "name": name,
        "value": value,
        "refusal": refusal,
        "article": article,
        "why_id": next_id("why") if refusal else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/nav_item.html", takes_context=True)
def nav_item(
    context: Context, label: str, url: str, icon_name: str = "", *, badge: Any = ""
) -> dict[str, Any]:
    """A link of the main navigation; the one whose address the page is under is marked as current."""
    request = context.get("request")
    path = request.path if request else ""
    current = (
        "page"
        if path == urlsplit(url).path
        else ("true" if url != "/" and path.startswith(url) else "")
    )
    return {"label": label, "url": url, "icon_name": icon_name, "badge": badge, "current": current}


@register.inclusion_tag("ui/stepper.html")
def stepper(steps: Sequence[str], current: int) -> dict[str, Any]:
    """Where one is in a few short pages. `current` counts from 1."""
    states = [
        ("done" if number < current else "now" if number == current else "ahead", number, label)
        for number, label in enumerate(steps, 1)
    ]
    return {"steps": states, "current": current, "total": len(steps), "label": steps[current - 1]}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], parameter: str = "page", *, label: str = ""
) -> dict[str, Any]:
    """Numbered pages; keeps every other query parameter. `label` tells two lists of a page apart."""
    query = context["request"].GET

    def address(number: int) -> str:
        changed = query.copy()
        changed[parameter] = str(number)
        return f"?{changed.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "links": [
            (number, address(number) if isinstance(number, int) else "") for number in numbers
        ],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "following": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/pager.html")
def pager(previous: str = "", following: str = "", *, label: str = "") -> dict[str, Any]:
    """Back and on, for lists too long to count; each an address or nothing. `label` tells two lists apart."""
    return {"previous": previous, "following": following, "label": label}


@register.inclusion_tag("ui/files.html", takes_context=True)
def file_list(context: Context, entries: Sequence[FileEntry], label: str = "") -> dict[str, Any]:
    """Files with what can be seen of them: a small picture, a player, or name and size to save.

    `entries` are made with `ui.files.entries`; `label` names the list for screen readers.
    """
    return {"entries": entries, "label": label, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def form_errors(form: Any) -> SafeString:
    """The summary of a form's errors, with a link to each field; for forms laid out field by field."""
    return mark_safe(form.renderer.render("ui/forms/errors.html", {"form": form}))  # noqa: S308  escaped there
