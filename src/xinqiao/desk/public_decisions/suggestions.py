"""One suggestion of a call: decide on it, tell what became of it, show it to everybody; and all of them as a table."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import MOST_ROWS, note_export, sheet_response
from xinqiao.desk.public_decisions.call_forms import DecideForm
from xinqiao.desk.public_decisions.calls import call_of
from xinqiao.desk.public_decisions.forms import ActForm, ReasonForm, ReleaseForm
from xinqiao.desk.words import Names
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions.actions import calls as acting
from xinqiao.public_decisions.values import Suggestion
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import State
from xinqiao.rules.suggestion_calls import Adoption
from xinqiao.text.personal_numbers import seen_in
from xinqiao.ui.punctuation import listed

_ANSWERABLE = {State.REGISTERED, State.ACCEPTED}
_DECIDE, _FOLLOW, _SHOW = "decide", "follow", "show"


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def suggestion(request: DeskRequest, ref: str, row: int) -> HttpResponse:
    """One suggestion with what can be done about it; each form names itself by `do`."""
    call = call_of(request, ref)
    found = reading.suggestion(request.person, row, request.now)
    if found is None or found.call != call.id:
        raise Http404
    made = _forms(request, found)
    chosen = request.POST.get("do", "")
    form = made.get(chosen)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _do(request, chosen, found, form)
        except Refused as refused:
            form.add_error(None, request.names.say(refused.refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:suggestion", ref, row)
    facts = {
        "call": call,
        "one": found,
        "mine": call.unit in request.person.units(),
        "forms": made,
        "numbers": listed(seen_in(found.body)),
        "state": request.names.word("state", found.state),
        "decidable": found.state in _ANSWERABLE | {State.REPLIED},
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/public_decisions/suggestion.html", facts, status=status)


def _forms(request: DeskRequest, found: Suggestion) -> dict[str, ActForm]:
    """The forms of the page; only the one that was sent holds what was typed."""
    chosen = request.POST.get("do", "")

    def data(name: str) -> Any:
        return request.POST if request.method == "POST" and name == chosen else None

    decided = {"adoption": found.adoption, "words": found.why}
    follow = ReasonForm(
        data(_FOLLOW), label=_("What became of it"), prefix=_FOLLOW, initial={"words": found.outcome},
        help_text=_("Who suggested it is thanked, gets a message, and reads this."),
    )  # fmt: skip
    answered = found.state not in _ANSWERABLE
    return {
        _DECIDE: DecideForm(request.names, data(_DECIDE), answered=answered, initial=decided),
        _FOLLOW: follow,
        _SHOW: ReleaseForm(data(_SHOW), prefix=_SHOW, initial={"words": found.shown or found.body}),
    }


def _do(request: DeskRequest, chosen: str, found: Suggestion, form: ActForm) -> None:
    words = form.said()["words"]
    match chosen, form:
        case "decide", DecideForm():
            adoption = Adoption(form.said()["adoption"])
            acting.decide_suggestion(
                found.id, adoption, words, form.accounts(), by=request.person, now=request.now
            )
        case "follow", _:
            acting.follow_up(found.id, words, by=request.person, now=request.now)
        case _:
            acting.release_suggestion(found.id, words, by=request.person, now=request.now)


@require_safe
@for_working_posts
def export(request: DeskRequest, ref: str) -> HttpResponseBase:
    """The suggestions of a call as a table to take away; nobody's name is in it."""
    call = call_of(request, ref)
    rows = reading.suggestions(request.person, call.id, "", 0, MOST_ROWS, request.now)
    note_export(request, "suggestions")
    headings = [
        _("Number"), _("Suggestion"), _("Received on"), _("State"), _("Decision"), _("Why"), _("What became of it"),
    ]  # fmt: skip
    return sheet_response(f"suggestions-{ref}", headings, _cells(request.names, rows))


def _cells(names: Names, rows: list[Suggestion]) -> Iterator[list[Any]]:
    for one in rows:
        yield [
            one.number, one.subject, one.received_at, names.word("state", one.state),
            names.word("adoption", one.adoption or ""), one.why, one.outcome,
        ]  # fmt: skip
