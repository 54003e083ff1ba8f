"""The lock of these pages: petition offices, joint conferences, governments, and whoever heads a unit."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from xinqiao.desk.access import DeskRequest, View, for_working_posts
from xinqiao.insight.spots import queries


def for_lookouts(view: View) -> View:
    """Whose work it is to see what rises (`rules.hotspots`); what of it exists for them, their scope says."""

    @for_working_posts
    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not queries.looks(request.person, request.now):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
