"""The one way in which a change is made: a form, where it matters a second look at what follows, then the change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from xinqiao.desk.admin.access import AdminRequest
from xinqiao.rules.refusals import Refused

Given = Mapping[str, Any]


def typed(request: AdminRequest) -> QueryDict | None:
    """What a form was sent with; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def change(
    request: AdminRequest,
    form: forms.Form,
    *,
    page: Mapping[str, Any],
    do: Callable[[Given], str | HttpResponse],
    to: str,
    follows: Callable[[Given], Sequence[str]] | None = None,
) -> HttpResponse:
    """Shows `form`; with `follows` asks a second time, telling what follows; then does it and goes on to `to`.

    `page` holds title, lead, back, back_label, label (of the button) and, if need be, a template of its own. `do` gives
    the sentence for the next page, or an answer of its own. What is refused is said in the form; nothing typed is lost.
    """
    facts = {"form": form, "page": page}
    template = page.get("template", "desk/admin/form.html")
    if request.method != "POST":
        return render(request, template, facts)
    if not form.is_valid():
        return render(request, template, facts, status=422)
    if "again" in request.POST:  # back from the second look
        return render(request, template, facts)
    try:
        if follows is not None and "sure" not in request.POST:
            lines = follows(form.cleaned_data)
            return render(request, "desk/admin/sure.html", {**facts, "lines": lines})
        done = do(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, request.names.say(refused.refusal))
        return render(request, template, facts, status=409)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, done)
    return HttpResponseRedirect(to)
