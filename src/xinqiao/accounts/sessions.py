"""Sessions that end: after a while without use, and after a working day at the latest."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xinqiao.accounts import log, queries

_BEGAN, _SEEN, _FACTOR = "staff_began", "staff_seen", "staff_second_factor"
_SIGNED_ON = "staff_single_sign_on"
_SEEN_EVERY_SECONDS = 60


class SessionLimits:
    """Ends the session of a member of staff that is too old. Costs nothing where no session was begun: the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._check(request, request.now)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: datetime) -> None:
        moment, session = now.timestamp(), request.session
        began, seen = session.get(_BEGAN, moment), session.get(_SEEN, moment)
        if moment - began >= settings.XINQIAO_SESSION_LASTS.total_seconds():
            _end(request, "lasted")
        elif moment - seen >= settings.XINQIAO_SESSION_IDLE.total_seconds():
            _end(request, "idle")
        elif _SEEN not in session or moment - seen >= _SEEN_EVERY_SECONDS:
            session[_BEGAN], session[_SEEN] = began, moment


def _end(request: HttpRequest, why: str) -> None:
    log.session_ended(request, why)
    logout(request)
    messages.info(
        request,
        _(
            "Your session had ended, because it was not used or was open for a whole day. Log in again."
        ),
    )


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether who is logged in must first set up a second factor. Asks the database once a session."""
    if settings.XINQIAO_SECOND_FACTOR != "required" or request.session.get(_FACTOR):
        return False
    if request.user.pk is not None and queries.has_second_factor(request.user.pk):
        request.session[_FACTOR] = True
        return False
    return True


def came_by_single_sign_on(request: HttpRequest) -> None:
    """The place's own log-in has asked for its second factor, and no password of ours was typed."""
    request.session[_FACTOR] = request.session[_SIGNED_ON] = True


def needs_own_password(request: HttpRequest) -> bool:
    """Whether who is logged in came with a password that somebody gave them, and must first choose another."""
    given = bool(getattr(request.user, "must_change_password", False))
    return given and not request.session.get(_SIGNED_ON)
