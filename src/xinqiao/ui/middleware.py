"""What every request shares: one "now", and one way of saying a refusal of the rules."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from xinqiao.rules import glossary
from xinqiao.rules.refusals import Refused


class OwnPagesOnlyMiddleware:
    """No page of another site may take in what is answered here, be it a picture, a script or a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class OneNowMiddleware:
    """Sets `request.now` once: one request sees one time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        return self.get_response(request)


class RefusalMiddleware:
    """Turns a refusal that no page has caught into a page of its own: 404 for what must not exist, else 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if error.refusal.code == "not_found":
            raise Http404 from error
        sentence = glossary.say(error.refusal, translation.get_language() or "zh-hans")
        return render(request, "ui/refused.html", {"sentence": sentence}, status=409)
