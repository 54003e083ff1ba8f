"""Where one is received today, and the screen that hangs in a hall: numbers and desks, no log-in, no name."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xinqiao.portal.access import PortalRequest
from xinqiao.reception import queries


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The desks that receive today, with their hours."""
    now = cast(PortalRequest, request).now
    return render(request, "portal/reception/today.html", {"desks": queries.open_today("", now)})


@require_safe
@never_cache
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of a hall, in both languages at once; asked by htmx, its numbers alone. Raises Http404."""
    hall = queries.hall(code)
    if hall is None or hall.closed:
        raise Http404
    now = cast(PortalRequest, request).now
    part = request.headers.get("HX-Request") == "true"
    template = "portal/reception/numbers.html" if part else "portal/reception/screen.html"
    return render(request, template, {"hall": hall, "screen": queries.screen(code, now)})
