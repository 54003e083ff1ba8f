"""The receipt: what the petitioner leaves with. The query code stands on it once."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter.joint import together
from xinqiao.desk.matter.page import clock_lines
from xinqiao.desk.registering.alike import refusal_of
from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.intake import queries as intake
from xinqiao.intake.values import Receipt
from xinqiao.reception import queries as reception
from xinqiao.ui import sealed

_CODE = "desk_query_code"
_OWN_DOORS = ("visit", "call", "letter", "fax")
#: Duties between offices; a receipt tells what the petitioner may wait for.
_INTERNAL = frozenset({"urgent_report", "report_back", "object"})


@require_safe
@never_cache
@for_staff
def receipt(request: DeskRequest, number: str, contact: str) -> HttpResponse:
    """The receipt of one contact, for printing; with the query code the first time it is opened."""
    sheet = sheet_of(request, number)
    line = next((one for one in intake.of_matter(sheet.line.id) if one.number == contact), None)
    if line is None:
        raise Http404
    where = reception.where_received([line.id]).get(line.id)
    live, _ = clock_lines(sheet.clocks, request.names)
    running = [one for one in live if one.clock.state == "running"]
    facts = {
        "line": sheet.line,
        "contact": line,
        "code": _taken_out(request.session, contact),
        "look_up": request.build_absolute_uri(f"{reverse('portal:lookup')}?number={contact}"),
        "clocks": [one for one in running if one.clock.id not in _INTERNAL],
        "next_url": reverse(f"desk:{line.channel}") if line.channel in _OWN_DOORS else "",
        "where": where,
        "leader": directory.account_names([where.leader])[where.leader]
        if where and where.leader
        else "",
        "together": together(sheet, request.person, request.now),
        "not_joined": refusal_of(request.session, contact),
        "files": evidence.files_of(Owner(kind=CONTACT, id=line.id)),
    }
    return render(request, "desk/registering/receipt.html", facts)


def keep_code(session: SessionBase, receipt: Receipt) -> None:
    """The query code travels to the receipt in the session, sealed: sessions lie in clear in the database."""
    if receipt.query_code:
        sealed.put(session, _CODE, [receipt.number, receipt.query_code])


def _taken_out(session: SessionBase, number: str) -> str:
    """The code kept for this number, which is then gone; "" when there is none."""
    kept_for, code = sealed.get(session, _CODE) or ("", "")
    if kept_for != number:
        return ""
    sealed.drop(session, _CODE)
    return str(code)
