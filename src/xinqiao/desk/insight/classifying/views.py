"""How categories are learned: what would teach most, how often suggestions were right, which version serves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts, matter_id_of
from xinqiao.insight.classifying import actions, overview
from xinqiao.insight.same import overview as same_matters

_FIRST, _ALL = 10, 100


@require_safe
@for_working_posts
def learning(request: DeskRequest) -> HttpResponse:
    """The short list first; all of it where it is asked for."""
    most = _ALL if request.GET.get("all") else _FIRST
    rows, number = overview.to_look_at(request.person, request.now, most)
    facts = {
        "rows": rows,
        "number": number,
        "left": number - len(rows),
        "agreement": overview.agreement(request.person, request.now),
        "days": overview.COUNTED_DAYS,
        "state": overview.state(),
        "versions": overview.versions(),
        "same": same_matters.state(),
        "same_versions": same_matters.versions(),
    }
    return render(request, "desk/insight/classifying/learning.html", facts)


@require_POST
@for_working_posts
def stays(request: DeskRequest, number: str) -> HttpResponse:
    """Somebody looked, and the category is right as it is. Raises Http404 for a matter that does not exist for them,
    and PermissionDenied for one that others classify."""
    matter = matter_id_of(request, number)
    if not overview.may_say(request.person, matter, request.now):
        raise PermissionDenied
    if actions.leave_as_it_is(matter):
        words = _("%(number)s stays as it is classified and is asked about no more.")
        messages.success(request, words % {"number": number})
    return redirect("desk:learning")
