"""A leader's five minutes: my cases, promises due, what comes next, what is overdue in my units; to print."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.duties import rows as duty_rows
from xinqiao.desk.leadership.cases import drawn
from xinqiao.desk.leadership.common import HEADS, shown
from xinqiao.desk.work import lists
from xinqiao.duties import queries as duties
from xinqiao.duties.values import DutyLine
from xinqiao.leadership.queries import conferences
from xinqiao.leadership.queries import leads as queries
from xinqiao.leadership.values import ConferenceLine
from xinqiao.matters.queries import OVERDUE, Filters, today
from xinqiao.reception.days import queries as reception

_MOST, _DAYS = 10, 3


@require_safe
@for_working_posts
def page(request: DeskRequest) -> HttpResponse:
    """The page of whoever heads a unit; others go to the cases."""
    headed = request.person.units(HEADS)
    if not headed:
        return redirect("desk:cases")
    cases = queries.of_leader(request.person, request.account, request.now)
    late = duties.overdue(request.person, headed, request.now, _MOST)
    facts = {
        "units": sorted(headed),
        "cases": drawn(request, cases, _("My cases")) if cases else "",
        "promises": duty_rows.few(request, _due(request, headed)),
        "late_duties": duty_rows.few(request, late) if late else "",
        "late": lists.page(request.person, Filters(queue=OVERDUE), 1, request.now).rows[:_MOST],
        "counts": lists.counts(request.person, request.now),
        "meetings": _meetings(request),
        "days": reception.next_days(request.account, today(request.now), _DAYS),
    }
    return shown(request, "leader", "leadership", facts)


def _due(request: DeskRequest, headed: frozenset[str]) -> list[DutyLine]:
    """What the leader owes by name, then what the units owe; none that is late, which stands elsewhere."""
    own = duties.due_of_account(request.person, request.account, request.now, _MOST)
    theirs = duties.due_of_units(request.person, headed, request.now, 2 * _MOST)
    together = {one.id: one for one in (*own, *theirs) if one.due >= today(request.now)}
    return list(together.values())[:_MOST]


def _meetings(request: DeskRequest) -> Sequence[ConferenceLine]:
    """The meetings of the joint conference ahead that the leader is called to."""
    called = conferences.visible(request.person, request.now).values_list("id", flat=True)
    ahead = conferences.ahead(request.person, request.now)
    known = set(called.filter(id__in=[one.id for one in ahead]))
    return [one for one in ahead if one.id in known][:3]
