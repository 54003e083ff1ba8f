"""Logging in and out, and everybody's own account: second factor, password, open sessions, log of log-ins."""

import logging
from datetime import date
from typing import Any

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from xinqiao.accounts import actions, queries
from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.access import DeskRequest, for_account
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person, Role

logger = logging.getLogger(__name__)


class LogIn(account.LoginView):
    """The page that asks who you are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sign_on": settings.XINQIAO_SINGLE_SIGN_ON}


@require_POST
def go_to_single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the browser to the place's provider; where that does not answer, says so."""
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except RequestException:
        logger.warning("the provider of single sign-on does not answer", exc_info=True)
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer


class LogOut(account.LogoutView):
    """Ends the session; by POST only."""

    http_method_names = ["post", "options"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(*args, **kwargs)
        # The next person at this screen cannot go back into it.
        answer["Clear-Site-Data"] = '"cache"'
        return answer


class RemoveKey(RemoveWebAuthnView):
    """Takes a security key off the account, unless a second factor is required and this is the last one."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            refused: ValidationError = adapter.validation_error("cannot_delete_authenticator")
            messages.error(self.request, refused.messages[0])
            return redirect("mfa_index")
        return super().form_valid(form)


@require_safe
@for_account
def own(request: DeskRequest) -> HttpResponse:
    """Everybody's own account, and nobody else's."""
    facts = {
        "substitutes": _substitutes(request),
        "works": bool(request.person.in_own_right.units()),
        "administers": request.person.is_admin,
        "has_factor": queries.has_second_factor(request.account),
        "required": settings.XINQIAO_SECOND_FACTOR == "required",
        "sessions": queries.open_sessions(request.user, request.session.session_key),
        "log_ins": queries.log_ins(request.account),
        "sign_on_name": queries.sign_on_name(request.account),
    }
    return render(request, "desk/account/own.html", facts)


def _substitutes(request: DeskRequest) -> list[tuple[directory.SubstituteLine, bool]]:
    """Who stands in for whom around the reader, each with whether they may end it.

    Heads see it of their units' staff, administrators of the units they administer.
    """
    today, person = matters.today(request.now), request.person.in_own_right
    heads = _staff(person, Role.HEAD, today)
    shown = {request.account} | heads | _staff(person, Role.ADMIN, today)
    return [
        (line, request.account in (line.away, line.stands_in) or line.away in heads)
        for line in directory.substitutes(today, of=shown)
    ]


def _staff(person: Person, role: Role, today: date) -> set[int]:
    """The accounts of the units in which the person holds this role."""
    units = person.units(frozenset({role}))
    return {line.account for line in directory.staff(units, today)} if units else set()


@require_POST
@for_account
def end_sessions(request: DeskRequest) -> HttpResponse:
    """Ends one other session, or all others."""
    one = request.POST.get("session", "")
    only = int(one) if one.isascii() and one.isdecimal() else None
    ended = actions.end_sessions(request.account, but=request.session.session_key, only=only)
    if ended:
        audit.record(AuditAction.SESSION_ENDED, now=request.now, by_account=request.account)
        messages.success(request, _("Ended. Whoever used it must log in anew."))
    else:
        messages.info(request, _("There was no other session to end."))
    return redirect("desk:account")


def closed(request: HttpRequest) -> HttpResponse:
    """An account that was closed while somebody was on the way in."""
    messages.error(request, _("This account is closed. Ask your administrator."))
    return redirect("desk:login")
