"""Beside an answer that is being written or signed: what it answers, and what can be checked in it. Never a bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.matter.fields import Setting
from xinqiao.insight.answers.given import WRITTEN
from xinqiao.insight.answers.looking import LOOKED_AT, Look, look
from xinqiao.matters.queries import Sheet
from xinqiao.rules.matters import may
from xinqiao.rules.table import STEPS

_NOTHING_NEW = 204


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A look with its one sentence, and whether anything is typed on this page that it follows."""

    look: Look
    sentence: str
    typed: bool


@require_POST
@for_staff
def look_again(request: DeskRequest, number: str, step: str) -> HttpResponse:
    """The look at what has been typed so far; nothing is kept."""
    if step not in LOOKED_AT:
        raise Http404
    sheet = sheet_of(request, number)
    refusal = may(STEPS[step], sheet.case)
    if refusal is not None and refusal.code == "not_yours":
        raise PermissionDenied
    if refusal is not None:
        return HttpResponse(status=_NOTHING_NEW)
    facts = {"shown": shown(request, sheet, step, request.POST)}
    return render(request, "desk/matter/look_facts.html", facts)


def shown(request: DeskRequest, sheet: Sheet, step: str, typed: Mapping[str, Any]) -> Shown | None:
    """The look at this step; None for one that answers nobody."""
    if step not in LOOKED_AT:
        return None
    found = look(sheet, step, typed, request.now)
    return Shown(look=found, sentence=_sentence(found), typed=step in WRITTEN)


def below(request: DeskRequest, setting: Setting, shown: Shown) -> dict[str, SafeString]:
    """The look that follows what is typed, below the last field of the answer."""
    facts = {"shown": shown, "line": setting.sheet.line, "step": setting.step, "follows": True}
    html = render_to_string("desk/matter/look.html", facts, request)
    return {WRITTEN[setting.step.name][-1]: html}


def _sentence(found: Look) -> str:
    """What there is to say first."""
    if found.wording is None:
        return _("Nothing is written yet.")
    if found.wording.empty:
        return _("So far this tells the petitioner nothing about the matter.")
    if found.wording.only_forwards:
        return _("So far this only says who has the matter now.")
    if found.untouched:
        said = ngettext(
            "Hardly mentioned: %(n)s of %(all)s demand found.",
            "Hardly mentioned: %(n)s of %(all)s demands found.",
            found.asked,
        )
        return said % {"all": found.asked, "n": found.untouched}
    if found.demands:
        return _("Each demand that was found is mentioned.")
    return _("No sentence that asks for something was found. Read the petition itself.")
