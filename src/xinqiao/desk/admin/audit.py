"""Who logged in, looked, exported, administered: by day, account and kind; and as a table to take away.

An administrator learns that somebody looked, never at what: no number, no subject, no name of a petitioner, and not
the reason that was typed for a look, which may name one.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.administration.scope import note_export
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import OF_LOG_IN, AuditAction
from xinqiao.audit.queries import Entry
from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.desk.controls import Day, DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.rules import glossary
from xinqiao.rules.persons import Role
from xinqiao.ui import by_key
from xinqiao.ui.typed import whole_number

PAGE = 50
MOST_EXPORTED = 50_000
_CHUNK = 1000
_CHANGES = frozenset(glossary.words()["admin_change"])
#: What an administrator may read of: accounts, units, settings. Everything else is "data of a matter".
_OPEN_KINDS = frozenset(glossary.words()["audit_object"]) - {"other"}


class FilterForm(DeskForm):
    """What the audit is narrowed by."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = [(one.value, names.word("audit_action", one)) for one in AuditAction]
        self.fields |= {
            "since": Day(label=_("From the day"), required=False),
            "until": Day(label=_("Until the day"), required=False),
            "who": Words(label=_("Name or log-in name"), required=False, max_length=60),
            "action": forms.ChoiceField(
                label=_("What was done"), choices=[("", _("any")), *actions], required=False
            ),
        }


@dataclass(frozen=True, kw_only=True)
class Row:
    """One entry in words."""

    id: int
    at: datetime
    who: str
    unit: str
    what: str
    about: str
    change: str


@require_safe
@for_administrators
def entries(request: AdminRequest) -> HttpResponse:
    """The newest entries that fit, a page at a time."""
    form = FilterForm(request.names, request.GET)
    wanted = _wanted(request, form)
    started = whole_number(request.GET.get("before", ""), 17)
    found = audit.entries(**wanted, before_id=started, limit=PAGE + 1)
    previous, following = by_key.neighbours(
        request.GET, "before", found[PAGE - 1].id if len(found) > PAGE else None
    )
    facts = {
        "form": form,
        "rows": rows(found[:PAGE], request.names),
        "previous": previous,
        "following": following,
        "narrowed": bool(form.cleaned_data and any(form.cleaned_data.values())),
        "everything": request.reach.everything,
    }
    return render(request, "desk/admin/audit.html", facts)


def _wanted(request: AdminRequest, form: FilterForm) -> dict[str, Any]:
    """The filters that were understood, within what the person administers."""
    form.is_valid()
    given = form.cleaned_data
    wanted: dict[str, Any] = {}
    if given.get("since"):
        wanted["since"] = _midnight(given["since"])
    if given.get("until"):
        wanted["until"] = _midnight(given["until"]) + timedelta(days=1)
    if given.get("action"):
        wanted["action"] = AuditAction(given["action"])
    reach = request.reach
    accounts = None if reach.everything else listing.account_ids(reach.units)
    if given.get("who"):
        like = frozenset(listing.account_ids_like(given["who"]))
        accounts = like if accounts is None else accounts & like
    return wanted | {"concerning": accounts}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def rows(found: Iterable[Entry], names: Names) -> list[Row]:
    """Entries in words."""
    listed = list(found)
    about = {one.object_id for one in listed if one.object_kind == "account" and one.object_id}
    people = directory.account_names({one.account_id for one in listed if one.account_id} | about)
    return [_row(one, people, names) for one in listed]


def _row(entry: Entry, people: Mapping[int, str], names: Names) -> Row:
    what = names.word("audit_action", entry.action)
    nobody = _("nobody logged in") if entry.action in OF_LOG_IN else _("the platform itself")
    who = people.get(entry.account_id or 0, "") or nobody
    return Row(
        id=entry.id, at=entry.at, who=who, unit=names.unit(entry.unit) if entry.unit else "",
        what=what, about=_about(entry, people, names), change=_change(entry, names),
    )  # fmt: skip


def _about(entry: Entry, people: Mapping[int, str], names: Names) -> str:
    if not entry.object_kind:
        return ""
    kind = entry.object_kind if entry.object_kind in _OPEN_KINDS else "other"
    word = names.word("audit_object", kind)
    named = people.get(entry.object_id or 0, "") if kind == "account" else ""
    return f"{word} {named}".strip()


def _change(entry: Entry, names: Names) -> str:
    """What an administrator changed, from what to what; the place from which somebody logged in."""
    detail = entry.detail
    if entry.action is not AuditAction.ADMINISTERED or entry.object_kind not in _OPEN_KINDS:
        return str(detail.get("address") or "")
    what = str(detail.get("what") or "")
    told = [names.word("admin_change", what)] if what in _CHANGES else []
    code = str(detail.get("code") or "")
    if code:
        told.append(names.unit(code))
    before, after = (_plain(detail.get(name), names) for name in ("before", "after"))
    if before or after:
        told.append(f"{before or '—'} → {after or '—'}")
    return " · ".join(told)


def _plain(value: object, names: Names) -> str:
    if isinstance(value, bool):
        return _("open") if value else _("closed")
    if value in set(Role):
        return names.word("role", str(value))
    return "" if value is None else str(value)


@require_POST
@for_administrators
def export(request: AdminRequest) -> HttpResponseBase:
    """The entries that fit as CSV, the newest first; taking it away is an entry of its own."""
    wanted = _wanted(request, FilterForm(request.names, request.POST))
    note_export(by=request.person, now=request.now)
    answer = StreamingHttpResponse(
        _lines(wanted, request.names), content_type="text/csv; charset=utf-8"
    )
    name = f"audit-{timezone.localtime(request.now):%Y%m%d-%H%M%S}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(wanted: Mapping[str, Any], names: Names) -> Iterator[str]:
    header = [
        _("When"),
        _("Who"),
        _("For which unit"),
        _("What was done"),
        _("Done to"),
        _("What changed"),
    ]
    yield "\ufeff" + _csv([header])  # so that spreadsheets read it as UTF-8
    before, left = None, MOST_EXPORTED
    while left > 0:
        found = audit.entries(**wanted, before_id=before, limit=min(_CHUNK, left))
        if not found:
            return
        yield _csv(
            [f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}", row.who, row.unit, row.what, row.about, row.change]
            for row in rows(found, names)
        )  # fmt: skip
        before, left = found[-1].id, left - len(found)


def _csv(lines: Iterable[Iterable[str]]) -> str:
    target = io.StringIO()
    csv.writer(target).writerows([_harmless(cell) for cell in line] for line in lines)
    return target.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell
