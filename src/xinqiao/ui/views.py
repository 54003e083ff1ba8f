"""Error pages, and the gallery of components for those who build pages."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not see this page."""
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is here, or nothing that this person may know of."""
    return render(request, "ui/errors/404.html", status=404)


def too_many_tries(request: HttpRequest, minutes: int = 1) -> HttpResponse:
    """429: something went wrong too often, or too much was asked for; in `minutes` it may be tried again."""
    answer = render(request, "ui/errors/429.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while nothing can be stored; drawn without the request, so that a broken session or database
    cannot break this page too.
    """
    if is_passing(sys.exc_info()[1]):
        page = render_to_string("ui/errors/503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def is_passing(error: BaseException | None) -> bool:
    """Whether the fault is of the kind that heals by itself: the database is away, or the disk is full."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(error, OperationalError | InterfaceError)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token did not fit: mostly an old page or refused cookies. `reason` is for the log."""
    return render(request, "ui/errors/csrf.html", status=403)
