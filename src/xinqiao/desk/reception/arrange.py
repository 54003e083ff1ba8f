"""Arranging the halls: name, address, desks, what is received where, and when. For heads and administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_staff
from xinqiao.desk.reception.forms import HallForm, WindowForm
from xinqiao.reception import actions, queries
from xinqiao.reception.values import HallValue, WindowValue
from xinqiao.rules.refusals import Refused
from xinqiao.rules.units import UnitKind

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@for_staff
def halls(request: DeskRequest) -> HttpResponse:
    """The halls that the person keeps."""
    kept = kept_offices(request)
    if not kept and not request.person.is_admin:
        raise PermissionDenied
    own = [one for one in queries.halls(closed=True) if one.unit in kept]
    return render(request, "desk/reception/halls.html", {"halls": own, "keeps": bool(kept)})


@require_http_methods(_METHODS)
@for_staff
def new_hall(request: DeskRequest) -> HttpResponse:
    """Makes a hall."""
    return _hall(request, None)


@require_http_methods(_METHODS)
@for_staff
def one_hall(request: DeskRequest, code: str) -> HttpResponse:
    """Changes a hall, and shows its desks."""
    return _hall(request, _own_hall(request, code))


@require_http_methods(_METHODS)
@for_staff
def window(request: DeskRequest, code: str, window: int = 0) -> HttpResponse:
    """Makes a desk of a hall, or changes one."""
    hall = _own_hall(request, code)
    before = _own_window(hall, window) if window else None
    form = WindowForm(request.names, request.now, before, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_window(code, form.value(), by=request.person, now=request.now)
        except Refused:  # the one thing left to refuse: the label stands on another desk
            form.add_error(
                "label", _("Another desk of this hall is called so. Give it another name.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:one_hall", code)
    status = 422 if form.errors else 200
    facts = {"hall": hall, "form": form, "before": before}
    return render(request, "desk/reception/window.html", facts, status=status)


def _hall(request: DeskRequest, before: HallValue | None) -> HttpResponse:
    form = HallForm(request.names, _offices(request), before, request.POST or None)
    if request.method == "POST" and form.is_valid():
        value = form.value()
        if before is None and queries.hall(value.code) is not None:
            form.add_error("code", _("Another hall has this address. Choose another."))
        else:
            actions.save_hall(value, by=request.person, now=request.now)
            messages.success(request, _("Saved."))
            return redirect("desk:one_hall", value.code)
    facts: dict[str, Any] = {
        "form": form,
        "hall": before,
        "windows": queries.windows(before.code, closed=True) if before else [],
    }
    return render(
        request, "desk/reception/one_hall.html", facts, status=422 if form.errors else 200
    )


def kept_offices(request: DeskRequest) -> list[str]:
    """The petition offices whose halls the person keeps."""
    units, posts = request.names.units, request.person.posts
    kept = {post.unit for post in posts if actions.may_keep(request.person, post.unit)}
    return sorted(
        code for code in kept if code in units and units[code].kind is UnitKind.PETITION_OFFICE
    )


def _offices(request: DeskRequest) -> list[str]:
    """The same. Raises PermissionDenied when there are none."""
    offices = kept_offices(request)
    if not offices:
        raise PermissionDenied
    return offices


def _own_hall(request: DeskRequest, code: str) -> HallValue:
    found = queries.hall(code)
    if found is None or found.unit not in _offices(request):
        raise Http404
    return found


def _own_window(hall: HallValue, window: int) -> WindowValue:
    found = queries.window(window)
    if found is None or found[0].code != hall.code:
        raise Http404
    return found[1]
