"""The door for programs, version 1: what stands behind `/api/v1/`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema

from xinqiao.api import looking_up, submitting
from xinqiao.api.pace import Pace
from xinqiao.api.problems import CONTENT_TYPE, METHODS, problem, say_problems
from xinqiao.api.reading import StrictParser
from xinqiao.rules.refusals import Refusal

_DESCRIPTION = (
    "Petitions come in from other systems, and their senders look up how far they have come. No account is needed:"
    " number and query code of the receipt open one petition. Sentences come in Chinese or English, as Accept-Language"
    " asks."
)


class Door(NinjaAPI):
    """Describes its refusals as what they are: problem+json."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:
                        response["content"] = {CONTENT_TYPE: response["content"].popitem()[1]}
        return schema


_rest = Router()


@_rest.api_operation(list(METHODS), "/{path:rest}", include_in_schema=False)
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    return problem(Refusal("no_such_address"))


# The description alone, for the tools of whoever connects; a page drawn from it would be a program of its own to keep.
api = Door(
    title="Xinqiao", version="1", description=_DESCRIPTION, urls_namespace="api", docs_url=None,
    parser=StrictParser(), throttle=[Pace()],
)  # fmt: skip
say_problems(api)
api.add_router("", submitting.router)
api.add_router("", looking_up.router)
api.add_router("", _rest)  # the last one: it takes what nobody else does
