"""What somebody is about to say on a decision or to a call, kept sealed in the session until it is sent; and the pace.

A page at a time; what was typed stays, right or wrong. The key of a draft makes one of what is sent twice.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase

from xinqiao.accounts import throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.throttle import Limit
from xinqiao.portal.access import PortalRequest
from xinqiao.portal.forms import PortalForm
from xinqiao.ui import sealed

_KEPT = 5
#: A village may share one address, a browser has one session; an opinion costs officials a reading each.
_OF_SESSION = Limit(name="voice-session", most=20, within=timedelta(hours=1))
_OF_ADDRESS = Limit(name="voice-address", most=300, within=timedelta(hours=1))


@dataclass(kw_only=True)
class Voice:
    """A draft. `kind` is what it will be, `ref` the decision or call it is about, `pages` what was typed."""

    kind: str
    ref: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    pages: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: SessionBase, kind: str, ref: str) -> "Voice":
        """The draft of this browser; a new one where none was begun."""
        kept = (sealed.get(session, _name(kind)) or {}).get(ref)
        return cls(kind=kind, ref=ref, **kept) if kept else cls(kind=kind, ref=ref)

    def keep(self, session: SessionBase) -> None:
        """Keeps it, with those on other things."""
        others = sealed.get(session, _name(self.kind)) or {}
        others.pop(self.ref, None)
        everything = others | {self.ref: {"key": self.key, "pages": self.pages}}
        sealed.put(session, _name(self.kind), dict(list(everything.items())[-_KEPT:]))

    def drop(self, session: SessionBase) -> None:
        """It was sent, or is no longer wanted."""
        others = sealed.get(session, _name(self.kind)) or {}
        others.pop(self.ref, None)
        sealed.put(session, _name(self.kind), others)

    def said(self, page: str, name: str) -> str:
        """What was typed in one field; "" when nothing was."""
        return self.pages.get(page, {}).get(name, "")

    def first_open(self, forms: Mapping[str, Callable[..., PortalForm]]) -> str:
        """The first page that was not filled in as its form asks; "" when all were."""
        open_ones = (page for page in forms if not forms[page](self.pages.get(page)).is_valid())
        return next(open_ones, "")


def typed(request: PortalRequest) -> dict[str, str]:
    """What was sent from a page, without what the platform itself put there."""
    return {
        name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"
    }


def minutes_to_wait(request: PortalRequest) -> int:
    """In how many minutes something may be sent again from here; 0 when nothing stands in the way."""
    until = throttle.waits_until(_counted(request))
    return 0 if until is None else throttle.minutes_until(until, request.now)


def count_sent(request: PortalRequest) -> None:
    """One more was sent from here."""
    throttle.count(_counted(request), request.now)


def _counted(request: PortalRequest) -> list[tuple[Limit, str]]:
    found = [(_OF_ADDRESS, neighbourhood(client_address(request)))]
    if request.session.session_key is not None:
        found.append((_OF_SESSION, request.session.session_key))
    return found


def _name(kind: str) -> str:
    return f"portal_{kind}"
