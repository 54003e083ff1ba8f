"""What the pages of leadership share: tabs, page numbers, names of people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.directory import queries as directory
from xinqiao.matters.queries import Sheet
from xinqiao.rules.matters import may
from xinqiao.rules.persons import Role
from xinqiao.rules.table import STEPS

UNFIT = 422
HEADS = frozenset({Role.HEAD})


def shown(
    request: DeskRequest, template: str, tab: str, facts: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page under the tabs of leadership."""
    tabs = {"tabs": _tabs(request, tab)}
    return render(request, f"desk/leadership/{template}.html", tabs | dict(facts), status=status)


def _tabs(request: DeskRequest, current: str) -> list[dict[str, Any]]:
    listed = [
        ("cases", _("Lead assignments")), ("visits", _("Field visits")), ("conferences", _("Joint conference")),
        ("responsibility", _("Who answers")),
    ]  # fmt: skip
    if request.person.units(HEADS):
        listed.insert(0, ("leadership", _("My five minutes")))
    return [
        {"label": label, "address": reverse(f"desk:{name}"), "current": name == current}
        for name, label in listed
    ]


def not_now(request: DeskRequest, sheet: Sheet, step: str) -> HttpResponse | None:
    """Back to the matter with the reason when the step cannot be taken now; None when it can.

    Raises PermissionDenied when it is for others, Http404 when the matter does not exist for the person.
    """
    refusal = may(STEPS[step], sheet.case)
    if refusal is None:
        return None
    if refusal.code == "not_found":
        raise Http404
    if refusal.code == "not_yours":
        raise PermissionDenied
    messages.error(request, request.names.say(refusal))
    return redirect("desk:matter", sheet.line.number)


def people(accounts: Iterable[int | None]) -> Mapping[int, str]:
    """The names of members of staff, by account."""
    known = {one for one in accounts if one is not None}
    return directory.account_names(known) if known else {}


def with_unit(names: Mapping[int, str], account: int | None, unit: str) -> str:
    """A unit, and who it was there."""
    return " · ".join(filter(None, (unit, names.get(account or 0, ""))))


def address(request: DeskRequest, number: int, **known: str) -> str:
    """The same list at another page; without a page for 0."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in known.items():
        query[name] = value
    if number:
        query["page"] = str(number)
    return f"?{query.urlencode()}" if query else ""


def pager(request: DeskRequest, number: int, following: bool) -> dict[str, str]:
    return {
        "previous": address(request, number - 1) if number > 1 else "",
        "following": address(request, number + 1) if following else "",
    }
