"""The lock of the desk: who is logged in, as the rules see them, and what exists for them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control

from xinqiao.accounts import sessions
from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request whose sender is known."""

    person: Person
    account: int
    names: Names
    now: datetime


def for_account(view: View) -> View:
    """Whoever is logged in, at the pages of their own account; `request.person` holds the posts of today.

    Pages are kept by the reader's own browser only, so that going back finds what was typed; logging out clears that.
    """

    @cache_control(private=True, no_cache=True)
    @login_required
    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.names = Names.here()
        request.account = request.user.pk  # type: ignore[assignment]  # nobody gets here unknown
        request.person = directory.person(request.account, matters.today(request.now))
        return view(request, *args, **kwargs)

    return guarded


def for_staff(view: View) -> View:
    """Whoever is logged in, with a password of their own and the second factor that this place asks for.

    Who lacks one of them is led to where it is set up, first.
    """

    @for_account
    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if sessions.needs_own_password(request):
            return redirect("account_change_password")
        if sessions.needs_second_factor(request):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded


def for_working_posts(view: View) -> View:
    """Whoever holds a post in which one works on matters; administrators alone do not."""

    @for_staff
    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.person.units():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def matter_id_of(request: DeskRequest, number: str) -> int:
    """The matter with this number. Raises Http404 when it does not exist for the person."""
    found = matters.find(request.person, number, request.now)
    if found is None:
        raise Http404
    return found


def sheet_of(request: DeskRequest, number: str) -> matters.Sheet:
    """The matter opened by the person; that they looked is written down. Raises Http404 when there is none for them."""
    sheet = matters.sheet_numbered(request.person, number, request.now)
    if sheet is None:
        raise Http404
    if request.method != "POST":  # what is done by POST, ledger and audit tell themselves
        audit.record(
            AuditAction.VIEWED,
            now=request.now,
            by_account=request.account,
            unit=min(request.person.units(), default=""),
            object_kind="matter",
            object_id=sheet.line.id,
        )
    return sheet
