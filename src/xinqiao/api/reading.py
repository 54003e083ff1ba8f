"""Reading a body: strict JSON, read once, by the same library that checks its shape."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json

from xinqiao.rules.refusals import Refusal, Refused


class StrictParser(Parser):
    """Takes UTF-8 JSON under its own content type; no NaN, no lone surrogate, no bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value. Raises Refused `not_json_type` or `not_json`."""
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if request.content_type != "application/json" or charset not in {"utf-8", "utf8"}:
            raise Refused(Refusal("not_json_type"))
        try:
            return from_json(request.body, allow_inf_nan=False)
        except ValueError as error:
            raise Refused(Refusal("not_json")) from error
