"""Saved lists: keep the one that is open under a name, have one open first, order and drop them. Always one's own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.work.filters import WAITING, FilterForm
from xinqiao.desk.work.lists import known
from xinqiao.rules.refusals import Refused
from xinqiao.workspace import actions, queries
from xinqiao.workspace.values import LONGEST_ADDRESS, LONGEST_NAME


class SaveForm(DeskForm):
    """A name for the list that is open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = Words(
            label=_("Name of the list"),
            max_length=LONGEST_NAME,
            error_messages={"required": _("Give the list a name.")},
        )
        self.fields["opens_first"] = forms.BooleanField(
            label=_("Open this list first"), required=False
        )
        self.fields["address"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=LONGEST_ADDRESS
        )


@require_http_methods(["GET", "HEAD", "POST"])
@for_working_posts
def saved(request: DeskRequest) -> HttpResponse:
    """The saved lists by GET; by POST the list that was open is kept under a name."""
    if request.method != "POST":
        return _page(request)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    address = _understood(request, form.cleaned_data["address"])
    name = form.cleaned_data["name"]
    try:
        first = form.cleaned_data["opens_first"]
        actions.save_view(request.account, name, address, opens_first=first)
    except Refused as refused:
        form.add_error(None, request.names.say(refused.refusal))
        return _page(request, form, status=409)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": name})
    return HttpResponseRedirect(f"{reverse('desk:work')}?{address}")


@require_http_methods(["POST"])
@for_working_posts
def change(request: DeskRequest, view: int) -> HttpResponse:
    """Has a list open first or no longer, moves it up, or drops it. What is not one's own changes nothing."""
    match request.POST.get("do"):
        case "first":
            actions.open_first(request.account, view)
        case "not_first":
            actions.open_first(request.account, None)
        case "up":
            actions.move_up(request.account, view)
        case "drop" if actions.drop_view(request.account, view):
            messages.success(request, _("The list was removed. No matter was touched."))
    return redirect("desk:views")


def _understood(request: DeskRequest, address: str) -> str:
    """The address with nothing in it but a queue and filters that exist."""
    query = QueryDict(address)
    form = FilterForm(request.names, query, units=request.person.units())
    queue = known(query.get("queue", WAITING))
    form.filters(queue)
    return form.kept(queue).urlencode()


def _page(request: DeskRequest, form: SaveForm | None = None, status: int = 200) -> HttpResponse:
    facts = {"views": queries.views(request.account), "form": form}
    return render(request, "desk/work/views.html", facts, status=status)
