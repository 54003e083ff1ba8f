"""What the pages of public decisions share: the assessment in scope, and one way of doing something."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.public_decisions.forms import ActForm
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.values import AssessmentSheet
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.ui.typed import whole_number

PAGE = 50


def sheet_of(request: DeskRequest, ref: str) -> AssessmentSheet:
    """The assessment, if it exists for the person. Raises Http404."""
    sheet = queries.sheet(request.person, ref, request.now)
    if sheet is None:
        raise Http404
    return sheet


def posted(request: DeskRequest) -> Any:
    """What was sent, be it nothing but a press of the button; None where a page is only opened."""
    return request.POST if request.method == "POST" else None


def after_of(request: DeskRequest) -> int:
    """Beyond which number a list goes on."""
    return whole_number(request.GET.get("after", ""), 9) or 0


def done(
    request: DeskRequest, form: ActForm, seen: int, do: Callable[[ActForm], Any], then: tuple[Any, ...],
    facts: dict[str, Any], template: str = "desk/public_decisions/act.html",
) -> HttpResponse:  # fmt: skip
    """Shows a form, or does what it asks. A refusal stands above it, and what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data.get("seen") not in (None, seen):
                raise Refused(Refusal("acted_meanwhile"))
            do(form)
        except Refused as refused:
            form.add_error(None, request.names.say(refused.refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(*then)
    form.initial["seen"] = seen
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **facts}, status=status)
