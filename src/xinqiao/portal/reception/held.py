"""The booking that a browser may open: sealed in its session, for as long as a matter stays open there."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest

from xinqiao.portal.access import LASTS
from xinqiao.ui import sealed

_NAME = "portal_booking"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A booking opened in this browser. `key` is the form that made it; `until` ISO text."""

    number: str
    code: str
    until: str
    key: str = ""


def hold(request: HttpRequest, number: str, code: str, now: datetime, key: str = "") -> None:
    """From now on this browser opens the booking; one opened before is closed."""
    held = Held(number=number, code=code, until=(now + LASTS).isoformat(), key=key)
    sealed.put(request.session, _NAME, asdict(held))


def held_by(request: HttpRequest, now: datetime) -> Held | None:
    """The booking that this browser still opens."""
    kept = sealed.get(request.session, _NAME)
    held = Held(**kept) if kept else None
    return held if held is not None and now < datetime.fromisoformat(held.until) else None


def let_go(request: HttpRequest) -> None:
    """Closes the booking in this browser."""
    sealed.drop(request.session, _NAME)
