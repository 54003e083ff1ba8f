"""Where a draft lies: a session of its own, so that neither a log-in nor a log-out touches it, and it can last longer.

Its cookie holds nothing but the key; what was typed lies on the server, sealed. Without a wish it goes when the browser
is closed, at the latest half a day after the last word; who wishes keeps it on this device. After a week it ends in any
case, while its files are still there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from importlib import import_module
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest, HttpResponseBase

from xinqiao.portal.access import PortalRequest, portal_page

COOKIE = "xinqiao_draft"
USUALLY, AT_MOST = timedelta(hours=12), timedelta(days=7)
_WISHED, _BEGUN = "wished", "begun"  # whether it is to be kept; when it was begun
_OWN = {_WISHED, _BEGUN, "_session_expiry"}  # what says nothing about there being a draft


class DraftRequest(PortalRequest):
    """A request of a page of the submission; `shelf` is the session in which the draft lies."""

    shelf: SessionBase


View = Callable[..., HttpResponseBase]


def draft_page(view: View) -> View:
    """A page that reads or writes the draft."""

    @portal_page
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # a page, or a file
        drafting = cast(DraftRequest, request)
        drafting.shelf = _open(request)
        response = view(drafting, *args, **kwargs)
        _close(drafting.shelf, drafting, response)
        return response

    return page


def begun(request: HttpRequest) -> bool:
    """Whether this browser has begun a draft; asks no database."""
    return bool(request.COOKIES.get(COOKIE))


def keep_longer(shelf: SessionBase, wished: bool) -> None:
    """Whether the draft stays on this device when the browser is closed."""
    shelf[_WISHED] = wished


def is_kept_longer(shelf: SessionBase) -> bool:
    return bool(shelf.get(_WISHED))


def ends_at(shelf: SessionBase, now: datetime) -> datetime:
    """When the draft goes, if nothing more is written."""
    last = datetime.fromisoformat(shelf.get(_BEGUN, now.isoformat())) + AT_MOST
    return last if is_kept_longer(shelf) else min(now + USUALLY, last)


def empty(shelf: SessionBase) -> None:
    """Nothing stays, and no wish either."""
    shelf.clear()


def _open(request: HttpRequest) -> SessionBase:
    engine = import_module(settings.SESSION_ENGINE)
    return cast(SessionBase, engine.SessionStore(request.COOKIES.get(COOKIE)))


def _close(shelf: SessionBase, request: DraftRequest, response: HttpResponseBase) -> None:
    if not shelf.modified:
        return
    if not set(shelf.keys()) - _OWN:
        shelf.flush()
        response.delete_cookie(COOKIE, path="/", samesite="Lax")
        return
    shelf.setdefault(_BEGUN, request.now.isoformat())
    end = ends_at(shelf, request.now)
    shelf.set_expiry(end)
    try:
        shelf.save()
    except (
        UpdateError
    ):  # sent or deleted meanwhile from another window: what is written now begins anew
        shelf.create()
    response.set_cookie(
        COOKIE,
        shelf.session_key or "",
        expires=end if is_kept_longer(shelf) else None,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
