"""The pages of one step on many matters: the form with its rows, and what became of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.matter.forms import is_final
from xinqiao.desk.work.bulk import BulkForm, Chosen, Outcome, chosen, steps_for, take_each
from xinqiao.desk.work.lists import PAGE
from xinqiao.rules.steps import Step
from xinqiao.rules.table import STEPS
from xinqiao.ui import sealed
from xinqiao.ui.typed import whole_number

_DONE = "desk_together"
_UNFIT = 422


@require_POST
@for_working_posts
def together(request: DeskRequest) -> HttpResponse:
    """The form for the chosen rows; confirmed, the step is taken on each. Raises Http404 for a step not theirs."""
    numbers = request.POST.getlist("matter")
    step = _named(request) if request.POST.get("step") else None
    if step is None or not numbers:
        messages.info(
            request, _("Choose rows first: with the boxes before them, or with the key x.")
        )
        return _back(request)
    if len(numbers) > PAGE:
        most = {"most": PAGE}
        messages.info(request, _("At most %(most)s rows at once. Choose fewer.") % most)
        return _back(request)
    rows = chosen(numbers, step, request.person, request.names, request.now)
    possible = [one.setting for one in rows if one.setting and one.refusal is None]
    if not possible:
        return _show(request, step, rows, None)
    confirmed = "confirmed" in request.POST
    form = BulkForm(possible, request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        return _show(request, step, rows, form, _UNFIT if confirmed else 200)
    seen = [(one.number, _seen(request, one.number)) for one in rows]
    outcomes = take_each(seen, step, form.given(), request.person, request.now)
    return _tell(request, step, outcomes)


@require_safe
@for_working_posts
def done(request: DeskRequest) -> HttpResponse:
    """What became of each row, as long as no other rows were taken after it."""
    kept = sealed.get(request.session, _DONE)
    if kept is None:
        return redirect("desk:work")
    refused = [row for row in kept["rows"] if row["why"]]
    facts = {
        "title": request.names.word("step", kept["step"]),
        "done": [row for row in kept["rows"] if not row["why"]],
        "refused": refused,
        "back": kept["back"],
    }
    return render(request, "desk/work/together_done.html", facts)


def _named(request: DeskRequest) -> Step:
    step = STEPS.get(request.POST.get("step", ""))
    if step is None or step not in steps_for(request.person, request.names.units):
        raise Http404
    return step


def _back(request: DeskRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:work')}?{request.POST.get('back', '')[:1000]}")


def _seen(request: DeskRequest, number: str) -> int:
    """The last entry that the form showed for this matter; 0, which no matter has, when it says nothing."""
    return whole_number(request.POST.get(f"seen-{number}", ""), 8) or 0


def _shown(request: DeskRequest, row: Chosen) -> int:
    """The entry that the person saw: the one on the form that is shown again, else the last one."""
    return _seen(request, row.number) or row.seen


def _show(
    request: DeskRequest, step: Step, rows: list[Chosen], form: BulkForm | None, status: int = 200
) -> HttpResponse:
    names = request.names
    facts: dict[str, Any] = {
        "step": step,
        "title": names.word("step", step.name),
        "explained": names.helping("step", step.name),
        "possible": [(one, _shown(request, one)) for one in rows if one.refusal is None],
        "refused": [(one, names.say(one.refusal)) for one in rows if one.refusal is not None],
        "form": form,
        "stuck": form is not None and form.stuck,
        "final": is_final(step),
        "back": request.POST.get("back", "")[:1000],
    }
    return render(request, "desk/work/together.html", facts, status=status)


def _tell(request: DeskRequest, step: Step, outcomes: list[Outcome]) -> HttpResponse:
    """Keeps the answers for the next page, so that loading it anew takes nothing twice."""
    rows = [
        {"number": one.number, "why": request.names.say(one.refusal) if one.refusal else ""}
        for one in outcomes
    ]
    back = request.POST.get("back", "")[:1000]
    sealed.put(request.session, _DONE, {"step": step.name, "rows": rows, "back": back})
    taken = sum(1 for one in outcomes if one.refusal is None)
    if taken:
        words = ngettext("Done on %(n)s matter.", "Done on %(n)s matters.", taken)
        messages.success(request, words % {"n": taken})
    return redirect("desk:together_done")
