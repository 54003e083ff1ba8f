"""The referral board: what is new, where it had best go and why, what comes back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.referral import sending
from xinqiao.desk.referral.board import board as board_of
from xinqiao.desk.referral.board import sends
from xinqiao.desk.referral.sending import Result, SendForm
from xinqiao.matters import queries as matters
from xinqiao.ui.typed import page_number

_UNFIT = 422
_REPORT_DAYS = 30  # what a report date is proposed as; a person changes it


@require_safe
@for_working_posts
def board(request: DeskRequest) -> HttpResponse:
    """The person's board."""
    return _page(request)


@require_POST
@for_working_posts
def send(request: DeskRequest) -> HttpResponse:
    """Sends the chosen rows and shows the board as it is now, with the result of each."""
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=_UNFIT)
    results = sending.send(
        form.rows(), form.cleaned_data["step"], form.cleaned_data["report_by"],
        by=request.person, names=request.names, now=request.now,
    )  # fmt: skip
    return _page(request, results=results, step=form.cleaned_data["step"])


def _page(
    request: DeskRequest, *, form: SendForm | None = None, results: Sequence[Result] = (), step: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = board_of(request.person, request.names, page_number(request), request.now)
    today = matters.today(request.now)
    facts: dict[str, Any] = {
        "board": found,
        "sends": bool(sends(request.person, request.names.units)),
        "results": results,
        "sent": [one for one in results if not one.why_not],
        "refused": [one for one in results if one.why_not],
        "step": step,
        "faults": [fault for faults in form.errors.values() for fault in faults] if form else [],
        "marked": {row.number for row in form.rows()} if form else set(),
        "report_by": (today + timedelta(days=_REPORT_DAYS)).isoformat(),
        "first_day": today.isoformat(),
        "previous": f"?page={found.page - 1}" if found.page > 1 else "",
        "following": f"?page={found.page + 1}" if found.more else "",
    }
    return render(request, "desk/referral/board.html", facts, status=status)
