"""The right of one browser to one matter: got with number and query code, lost after half an hour without use."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person, petitioner_of
from xinqiao.ui import sealed

LASTS = timedelta(minutes=30)
_RENEWED_AFTER = timedelta(minutes=1)
_RIGHT, _TYPED = "portal_right", "portal_typed"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, kw_only=True)
class Right:
    """The matter that may be opened, the number of the contact it was opened with, and until when (ISO text)."""

    matter: int
    number: str
    until: str


class PortalRequest(HttpRequest):
    """A request; behind `for_holder` it knows the matter that its sender may open."""

    now: datetime
    right: Right
    person: Person


def portal_page(view: View) -> View:
    """Every page with something personal: kept by the reader's own browser only."""

    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(cast(PortalRequest, request), *args, **kwargs)

    return page


def grant(request: HttpRequest, matter: int, number: str, now: datetime) -> None:
    """From now on this browser may open the matter; a matter opened before is closed."""
    right = Right(matter=matter, number=number, until=(now + LASTS).isoformat())
    sealed.put(request.session, _RIGHT, asdict(right))


def end(request: HttpRequest) -> None:
    """Closes the matter in this browser, and forgets what was typed on it."""
    sealed.drop(request.session, _RIGHT)
    sealed.drop(request.session, _TYPED)


def right_of(request: HttpRequest, now: datetime) -> Right | None:
    """The right that this browser still has."""
    kept = sealed.get(request.session, _RIGHT)
    right = Right(**kept) if kept else None
    return right if right is not None and now < datetime.fromisoformat(right.until) else None


def for_holder(view: View) -> View:
    """Only for who has opened the matter of this number; others are asked for the code, and lose no word."""

    @portal_page
    @wraps(view)
    def guarded(request: PortalRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        right = right_of(request, request.now)
        if right is None or right.number != number:
            return _ask_for_code(request, number)
        if datetime.fromisoformat(right.until) - request.now < LASTS - _RENEWED_AFTER:
            grant(request, right.matter, right.number, request.now)
        request.right, request.person = right, petitioner_of(right.matter)
        return view(request, **kwargs)

    return guarded


def sheet_of(request: PortalRequest) -> matters.Sheet:
    """The matter that the request may open. Raises Http404 for one that is gone."""
    sheet = matters.sheet(request.person, request.right.matter, request.now)
    if sheet is None:
        raise Http404
    return sheet


def typed_before(request: HttpRequest) -> dict[str, str] | None:
    """What was typed on this page before the right had run out, once."""
    kept = sealed.get(request.session, _TYPED)
    if kept is None or kept["path"] != request.path:
        return None
    sealed.drop(request.session, _TYPED)
    return dict(kept["data"])


def interrupted_at(request: HttpRequest, number: str) -> str:
    """The page on which words of this matter wait, "" when none do."""
    kept = sealed.get(request.session, _TYPED)
    return kept["path"] if kept and kept["number"] == number else ""


def _ask_for_code(request: PortalRequest, number: str) -> HttpResponse:
    if request.method == "POST":
        data = {
            name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"
        }
        sealed.put(request.session, _TYPED, {"path": request.path, "number": number, "data": data})
        messages.info(
            request,
            _(
                "The matter was closed after 30 minutes without use. What you wrote is kept:"
                " enter the query code again, and it stands in the form as before."
            ),
        )
    else:
        messages.info(
            request,
            _(
                "Enter the number and the query code to open this matter. It closes by itself"
                " after 30 minutes without use."
            ),
        )
    return HttpResponseRedirect(f"{reverse('portal:lookup')}?{urlencode({'number': number})}")
