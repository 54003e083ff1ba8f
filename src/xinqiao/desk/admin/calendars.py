"""The days off of a year as months, and next year's notice."""

import calendar as months
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.administration.actions import calendars as actions
from xinqiao.administration.foresight import Foreseen
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.admin.pages import Given, change, typed
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.law.calendar import FIRST_YEAR, Calendar, DayKind, YearNotice, read_notice
from xinqiao.law.errors import LawError
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import may_set

_LARGEST_FILE = 64 * 1024
_LAST_SHOWN = 20  # years ahead


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One day of a month's grid."""

    day: date
    kind: DayKind
    title: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month as weeks of seven; None where a week has days of another month."""

    name: str
    weeks: list[list[Cell | None]]


@require_safe
@for_administrators
def year(request: AdminRequest, year: int | None = None) -> HttpResponse:
    """A year as twelve months: days off, make-up working days, and where that stands."""
    today = matters.today(request.now)
    year = year or today.year
    if not FIRST_YEAR <= year <= today.year + _LAST_SHOWN:
        raise Http404
    found = clockwork.calendar()
    facts = {
        "year": year,
        "months": grid(found, year, request.names),
        "weekdays": [(str(WEEKDAYS[n]), _short(n, request.names)) for n in range(7)],
        "known": year in found.years,
        "source": _source(year),
        "counts": _counts(found, year),
        "previous": year - 1 if year > FIRST_YEAR else None,
        "following": year + 1 if year <= today.year else None,
        "refused": may_set(request.reach),
        "next_year": today.year + 1,
        "next_missing": today.year + 1 not in found.years,
    }
    return render(request, "desk/admin/calendar.html", facts)


def grid(found: Calendar, year: int, names: Names) -> list[Month]:
    """The months of a year with what the calendar says of each day."""
    weeks = months.Calendar()
    return [
        Month(
            name=str(MONTHS[month]),
            weeks=[
                [_cell(found, day, names) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(found: Calendar, day: date, names: Names) -> Cell:
    entry = found.entry(day)
    return Cell(day=day, kind=entry.kind, title=entry.spoken(_lang(names)))


def _short(weekday: int, names: Names) -> str:
    """Mon, or 一: a column of a month has no room for 星期一."""
    words = str(WEEKDAYS_ABBR[weekday])
    return words[:3] if _lang(names) == "en" else words[-1:]


def _lang(names: Names) -> Any:
    return "en" if names.language.startswith("en") else "zh"


def _source(year: int) -> str:
    """Where the days of a year come from: the notice that was entered; empty for the package's own."""
    try:
        return read_notice(actions.path_of(year)).source
    except LawError:
        return ""


def _counts(found: Calendar, year: int) -> dict[str, int]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    kinds = [found.entry(day).kind for day in days if day.year == year]
    return {
        "working": sum(kind in (DayKind.WORKING, DayKind.MAKE_UP) for kind in kinds),
        "holidays": kinds.count(DayKind.HOLIDAY),
        "make_up": kinds.count(DayKind.MAKE_UP),
    }


# -- a notice --------------------------------------------------------------------------------------------------------

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_SPAN = re.compile(rf"\s*{_DAY}(?:\s*(?:~|～|—|–|-|至|到|to)\s*{_DAY})?\s*$")
_PARTS = re.compile(r"[,，、;；\n]+")
_LONGEST_SPAN = 31


class Days(forms.CharField):
    """Days typed or pasted: one a line or with commas between, spans with 至 or ~; gives each day once."""

    default_error_messages = {
        "day": gettext_lazy(
            "“%(typed)s” is no day. Write one such as 2027-01-01, or a span such as 2027-02-05 ~ 2027-02-11."
        ),
        "span": gettext_lazy(
            "“%(typed)s” does not end after it begins, or is longer than a month. Check both days."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}), **kwargs)

    def clean(self, value: Any) -> list[date]:
        text: str = super().clean(value)
        parts = [part for part in _PARTS.split(text) if part.strip()]
        return sorted({day for part in parts for day in self._span(part)})

    def _span(self, part: str) -> Iterable[date]:
        found, shown = _SPAN.match(part), {"typed": part.strip()[:40]}
        if found is None:
            raise forms.ValidationError(self.error_messages["day"], code="day", params=shown)
        numbers = [int(one) for one in found.groups() if one is not None]
        try:
            first = date(*numbers[:3])
            last = date(*numbers[3:]) if len(numbers) == 6 else first
        except ValueError as error:
            raise forms.ValidationError(
                self.error_messages["day"], code="day", params=shown
            ) from error
        if not 0 <= (last - first).days < _LONGEST_SPAN:
            raise forms.ValidationError(self.error_messages["span"], code="span", params=shown)
        return (first + timedelta(days=n) for n in range((last - first).days + 1))


class NoticeForm(DeskForm):
    """The State Council's notice of a year, typed from the paper or taken from a file."""

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "year": forms.IntegerField(
                label=_("Year"), min_value=FIRST_YEAR, max_value=2999, initial=year
            ),
            "source": Words(
                label=_("Source"),
                max_length=200,
                help_text=_("Title, number and date of the notice, so that others can check it."),
            ),
            "days_off": Days(
                label=_("Days off"),
                help_text=_(
                    "One a line, or with commas between. A span such as 2027-02-05 ~ 2027-02-11 is all its days."
                ),
            ),
            "make_up": Days(
                label=_("Weekend days that are worked instead"),
                required=False,
            ),
            "seen": forms.CharField(
                widget=forms.HiddenInput, required=False, initial=actions.seen()
            ),
        }


class FileForm(DeskForm):
    """A notice as a file of the platform's own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_("A TOML file such as the platform keeps. It fills in the form."),
        )  # fmt: skip

    def clean_file(self) -> YearNotice:
        """The notice in the file. Raises ValidationError in the law's own words."""
        upload = self.cleaned_data["file"]
        if upload.size > _LARGEST_FILE:
            raise forms.ValidationError(_("A notice is a short text; this file is too large."))
        try:
            return actions.read_upload(upload.read())
        except LawError as fault:
            raise forms.ValidationError(fault.say(_lang(Names.here()))) from fault


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def notice(request: AdminRequest) -> HttpResponse:
    """A notice typed, checked, looked at, published."""
    next_year = matters.today(request.now).year + 1
    upload = FileForm()
    if request.method == "POST" and request.FILES:
        upload = FileForm(None, request.FILES)
        filled = upload.cleaned_data["file"] if upload.is_valid() else None
        form = NoticeForm(
            filled.year if filled else next_year, initial=_initial(filled) if filled else None
        )
        facts = {"form": form, "page": _page() | {"extra": upload}}
        status = 200 if filled else 422
        return render(request, "desk/admin/notice.html", facts, status=status)
    form = NoticeForm(next_year, typed(request))

    def text_of(given: Given) -> str:
        return actions.written(
            given["year"], given["source"].strip(), given["days_off"], given["make_up"]
        )

    def follows(given: Given) -> list[str]:
        draft = actions.draft(text_of(given), given["year"], by=request.person, now=request.now)
        return _what_follows(draft)

    def do(given: Given) -> str:
        actions.publish(
            text_of(given), given["year"], seen_files=given["seen"] or "", by=request.person,
            now=request.now,
        )  # fmt: skip
        return _("The days off of %(year)s count from now on.") % {"year": given["year"]}

    page = _page() | {"extra": upload}
    return change(
        request, form, page=page, do=do, follows=follows, to=reverse("desk:admin-calendar")
    )


def _page() -> dict[str, Any]:
    return {
        "title": _("Enter a notice of days off"),
        "lead": _("Once a year the State Council says which days are off and which weekends are worked instead."),
        "label": _("Check it and see what changes"), "sure": _("Publish it"),
        "back": reverse("desk:admin-calendar"), "back_label": _("Calendar"),
        "template": "desk/admin/notice.html",
    }  # fmt: skip


def _initial(notice: YearNotice) -> dict[str, Any]:
    return {
        "year": notice.year,
        "source": notice.source,
        "days_off": "\n".join(f"{day}" for day in sorted(notice.days_off)),
        "make_up": "\n".join(f"{day}" for day in sorted(notice.make_up_workdays)),
    }


def _what_follows(draft: actions.Draft) -> list[str]:
    notice = draft.notice
    facts = {
        "year": notice.year,
        "off": len(notice.days_off),
        "worked": len(notice.make_up_workdays),
    }
    lines = [
        _("%(year)s: %(off)d days off, %(worked)d weekend days worked.") % facts,
        _("Source: %(source)s") % {"source": notice.source},
    ]
    for days, words in (
        (draft.added, _("No longer working days: %(days)s")),
        (draft.removed, _("Working days from now on: %(days)s")),
    ):
        if days:
            lines.append(words % {"days": "、".join(f"{day:%m-%d}" for day in days)})
    return [*lines, foreseen_words(draft.foreseen)]


def foreseen_words(foreseen: Foreseen) -> str:
    """How many open matters get other dates; counted, or by a sample of many."""
    if not foreseen.moved:
        return _("No open matter gets another date.")
    count = foreseen.moved if foreseen.exact else foreseen.about
    words = ngettext(
        "%(count)d open matter gets other dates; the worker writes them anew within the hour.",
        "%(count)d open matters get other dates; the worker writes them anew within the hour.",
        count,
    ) % {"count": count}
    if foreseen.exact:
        return words
    return _("%(words)s Estimated from %(looked)d of %(open)d open matters.") % {
        "words": words, "looked": foreseen.looked_at, "open": foreseen.open,
    }  # fmt: skip
