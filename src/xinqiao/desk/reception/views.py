"""The hall, for who sits in it: give out numbers, call the next one, go over to registering."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.reception.arrange import kept_offices
from xinqiao.matters import queries as matters
from xinqiao.reception import actions, queries
from xinqiao.reception.values import HallValue, Outcome, WindowValue
from xinqiao.rules.refusals import Refused

_WINDOW = "desk_window"
_Desk = tuple[HallValue, WindowValue]


@require_safe
@for_working_posts
def hall(request: DeskRequest) -> HttpResponse:
    """The desk one sits at, whose turn it is there, and how many wait."""
    desks = _desks(request)
    chosen = _chosen(request, desks)
    facts = {
        "desks": [
            (place, desk, chosen is not None and desk.id == chosen[1].id) for place, desk in desks
        ],
        "chosen": chosen,
        "current": queries.at_window(chosen[1].id) if chosen else None,
        "screen": queries.screen(chosen[0].code, request.now) if chosen else None,
        "spans": queries.open_spans(chosen[1], matters.today(request.now)) if chosen else [],
        "keeps": bool(kept_offices(request)),
    }
    template = (
        "desk/reception/turns.html"
        if request.headers.get("HX-Target") == "turns"
        else "desk/reception/hall.html"
    )
    return render(request, template, facts)


@require_POST
@for_working_posts
def give(request: DeskRequest) -> HttpResponse:
    """Gives out the next number of the hall."""
    chosen = _chosen(request, _desks(request))
    if chosen is None:
        return redirect("desk:hall")
    try:
        ticket = actions.give_number(chosen[0].code, request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    else:
        waiting = queries.screen(chosen[0].code, request.now).waiting
        words = _("Number %(number)s was given out. %(waiting)s wait.")
        messages.success(request, words % {"number": ticket.number, "waiting": waiting})
    return redirect("desk:hall")


@require_POST
@for_working_posts
def turn(request: DeskRequest, window: int) -> HttpResponse:
    """Calls the next number, calls again, or ends the turn; `register` goes over to the form of a visit."""
    try:
        match request.POST.get("do"):
            case "next":
                _call_next(request, window)
            case "again":
                actions.call_again(window, by=request.person, now=request.now)
            case "absent":
                actions.end_turn(window, Outcome.ABSENT, by=request.person, now=request.now)
            case "advised":
                actions.end_turn(window, Outcome.ADVISED, by=request.person, now=request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    return HttpResponseRedirect(f"{reverse('desk:hall')}?window={window}")


def _call_next(request: DeskRequest, window: int) -> None:
    if actions.call_next(window, by=request.person, now=request.now) is None:
        messages.info(request, _("Nobody waits."))


def _desks(request: DeskRequest) -> list[_Desk]:
    """The desks to which the person may call numbers."""
    return [
        (place, desk)
        for place in queries.halls()
        for desk in queries.windows(place.code)
        if actions.may_call(request.person, place, desk)
    ]


def _chosen(request: DeskRequest, desks: list[_Desk]) -> _Desk | None:
    """The desk one sits at: the one asked for, the one of before, or the only one."""
    asked = request.GET.get("window", "")
    kept = request.session.get(_WINDOW)
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else kept
    found = next((one for one in desks if one[1].id == wanted), None)
    if found is None and len(desks) == 1:
        found = desks[0]
    if found is not None and found[1].id != kept:
        request.session[_WINDOW] = found[1].id
    return found
