"""A page in words where Django answers 405 with nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class MethodPageMiddleware:
    """Fills the empty 405 answer with a page for browsers; programs keep the bare status and the Allow header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.accepts("text/html"):
            response.content = render_to_string("ui/errors/405.html")
            response["Content-Type"] = "text/html; charset=utf-8"
        return response
