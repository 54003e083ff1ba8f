"""What happens at the door of staff, written into the audit: who, how, from where."""

from datetime import datetime
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth import signals as auth_signals
from django.http import HttpRequest
from django.utils import timezone

from xinqiao.accounts.addresses import browser_words, client_address
from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction

_LONGEST_NAME = 60


def listen() -> None:
    """Connects the receivers below; called once, when the apps are loaded."""
    account_signals.user_logged_in.connect(_logged_in)
    account_signals.password_changed.connect(_password_changed)
    auth_signals.user_login_failed.connect(_log_in_failed)
    auth_signals.user_logged_out.connect(_logged_out)
    factor_signals.authenticator_added.connect(_factor_added)
    factor_signals.authenticator_removed.connect(_factor_removed)
    factor_signals.authentication_failed.connect(_factor_failed)


def where_from(request: HttpRequest | None) -> dict[str, str]:
    """Address and browser, as the owner of the account is shown them."""
    if request is None:
        return {}
    browser = browser_words(request.headers.get("User-Agent", ""))
    return {"address": client_address(request), "browser": browser}


def session_ended(request: HttpRequest, why: str) -> None:
    """A session ended by itself: `idle` or `lasted`."""
    _by_owner(AuditAction.SESSION_ENDED, request, request.user.pk, why=why)
    request.ended_by_itself = True  # type: ignore[attr-defined]  # nobody logged out


def sign_on_refused(request: HttpRequest) -> None:
    """Somebody came with an identity that no administrator has linked. Whose, is the provider's to know."""
    detail = where_from(request)
    audit.record(AuditAction.SIGN_ON_REFUSED, now=_now(request), by_account=None, detail=detail)


def _now(request: HttpRequest | None) -> datetime:
    now: datetime = getattr(request, "now", None) or timezone.now()
    return now


def _by_owner(
    action: AuditAction, request: HttpRequest | None, account: int | None, **more: str
) -> None:
    detail = {**where_from(request), **more}
    audit.record(action, now=_now(request), by_account=account, detail=detail)


def _logged_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    way = "single_sign_on" if kwargs.get("sociallogin") else "password"
    _by_owner(AuditAction.LOGGED_IN, request, user.pk, way=way)


def _logged_out(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None and not getattr(request, "ended_by_itself", False):
        _by_owner(AuditAction.LOGGED_OUT, request, user.pk)


def _password_changed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _by_owner(AuditAction.PASSWORD_CHANGED, request, user.pk)


def _log_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """The account that somebody tried to enter is noted by its number; what was typed is not."""
    named = str(credentials.get("username", ""))
    accounts = get_user_model()._default_manager.none()
    if 0 < len(named) <= _LONGEST_NAME:
        accounts = get_user_model()._default_manager.filter(username__iexact=named)
    account = accounts.values_list("pk", flat=True).first()
    _about_owner(AuditAction.LOGIN_FAILED, request, account)


def _factor_failed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _about_owner(AuditAction.SECOND_FACTOR_FAILED, request, user.pk)


def _about_owner(action: AuditAction, request: HttpRequest | None, account: int | None) -> None:
    """Done to an account by somebody who has not shown to be its owner."""
    audit.record(
        action,
        now=_now(request),
        by_account=None,
        object_kind="account",
        object_id=account,
        detail=where_from(request),
    )


def _factor_added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    _by_owner(AuditAction.SECOND_FACTOR_ADDED, request, user.pk, factor=str(authenticator.type))


def _factor_removed(
    request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any
) -> None:
    _by_owner(AuditAction.SECOND_FACTOR_REMOVED, request, user.pk, factor=str(authenticator.type))
