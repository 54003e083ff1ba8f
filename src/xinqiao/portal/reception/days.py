"""Days on which leaders receive: read, book a time without an account, see it again, give it back."""

from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.lookup import throttle
from xinqiao.matters.numbers import normal_number
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.reception import held, pace
from xinqiao.portal.reception.forms import BookForm, OpenForm
from xinqiao.portal.reception.told import told
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayValue, SlotValue
from xinqiao.rules.refusals import Refused
from xinqiao.ui.typed import page_number

_METHODS = ["GET", "HEAD", "POST"]
_LAST_PAGE = 20


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """The published days to come, the nearest first."""
    now, page = cast(PortalRequest, request).now, page_number(request, last=_LAST_PAGE, digits=3)
    found = queries.coming(now, page)
    facts = {
        "days": told(found[: queries.PAGE]),
        "previous": f"?page={page - 1}" if page > 1 else "",
        "following": f"?page={page + 1}" if len(found) > queries.PAGE else "",
    }
    return render(request, "portal/reception/days.html", facts)


@require_safe
def day(request: HttpRequest, day: int) -> HttpResponse:
    """One day with its times. Raises Http404 for a day that is not public."""
    now = cast(PortalRequest, request).now
    found = queries.published(day, now)
    if found is None:
        raise Http404
    (shown,) = told([found])
    facts = {"one": shown, "slots": queries.slots(found, now)}
    return render(request, "portal/reception/day.html", facts)


@require_http_methods(_METHODS)
@portal_page
def book(request: PortalRequest, slot: int) -> HttpResponseBase:
    """Asks who comes, and books the time. What was typed stays when somebody else was faster."""
    found = queries.slot(slot, request.now)
    if found is None:
        raise Http404
    kept = held.held_by(request, request.now)
    if request.method != "POST":
        return _asked(request, found, BookForm(initial={"key": uuid4().hex}))
    if kept is not None and kept.key and kept.key == request.POST.get("key"):
        return redirect("portal:booking")  # the button was pressed twice
    form = BookForm(request.POST)
    if not form.is_valid():
        return _asked(request, found, form, status=422)
    until = pace.waits_until(request, form.cleaned_data["phone"])
    if until is not None:
        form.add_error(None, _too_often(until))
        return _asked(request, found, form, status=429)
    return _book(request, found, form)


def _book(
    request: PortalRequest, found: tuple[DayValue, SlotValue], form: BookForm
) -> HttpResponse:
    said = form.cleaned_data
    try:
        slip = actions.book(
            found[1].id, form.who(), heads=said["heads"], category=said["category"], about=said["about"],
            now=request.now,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused.refusal)
        return _asked(request, found, form, status=409)
    pace.count(request, said["phone"], request.now)
    held.hold(request, slip.number, slip.code, request.now, said["key"])
    return redirect("portal:booking")


@require_http_methods(_METHODS)
@portal_page
def booking(request: PortalRequest) -> HttpResponse:
    """The booking that was made or opened in this browser; else number and code are asked for."""
    if request.method == "POST":
        return _open(request)
    kept = held.held_by(request, request.now)
    found = queries.booking(kept.number) if kept else None
    if kept is None or found is None:
        initial = {"number": request.GET.get("number", "")[:60]}
        return _door(request, OpenForm(initial=initial))
    (shown,) = told([found.day])
    facts = {
        "booking": found,
        "code": kept.code,
        "one": shown,
        "can_give_back": found.cancelled_at is None and found.ticket is None,
        "day_cancelled": found.day.cancelled_at is not None,
    }
    return render(request, "portal/reception/booking.html", facts)


def _open(request: PortalRequest) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _door(request, form, status=422)
    if throttle.must_wait(request):
        words = _(
            "There were too many wrong tries from here. Wait %(minutes)s minutes, and compare number and code."
        )
        form.add_error(None, words % {"minutes": throttle.minutes_to_wait(request)})
        return _door(request, form, status=429)
    given = form.cleaned_data
    found = queries.booking_by_code(given["number"], given["code"])
    if found is None:
        if request.session.session_key is None:
            request.session.create()  # so that this browser can be told from others at its address
        throttle.count_wrong(request)
        form.add_error(
            None, _("Booking number and code do not fit together. Compare both with your slip.")
        )
        return _door(request, form, status=422)
    held.hold(request, normal_number(given["number"]) or "", given["code"], request.now)
    return redirect("portal:booking")


@require_POST
@portal_page
def give_back(request: PortalRequest) -> HttpResponse:
    """Gives the time back: somebody else can have it, and who booked is forgotten."""
    kept = held.held_by(request, request.now)
    if kept is not None:
        if actions.give_back(kept.number, kept.code, now=request.now):
            messages.success(
                request, _("The booking is cancelled, and your name and phone are deleted.")
            )
        else:
            messages.info(
                request, _("This booking is cancelled already, or you have a number of the hall.")
            )
    return redirect("portal:booking")


@require_POST
@portal_page
def close(request: PortalRequest) -> HttpResponse:
    """Closes the booking in this browser."""
    held.let_go(request)
    messages.info(request, _("Closed in this browser. Booking number and code open it again."))
    return redirect("portal:reception_days")


def _asked(
    request: PortalRequest, found: tuple[DayValue, SlotValue], form: BookForm, status: int = 200
) -> HttpResponse:
    day, slot = found
    (shown,) = told([day])
    facts: dict[str, Any] = {"one": shown, "slot": slot, "form": form}
    return render(request, "portal/reception/book.html", facts, status=status)


def _door(request: PortalRequest, form: OpenForm, status: int = 200) -> HttpResponse:
    return render(request, "portal/reception/open.html", {"form": form}, status=status)


def _too_often(until: datetime) -> str:
    local = date_format(timezone.localtime(until), "DATETIME_FORMAT")
    return _(
        "With this phone, or from here, enough times were booked for now. From %(until)s on it is possible again;"
        " if you no longer need one, give it back at %(address)s."
    ) % {"until": local, "address": reverse("portal:booking")}  # fmt: skip
