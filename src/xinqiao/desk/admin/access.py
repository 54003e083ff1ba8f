"""The lock of the administration: who holds an ADMIN post, and the units it reaches."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from xinqiao.administration.scope import reach_of
from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import Reach


class AdminRequest(DeskRequest):
    """A request of an administrator, with the units that they administer."""

    reach: Reach


def for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Whoever administers something; 403 for everybody else. What they may change, the actions ask."""

    @for_staff  # type: ignore[arg-type]  # a file to take away is no HttpResponse, and passes as well
    @wraps(view)
    def guarded(request: AdminRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.person.is_admin:
            raise PermissionDenied
        request.reach = reach_of(request.person, matters.today(request.now))
        return view(request, *args, **kwargs)

    return guarded
