"""A citizen's own account: a phone that proves itself, and the petitions it opens without their codes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinqiao.accounts import actions, citizens, queries, throttle
from xinqiao.accounts.addresses import client_address, neighbourhood
from xinqiao.accounts.senders import CodeNotSent
from xinqiao.intake import queries as intake
from xinqiao.lookup import throttle as wrong_codes
from xinqiao.lookup.way import Teller
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.matters.numbers import normal_number
from xinqiao.portal import access
from xinqiao.portal.access import PortalRequest, portal_page
from xinqiao.portal.account.forms import AddForm, CodeForm, PhoneForm
from xinqiao.portal.forms import PortalForm
from xinqiao.rules.persons import petitioner_of
from xinqiao.ui import sealed

_PHONE = "portal_phone"


class CitizenRequest(PortalRequest):
    """A request whose sender is signed in."""

    citizen: int


def for_citizen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who is signed in; others are led to the door of the account."""

    @portal_page
    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        citizen = citizens.citizen_of(request, request.now)
        if citizen is None:
            messages.info(
                request, _("Sign in first. After some time without use you are signed out.")
            )
            return redirect("portal:account")
        signed_in = cast(CitizenRequest, request)
        signed_in.citizen = citizen
        return view(signed_in, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def own(request: PortalRequest) -> HttpResponse:
    """The petitions of who is signed in; others are asked for their phone."""
    citizen = citizens.citizen_of(request, request.now)
    if citizen is not None and request.method != "POST":
        return _petitions(request, citizen, AddForm())
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if _in_time(form, lambda: actions.send_code(phone, **_from(request))):
            sealed.put(request.session, _PHONE, phone)
            return redirect("portal:account_code")
    return _page(request, "door", form)


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def code(request: PortalRequest) -> HttpResponse:
    """The code that was sent. A wrong one, a used one and one that is over get the same answer."""
    phone = sealed.get(request.session, _PHONE)
    if phone is None:
        return redirect("portal:account")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, found = form.cleaned_data["code"], []
        if _in_time(form, lambda: found.append(actions.enter_code(phone, typed, **_from(request)))):
            if found[0] is not None:
                sealed.drop(request.session, _PHONE)
                citizens.enter(request, found[0], request.now)
                messages.success(request, _("You are signed in."))
                return redirect("portal:account")
            form.add_error(
                "code",
                _(
                    "This code does not open, or no longer. Compare it with the newest message, or have another sent."
                ),
            )
    return _page(request, "code", form)


@require_POST
@for_citizen
def add(request: CitizenRequest) -> HttpResponse:
    """Adds a petition with its number and query code: the same answer, whichever of the two is wrong."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return _petitions(request, request.citizen, form)
    minutes = wrong_codes.minutes_to_wait(request)
    if minutes:
        form.add_error(None, _wait(minutes))
        return _petitions(request, request.citizen, form)
    given = form.cleaned_data
    found = intake.matter_by_code(given["number"], given["code"])
    if found is None:
        wrong_codes.count_wrong(request)
        form.add_error(
            None, _("Number and query code do not fit together. Compare both with the receipt.")
        )
        return _petitions(request, request.citizen, form)
    number = normal_number(given["number"]) or ""
    actions.remember_submission(request.citizen, found, number, now=request.now)
    messages.success(request, _("Added. From now on you open it here without its code."))
    return redirect("portal:account")


@require_safe
@for_citizen
def open_matter(request: CitizenRequest, number: str) -> HttpResponse:
    """Opens one of the own petitions. Raises Http404 for any other."""
    matter = queries.kept_matter(request.citizen, number)
    if matter is None:
        raise Http404
    access.grant(request, matter, number, request.now)
    return redirect("portal:matter", number=number)


@require_POST
@for_citizen
def keep(request: CitizenRequest, number: str) -> HttpResponse:
    """Adds the petition that is open in this browser, opened with its code. Raises Http404 for any other."""
    right = access.right_of(request, request.now)
    if right is None or right.number != number:
        raise Http404
    actions.remember_submission(request.citizen, right.matter, number, now=request.now)
    messages.success(request, _("Added. From now on you open it here without its code."))
    return redirect("portal:account")


@require_POST
@for_citizen
def take_out(request: CitizenRequest, number: str) -> HttpResponse:
    """The petition leaves the account; it goes on, and its query code opens it."""
    actions.take_out(request.citizen, number)
    messages.info(request, _("Taken out. The petition goes on; its query code still opens it."))
    return redirect("portal:account")


@require_POST
@portal_page
def leave(request: PortalRequest) -> HttpResponse:
    """Signs out. Nothing personal stays in this browser."""
    request.session.flush()
    messages.info(request, _("You are signed out, and nothing of yours is left in this browser."))
    answer = redirect("portal:home")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_citizen
def close(request: CitizenRequest) -> HttpResponse:
    """Closes the account, after saying what that means."""
    if request.method != "POST":
        return _page(request, "close", PortalForm())
    actions.close_account(request.citizen)
    request.session.flush()
    messages.info(
        request, _("The account is closed. Your petitions go on; their query codes open them.")
    )
    return redirect("portal:home")


@dataclass(frozen=True, kw_only=True)
class Petition:
    """One line of the list."""

    number: str
    subject: str
    state: str
    kept_at: datetime


def _petitions(request: PortalRequest, citizen: int, form: AddForm) -> HttpResponse:
    words = Words.here()
    lines = []
    for kept in queries.matters_of(citizen):
        sheet = matters.sheet(petitioner_of(kept.matter), kept.matter, request.now)
        if sheet is not None:
            subject = Teller(sheet, kept.number, words).own_words().get("subject", "")
            state = words.label("state", sheet.line.state)
            lines.append(
                Petition(number=kept.number, subject=subject, state=state, kept_at=kept.kept_at)
            )
    return _page(request, "petitions", form, petitions=lines, phone=queries.masked_phone(citizen))


def _page(request: HttpRequest, name: str, form: PortalForm, **facts: Any) -> HttpResponse:
    status = 429 if getattr(form, "must_wait", False) else 200
    return render(request, f"portal/account/{name}.html", {"form": form, **facts}, status=status)


def _from(request: PortalRequest) -> dict[str, Any]:
    return {"address": neighbourhood(client_address(request)), "now": request.now}


def _in_time(form: PortalForm, do: Callable[[], object]) -> bool:
    """Does it, unless too much was asked for or the code did not get away; then the form says when to try again."""
    try:
        do()
    except actions.MustWait as wait:
        form.must_wait = True  # type: ignore[attr-defined]
        form.add_error(None, _wait(throttle.minutes_until(wait.until, wait.now)))
    except CodeNotSent:
        form.add_error(
            None, _("The message could not be sent just now. Try again in a few minutes.")
        )
    else:
        return True
    return False


def _wait(minutes: int) -> str:
    return ngettext(
        "There were too many tries from here. Wait %(minutes)d minute, then try again.",
        "There were too many tries from here. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
