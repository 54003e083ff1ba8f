"""The lock of the administration: who holds an ADMIN post, and the units it reaches."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from xinqiao.administration.scope import reach_of
from xinqiao.desk.access import DeskRequest, View, for_staff
from xinqiao.matters import queries as matters
from xinqiao.rules.administration import Reach


class AdminRequest(DeskRequest):
    """A request of an administrator, with the units that they administer."""

    reach: Reach


def for_administrators(view: View) -> View:
    """Whoever administers something; 403 for everybody else. What they may change, the actions ask."""

    @for_staff
    @wraps(view)
    def guarded(request: AdminRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.person.is_admin:
            raise PermissionDenied
        request.reach = reach_of(request.person, matters.today(request.now))
        return view(request, *args, **kwargs)

    return guarded
