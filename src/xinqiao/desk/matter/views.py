"""The page of a matter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter import attached, page
from xinqiao.desk.matter.hall import hall
from xinqiao.desk.matter.panels import panels
from xinqiao.desk.matter.timeline import drawn
from xinqiao.desk.matter.told import told
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters


@require_safe
@for_staff
def matter(request: DeskRequest, number: str) -> HttpResponse:
    """Everything about a matter, and the steps of the person."""
    sheet = sheet_of(request, number)
    names = request.names
    live, done = page.clock_lines(sheet.clocks, names)
    files = attached.files_named(sheet.line.id, sheet.entries)
    facts = {
        "sheet": sheet,
        "line": sheet.line,
        "clocks": live,
        "clocks_done": done,
        "contacts": page.contact_cards(sheet),
        "facts": page.fact_lines(sheet, names),
        "happenings": drawn(request, sheet.line.number, told(sheet.entries, names, files)[::-1]),
        "hall": hall(sheet, names),
        "related": _related(request, sheet),
        "same_petitioner": _same_petitioner(request, sheet),
        "panels": panels(request, sheet),
    }
    return render(request, "desk/matter/matter.html", facts)


def _related(request: DeskRequest, sheet: matters.Sheet) -> list[matters.Line]:
    """The matter before this one and the one after it, if the person may see them."""
    ids = [one for one in (sheet.facts.predecessor, sheet.facts.reopened_as) if one is not None]
    return (
        matters.lines(matters.scope(request.person, request.now).filter(id__in=ids)) if ids else []
    )


def _same_petitioner(request: DeskRequest, sheet: matters.Sheet) -> list[matters.Line]:
    """Other matters that one of the same petitioners brought, as far as this person may see them."""
    before_and_after = {sheet.facts.predecessor, sheet.facts.reopened_as}
    found = intake.same_petitioner(request.person, sheet.line.id, request.now)
    return [line for line in found if line.id not in before_and_after]
