"""The way of a request to the door for programs: without what only pages need.

Session, log-in, messages and the tokens of forms mean nothing to a program, and cost more than reading its petition.
So this middleware stands before all others and sends the door's requests along a short line of its own
(`XINQIAO_PROGRAM_MIDDLEWARE`); everything else goes on as usual.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

ADDRESS = "/api/"
#: An answer for programs shows nothing, runs nothing and stands in no frame.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
Handler = Callable[[HttpRequest], HttpResponse]


class _Line(BaseHandler):
    """Django's handler with the middleware of programs in place of that of pages."""

    def __init__(self) -> None:
        super().__init__()
        self._view_middleware, self._template_response_middleware = [], []
        self._exception_middleware = []
        handler = convert_exception_to_response(self._get_response)
        for name in reversed(settings.XINQIAO_PROGRAM_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(name)(handler))
        self.answer: Handler = handler


class WayOfPrograms:
    """The first middleware: the door for programs has a line of its own."""

    def __init__(self, get_response: Handler) -> None:
        self._pages, self._programs = get_response, _Line().answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADDRESS):
            return self._pages(request)
        answer = self._programs(request)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer
