"""Seeing who stands behind a matter in full: with a reason, once, and written down."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xinqiao.desk.access import DeskRequest, for_staff, sheet_of
from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.intake import queries as intake
from xinqiao.people import actions as people
from xinqiao.people import queries as people_queries
from xinqiao.people.values import Masked, PartyRole
from xinqiao.rules.refusals import Refused

_LONGEST_REASON = 500


class UnmaskForm(DeskForm):
    """Whom, and why. Only people behind this matter can be chosen."""

    def __init__(self, behind: dict[int, Masked], data: Any = None) -> None:
        super().__init__(data)
        self.fields["who"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(one, _known(masked)) for one, masked in behind.items()],
            widget=forms.CheckboxSelectMultiple,
            label=_("Whom"),
            initial=list(behind) if len(behind) == 1 else None,
        )
        self.fields["reason"] = Words(
            label=_("What you need it for"),
            help_text=_(
                "At least four characters. It is kept with your name and the time, and can be read later."
            ),
            max_length=_LONGEST_REASON,
        )

    def refuse(self, refused: Refused, names: Names) -> None:
        self.add_error("reason", names.say(refused.refusal))


def _known(masked: Masked) -> str:
    return " ".join(filter(None, (masked.name, masked.id_number, masked.phone)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def unmask(request: DeskRequest, number: str) -> HttpResponse:
    """Asks for a reason by GET; by POST shows the chosen people in full in this one answer."""
    sheet = sheet_of(request, number)
    behind = _behind(sheet.line.id)
    form = UnmaskForm(behind, request.POST if request.method == "POST" else None)
    facts = {"line": sheet.line, "form": form, "behind": behind}
    if request.method != "POST":
        return render(request, "desk/people/ask.html", facts)
    if not form.is_valid():
        return render(request, "desk/people/ask.html", facts, status=422)
    try:
        shown = people.unmask(
            form.cleaned_data["who"],
            by_account=request.account,
            reason=form.cleaned_data["reason"],
            matter_id=sheet.line.id,
            now=request.now,
            unit=min(request.person.units(), default=""),
        )
    except Refused as refused:
        form.refuse(refused, request.names)
        return render(request, "desk/people/ask.html", facts, status=409)
    return render(request, "desk/people/shown.html", facts | {"shown": shown})


def _behind(matter_id: int) -> dict[int, Masked]:
    """Everybody behind the contacts of the matter, once each, petitioners before representatives."""
    contacts = [line.id for line in intake.of_matter(matter_id)]
    parties = [one for listed in people_queries.masked_parties(contacts).values() for one in listed]
    ordered = sorted(parties, key=lambda party: party.role is PartyRole.REPRESENTATIVE)
    return {party.who.id: party.who for party in ordered if not party.who.forgotten}
