"""One suggestion call: its words, its suggestions, its way."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.public_decisions.access import PAGE, after_of, done, posted
from xinqiao.desk.public_decisions.call_forms import CallForm, EndForm
from xinqiao.desk.public_decisions.forms import ActForm, ReasonForm, SureForm
from xinqiao.directory import queries as directory
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions.actions import calls as acting
from xinqiao.public_decisions.values import Call
from xinqiao.rules.suggestion_calls import CALL_ACTS, Adoption
from xinqiao.ui import by_key
from xinqiao.ui.jinja import draw

_METHODS = ["GET", "HEAD", "POST"]
_UNDECIDED = "undecided"
#: The acts on a call itself, in their order; those on a suggestion stand on its page.
_OF_CALL = ("change_call", "publish_call", "end_call", "tell_result")


def call_of(request: DeskRequest, ref: str) -> Call:
    """The call, if it exists for the person. Raises Http404."""
    found = reading.call(request.person, ref, request.now)
    if found is None:
        raise Http404
    return found


@require_http_methods(_METHODS)
@for_working_posts
def new(request: DeskRequest) -> HttpResponse:
    """Drafts a call for a unit of the person's."""
    units = sorted(request.person.units())
    form = CallForm(request.names, units, None, posted(request))
    made: list[str] = []

    def do(_form: ActForm) -> None:
        unit = form.cleaned_data.get("unit") or units[0]
        made.append(acting.draft_call(unit, form.value(), by=request.person, now=request.now))

    facts = {
        "title": _("New call for suggestions"),
        "back": reverse("desk:suggestion_calls"),
        "back_label": _("Suggestion calls"),
    }
    answer = done(request, form, 0, do, ("desk:suggestion_calls",), facts)
    if made:
        answer["Location"] = reverse("desk:suggestion_call", args=made)
    return answer


@require_safe
@for_working_posts
def call(request: DeskRequest, ref: str) -> HttpResponse:
    """One call with its suggestions, as far as the person may see their matters."""
    found = call_of(request, ref)
    adoption = request.GET.get("adoption", "")
    adoption = adoption if adoption in {_UNDECIDED, *Adoption} else ""
    rows = reading.suggestions(
        request.person, found.id, adoption, after_of(request), PAGE, request.now
    )
    previous, following = by_key.neighbours(
        request.GET, "after", rows[PAGE - 1].id if len(rows) > PAGE else None
    )
    facts = {
        "call": found,
        "acts": _acts(request, found),
        "rows": draw("desk/public_decisions/suggestion_rows.html", request, rows=rows[:PAGE], number=ref)
        if rows else "",
        "tabs": _tabs(request, adoption),
        "previous": previous,
        "following": following,
        "history": _history(request, found),
    }  # fmt: skip
    return render(request, "desk/public_decisions/call.html", facts)


def _tabs(request: DeskRequest, chosen: str) -> list[tuple[str, str, bool]]:
    named = [("", _("all")), (_UNDECIDED, _("to decide"))]
    named += [(one, request.names.word("adoption", one)) for one in Adoption]
    return [(f"?adoption={code}" if code else "?", label, code == chosen) for code, label in named]


def _acts(request: DeskRequest, found: Call) -> list[str]:
    """The acts that fit the stage and are the person's; whether each may be done now, its page says."""
    if found.unit not in request.person.units():
        return []
    return [name for name in _OF_CALL if found.stage in CALL_ACTS[name].start]


def _history(request: DeskRequest, found: Call) -> list[dict[str, Any]]:
    rows = reading.history(found.id)
    people = directory.account_names({one.account for one in rows if one.account})
    return [
        {
            "title": request.names.word("decision_act", one.act),
            "at": one.at,
            "by": " ".join(part for part in (request.names.unit(one.unit), people.get(one.account or 0, "")) if part),
            "words": one.words if one.act in {"end_call", "tell_result"} else "",
        }
        for one in reversed(rows)
    ]  # fmt: skip


@require_http_methods(_METHODS)
@for_working_posts
def act(request: DeskRequest, ref: str, act: str) -> HttpResponse:
    """One act on a call."""
    found = call_of(request, ref)
    if act not in _OF_CALL:
        raise Http404
    form = _form(request, found, act)
    doing: Mapping[str, Callable[[ActForm], None]] = {
        "change_call": lambda form: acting.change_call(
            ref, form.value(), by=request.person, now=request.now),  # type: ignore[attr-defined]
        "publish_call": lambda _f: acting.publish_call(ref, by=request.person, now=request.now),
        "end_call": lambda form: acting.end_call(ref, form.said()["words"], by=request.person, now=request.now),
        "tell_result": lambda form: acting.tell_result(
            ref, form.said()["words"], by=request.person, now=request.now),
    }  # fmt: skip
    facts = {
        "title": request.names.word("decision_act", act),
        "act": act,
        "back": reverse("desk:suggestion_call", args=[ref]),
        "back_label": found.topic,
    }
    seen = reading.history(found.id)[-1].seq
    return done(request, form, seen, doing[act], ("desk:suggestion_call", ref), facts)


def _form(request: DeskRequest, found: Call, act: str) -> ActForm:
    data = posted(request)
    match act:
        case "change_call":
            return CallForm(request.names, [found.unit], found, data)
        case "end_call":
            return EndForm(data)
        case "tell_result":
            help_text = _(
                "Everybody reads it: how many suggested, what was adopted, what comes of it."
            )
            return ReasonForm(data, label=_("What came of the call"), help_text=help_text)
        case _:
            return SureForm(data)
