"""The page of a matter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter import apart, attached, joint, page
from xinqiao.desk.matter.hall import hall
from xinqiao.desk.matter.panels import panels
from xinqiao.desk.matter.timeline import drawn, files_drawn
from xinqiao.desk.matter.told import told
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.ui.jinja import draw


@require_safe
@for_staff
def matter(request: DeskRequest, number: str) -> HttpResponse:
    """Everything about a matter, and the steps of the person."""
    sheet = sheet_of(request, number)
    names = request.names
    live, done = page.clock_lines(sheet.clocks, names)
    files = attached.files_named(sheet.line.id, sheet.entries)
    contacts, choices = page.contact_cards(sheet), hall(sheet, names)
    together = joint.together(sheet, request.person, request.now)
    others = apart.suggested(request, sheet)
    drawn_sheet = draw(
        *("desk/matter/sheet.html", request),
        line=sheet.line,
        clocks=live,
        clocks_done=done,
        contacts=contacts,
        facts=page.fact_lines(sheet, names),
        happenings=drawn(request, number, told(sheet.entries, names, files)[::-1]),
        hall=choices,
        together=together,
        together_said=joint.carries_said(together),
        related=_related(request, sheet),
        suggested=others,
        apart_said=page.apart_said(len(others.apart)),
        same_petitioner=_same_petitioner(request, sheet, [card.line.id for card in contacts]),
        panels=panels(request, sheet),
        said=page.counts_said(len(done), len(choices.elsewhere)),
        persons_said=page.persons_said,
        files_drawn=files_drawn(request, number),
    )
    return render(request, "desk/matter/matter.html", {"line": sheet.line, "sheet": drawn_sheet})


def _related(request: DeskRequest, sheet: matters.Sheet) -> list[matters.Line]:
    """The matter before this one, the one after it, those it was handled with; if the person may see them."""
    ids = [one for one in (sheet.facts.predecessor, sheet.facts.reopened_as) if one is not None]
    ids += sorted(joint.were_together(sheet))
    return (
        matters.lines(matters.scope(request.person, request.now).filter(id__in=ids)) if ids else []
    )


def _same_petitioner(
    request: DeskRequest, sheet: matters.Sheet, contacts: list[int]
) -> list[matters.Line]:
    """Other matters that one of the same petitioners brought, as far as this person may see them."""
    told = {sheet.facts.predecessor, sheet.facts.reopened_as, *joint.were_together(sheet)}
    found = intake.same_petitioner(request.person, sheet.line.id, contacts, request.now)
    return [line for line in found if line.id not in told]
