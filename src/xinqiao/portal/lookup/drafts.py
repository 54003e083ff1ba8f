"""What is being written on a page of an open matter: kept sealed in this browser's session until it is sent.

A phone rings, a bus arrives, a battery dies: the words are there when the page is opened again. They are gone when
they are sent and when the matter is closed here.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse

from xinqiao.ui import sealed

_NAME = "portal_step_drafts"
#: The button that keeps without sending, and what the script of the page sends now and then.
KEEP = "keep"
_NEVER = {"csrfmiddlewaretoken", KEEP, "seen"}
#: Where the number of the draft stands under which the files of a page are kept; no field is called so.
_FILES = "_files"


def wants_keeping(request: HttpRequest) -> bool:
    """Whether the form was sent only to be kept."""
    return request.method == "POST" and KEEP in request.POST


def keep(request: HttpRequest) -> None:
    """Keeps what was typed on this page, in place of what was kept of it before."""
    typed = {name: str(value) for name, value in request.POST.items() if name not in _NEVER}
    _put(request, typed | _numbered(files_of(request)))


def of(request: HttpRequest) -> dict[str, str]:
    """What was typed on this page before; empty when nothing was."""
    typed = _all(request).get(request.path, {})
    return {name: value for name, value in typed.items() if name != _FILES}


def begin_files(request: HttpRequest) -> int:
    """The number of the draft for the files of this page: the one there is, else a new one nobody can guess."""
    number = files_of(request) or secrets.randbits(62)
    _put(request, of(request) | _numbered(number))
    return number


def files_of(request: HttpRequest) -> int | None:
    """The number of the draft of files of this page; None when none were chosen."""
    number = _all(request).get(request.path, {}).get(_FILES)
    return int(number) if number else None


def all_files(request: HttpRequest) -> list[int]:
    """The drafts of files of all pages of this browser."""
    return [int(typed[_FILES]) for typed in _all(request).values() if _FILES in typed]


def drop(request: HttpRequest) -> None:
    """What was typed on this page has been sent."""
    rest = {path: typed for path, typed in _all(request).items() if path != request.path}
    sealed.put(request.session, _NAME, rest)


def drop_all(request: HttpRequest) -> None:
    """The matter is closed in this browser: nothing of it stays here."""
    sealed.drop(request.session, _NAME)


def kept_silently(request: HttpRequest) -> HttpResponse | None:
    """The answer to the script of the page, which needs none; None where a person pressed the button."""
    if request.POST.get(KEEP) == "silently":
        return HttpResponse(status=204)
    return None


def _put(request: HttpRequest, typed: dict[str, str]) -> None:
    sealed.put(request.session, _NAME, _all(request) | {request.path: typed})


def _numbered(number: int | None) -> dict[str, str]:
    return {_FILES: str(number)} if number else {}


def _all(request: HttpRequest) -> dict[str, Any]:
    return sealed.get(request.session, _NAME) or {}
