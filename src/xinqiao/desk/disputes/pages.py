"""What the pages of disputes have in common: pages of a list, and a form that does something or says why not."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from xinqiao.desk.access import DeskRequest
from xinqiao.rules.refusals import Refused
from xinqiao.ui import typed as typed_numbers

PAGE = 50
_LAST_PAGE = 400
_UNFIT, _CONFLICT = 422, 409


def page_number(request: DeskRequest) -> int:
    """The page that was asked for; 1 for anything else."""
    return typed_numbers.page_number(request, last=_LAST_PAGE)


def turning(request: DeskRequest, number: int, found: int) -> dict[str, str]:
    """The addresses of the page before and of the page after; `found` rows were read, one more than a page has."""
    return {
        "previous": _address(request, number - 1) if number > 1 else "",
        "following": _address(request, number + 1) if found > PAGE else "",
    }


def _address(request: DeskRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def typed(request: DeskRequest) -> QueryDict | None:
    """What a form was sent with; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: DeskRequest, form: Any, facts: Mapping[str, Any], *, do: Callable[[], str], said: str,
    template: str = "desk/disputes/form.html",
) -> HttpResponse:  # fmt: skip
    """Shows a form; when it is sent and fits, does it and goes to the address that `do` gives.

    What is refused is said in the form, and nothing that was typed is lost.
    """
    shown = {"form": form, **facts}
    if request.method != "POST":
        return render(request, template, shown)
    if not form.is_valid():
        return render(request, template, shown, status=_UNFIT)
    try:
        to = do()
    except Refused as refused:
        form.refuse(refused.refusal)
        return render(request, template, shown, status=_CONFLICT)
    messages.success(request, said)
    return HttpResponseRedirect(to)


def seen_of(request: DeskRequest) -> int | None:
    """The last entry that the person had before their eyes, as the form carries it."""
    return typed_numbers.whole_number(request.POST.get("seen", ""), 8)
