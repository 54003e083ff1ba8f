"""The session of a citizen: apart from that of staff, and never both in one browser."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from xinqiao.accounts import queries

_SESSION = "citizen"


def enter(request: HttpRequest, citizen: int, now: datetime) -> None:
    """From now on this browser is the citizen's. Whoever of the staff was logged in here, is no longer."""
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()
    moment = now.timestamp()
    request.session[_SESSION] = {"id": citizen, "began": moment, "seen": moment}


def leave(request: HttpRequest) -> None:
    """The browser is nobody's any more; what else stands in the session stays."""
    request.session.pop(_SESSION, None)


def citizen_of(request: HttpRequest, now: datetime) -> int | None:
    """The citizen whose browser this is. Too long without use or too old, it is nobody's; staff are no citizens."""
    session = request.session.get(_SESSION)
    if session is None or request.user.is_authenticated:
        return None
    moment = now.timestamp()
    if not _lasts(session, moment) or not queries.citizen_exists(session["id"]):
        leave(request)
        return None
    if moment - session["seen"] >= 60:
        request.session[_SESSION] = session | {"seen": moment}
    citizen: int = session["id"]
    return citizen


def _lasts(session: dict[str, float], moment: float) -> bool:
    used = moment - session["seen"] < settings.XINQIAO_SESSION_IDLE.total_seconds()
    return used and moment - session["began"] < settings.XINQIAO_SESSION_LASTS.total_seconds()
