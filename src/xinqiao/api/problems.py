"""Saying no to a program: RFC 9457, with the code of the refusal and its sentence in the language asked for."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from xinqiao.api.shapes import MOST_PEOPLE, NO_NUL, FaultOut, ProblemOut
from xinqiao.lookup.words import Words
from xinqiao.rules.refusals import Refusal, Refused

log = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CONTENT_TYPE = "application/problem+json"
#: Whatever is not listed is about the content: 422.
_STATUS = {
    "wrong_number_or_code": HTTPStatus.NOT_FOUND,
    "no_such_address": HTTPStatus.NOT_FOUND,
    "not_found": HTTPStatus.NOT_FOUND,
    "other_method": HTTPStatus.METHOD_NOT_ALLOWED,
    "not_json": HTTPStatus.BAD_REQUEST,
    "not_json_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "body_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_many_tries": HTTPStatus.TOO_MANY_REQUESTS,
    "too_many_requests": HTTPStatus.TOO_MANY_REQUESTS,
    "try_again": HTTPStatus.SERVICE_UNAVAILABLE,
    "server_fault": HTTPStatus.INTERNAL_SERVER_ERROR,
}
_MOST_FAULTS = 20
_HEADERS = {"Cache-Control": "no-store"}


class AtField(Exception):
    """A refusal at a known place of the body: `petitioner.phone`."""

    def __init__(self, refusal: Refusal, field: str) -> None:
        super().__init__(refusal.code)
        self.refusal, self.field = refusal, field


def problem(
    refusal: Refusal,
    *,
    field: str | None = None,
    faults: Sequence[FaultOut] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer that says why not."""
    status = _STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    told = ProblemOut(
        title=status.phrase, status=status, detail=Words.here().say(refusal), code=refusal.code,
        article=refusal.article, field=field or refusal.facts.get("field"),
        errors=list(faults) if faults else None,
    )  # fmt: skip
    content = told.model_dump_json(exclude_none=True)
    return HttpResponse(content, CONTENT_TYPE, status, headers=_HEADERS | dict(headers or {}))


def other_method(allowed: str) -> HttpResponse:
    """The answer to a method that an address does not take."""
    return problem(Refusal("other_method", None, {"allowed": allowed}), headers={"Allow": allowed})


def say_problems(api: NinjaAPI) -> None:
    """Every way in which a request can end without success, in one form."""
    # Of all but the first the library has handlers of its own, which would answer otherwise.
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, _answer)


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    match error:
        case Refused(refusal=refusal):
            return _refused(refusal)
        case AtField(refusal=refusal, field=field):
            return problem(refusal, field=field)
        case ValidationError(errors=errors):
            return _invalid(errors)
        case Throttled(wait=seconds):
            return _too_many(max(1, ceil(seconds or 0)))
        case HttpError(__cause__=Refused(refusal=refusal)):  # of our parser
            return _refused(refusal)
        case HttpError() | UnreadablePostError():
            return problem(Refusal("not_json"))
        case Http404():
            return problem(Refusal("no_such_address"))
        case RequestDataTooBig():
            limit = str((settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024**2)
            return problem(Refusal("body_too_large", None, {"limit": limit}))
        case _:
            return _fault(request, error)


def _too_many(seconds: int) -> HttpResponse:
    refusal = Refusal("too_many_requests", None, {"seconds": str(seconds)})
    return problem(refusal, headers={"Retry-After": str(seconds)})


def _refused(refusal: Refusal) -> HttpResponse:
    return problem(refusal, headers={"Retry-After": "1"} if refusal.code == "try_again" else {})


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Ours. A database that was busy for too long is worth another try; the rest is for the log."""
    log.error("%s %s", request.method, request.path, exc_info=error)
    if isinstance(error, OperationalError | InterfaceError):
        return _refused(Refusal("try_again"))
    return problem(Refusal("server_fault"))


def _invalid(errors: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """What does not fit the description, each fault with its field; the first one speaks for all."""
    words = Words.here()
    found = [(_refusal_of(one), _path(one["loc"])) for one in list(errors)[:_MOST_FAULTS]]
    faults = [
        FaultOut(field=path, code=refusal.code, detail=words.say(refusal))
        for refusal, path in found
    ]
    return problem(found[0][0], field=found[0][1], faults=faults)


def _path(place: Sequence[str | int]) -> str:
    """Where the fault is: without the source, and without the library's own name for the whole body."""
    source, *rest = place
    return ".".join(str(part) for part in (rest[1:] if source == "body" else rest)) or "body"


def _refusal_of(error: Mapping[str, Any]) -> Refusal:
    source, *_, name = error["loc"]
    if source == "header":
        return _of_header(str(name), error["type"])
    facts, limits = {"field": str(name)}, error.get("ctx", {})
    match error["type"]:
        case "missing" | "string_too_short":
            return Refusal("field_missing", "19", facts)
        case "extra_forbidden":
            return Refusal("field_unknown", None, facts)
        case "string_too_long":
            return Refusal("field_too_long", None, facts | {"limit": str(limits["max_length"])})
        case "too_long":
            most, given = str(limits["max_length"]), str(limits["actual_length"])
            return Refusal("too_many_representatives", "20", {"most": most, "given": given})
        case "greater_than_equal" | "less_than_equal":
            return Refusal(
                "number_out_of_range", "22", facts | {"low": "1", "high": str(MOST_PEOPLE)}
            )
        case "string_pattern_mismatch" if limits.get("pattern") == NO_NUL:
            return Refusal("field_characters", None, facts)
        case _:
            return Refusal("field_wrong", None, facts)


def _of_header(name: str, kind: str) -> Refusal:
    if name == "X-Query-Code":
        return Refusal("query_code_missing")
    return Refusal("request_key_missing" if kind == "missing" else "request_key_wrong")
