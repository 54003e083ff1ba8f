"""A request that is too large is refused before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LARGEST_BODY = 210_000_000
"""Bytes: all files of one submission, and the form around them."""


class LargestBodyMiddleware:
    """Answers 413 with a page that says what to do; the server would otherwise write all of it to disk first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length.isdecimal() or int(length) <= LARGEST_BODY:
            return self.get_response(request)
        facts = {"limit": LARGEST_BODY // 1_000_000}
        return render(request, "ui/errors/413.html", facts, status=413)
