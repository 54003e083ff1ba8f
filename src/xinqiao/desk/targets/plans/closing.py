"""The closed year: closing it, its document, and whether the history still gives the same bytes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.exports import note_export
from xinqiao.desk.targets.plans.common import office_of, place_name, shown, year_of
from xinqiao.directory import queries as directory
from xinqiao.matters.queries import today
from xinqiao.rules.refusals import Refused
from xinqiao.targets.plans import queries
from xinqiao.targets.plans.actions import closing


@require_safe
@for_working_posts
def close(request: DeskRequest) -> HttpResponse:
    """The closed years of the offices whose place the person sees, and the history of their own."""
    year, offices = year_of(request), queries.keeps(request.person)
    lines = queries.closed(request.person, year)
    history = [one for office in offices for one in queries.history(request.person, office, year)]
    known = directory.account_names(
        [one.by for one in lines if one.by] + [one.account for one in history if one.account]
    )
    names = request.names
    facts = {
        "year": year,
        "lines": [(one, known.get(one.by or 0, ""), queries.made_again(one)) for one in lines],
        "history": [
            (
                one, names.done_of("plan_verb", one.verb), place_name(names, one.place) if one.place else "",
                known.get(one.account or 0, ""),
            )
            for one in history
        ],
        "open": [one for one in offices if one not in {line.office for line in lines}],
        "over": year < today(request.now).year,
    }  # fmt: skip
    return shown(request, "close", "plan_close", facts)


@require_POST
@for_working_posts
def do_close(request: DeskRequest) -> HttpResponse:
    """The head closes a year."""
    year, office = year_of(request), office_of(request)
    try:
        closing.close(office, year, by=request.person, now=request.now)
    except Refused as refused:
        messages.error(request, request.names.say(refused.refusal))
    else:
        messages.success(request, _("The year is closed."))
    return redirect(f"{reverse('desk:plan_close')}?year={year}")


@require_safe
@for_working_posts
def document(request: DeskRequest, closed: int) -> HttpResponse:
    """The document of a closed year, byte for byte, to be kept elsewhere too."""
    line = queries.closed_one(request.person, closed)
    if line is None:
        raise Http404
    note_export(request, f"plan:close:{line.office}:{line.year}")
    answer = HttpResponse(line.document.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="year-{line.year}-{line.office}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
