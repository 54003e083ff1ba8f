"""The page that registers a contact; counter and letters open it, each for its channels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinqiao.desk.access import DeskRequest
from xinqiao.desk.insight.classifying.advice import FILL, filled
from xinqiao.desk.registering.advised import advised
from xinqiao.desk.registering.alike import NONE, alike, join, keep_refusal, refused
from xinqiao.desk.registering.enter import Entered, enter
from xinqiao.desk.registering.files import keep_sent, remove_named, shown
from xinqiao.desk.registering.forms import SEATS, PersonForm, PetitionerForm, WhatForm
from xinqiao.desk.registering.known import opened_from, suggested
from xinqiao.desk.registering.receipts import keep_code
from xinqiao.intake.values import Receipt
from xinqiao.rules.refusals import Refusal, Refused

_ROOM = "desk_room"
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,64}")
_Seats = formset_factory(
    PersonForm, extra=SEATS, max_num=SEATS, absolute_max=SEATS, validate_max=True
)


@dataclass(frozen=True)
class Sheet:
    """The forms of one page."""

    who: PetitionerForm
    seats: "BaseFormSet[PersonForm]"
    what: WhatForm

    @classmethod
    def of(cls, request: DeskRequest, channel: str) -> "Sheet":
        data = filled(request.POST) if request.method == "POST" else None
        given: dict[str, Any] = {"form_kwargs": {"names": request.names}, "prefix": "seat"}
        return cls(
            PetitionerForm(request.names, data, prefix="who"),
            _Seats(data, **given) if data else _Seats(**given),
            WhatForm(
                channel,
                request.names,
                request.person,
                request.now,
                data,
                initial={
                    "request_key": uuid4().hex,
                    "matter": opened_from(request),
                    "room": request.session.get(_ROOM, ""),
                    "ticket": request.GET.get("ticket", ""),
                },
            ),
        )

    def is_valid(self) -> bool:
        """Every form is looked at, so that all faults are told at once."""
        return all([self.who.is_valid(), self.seats.is_valid(), self.what.is_valid()])

    @property
    def key(self) -> str:
        """The key of this form, under which its files are kept; what is none is read as one that nobody has."""
        key = str(self.what["request_key"].value() or "")
        return key if _KEY.fullmatch(key) else "none"

    def entered(self, request: DeskRequest) -> Entered:
        seats = [seat.person() for seat in self.seats]
        return Entered(
            account=request.account,
            apart=refused(request, self.what.cleaned_data) if self.what.is_new else (),
            decision=self.what.decision,
            channel=self.what.channel,
            received_at=self.what.came_in_at,
            said=self.what.cleaned_data,
            petitioner=self.who.person(),
            representatives=[one for one in seats if one is not None],
        )

    def faults(self) -> list[dict[str, str]]:
        """Everything that is wrong, in the order of the page, each with the field to go to."""
        forms = (self.who, *self.seats, self.what)
        general = [{"error": error} for form in forms for error in form.non_field_errors()]
        if self.seats.is_bound:
            general += [{"error": error} for error in self.seats.non_form_errors()]
        return general + [
            {"error": error, "label": str(field.label), "anchor": field.anchor}
            for form in forms
            for field in form
            for error in field.errors
        ]

    def refuse(self, refusal: Refusal) -> None:
        """Shows a refusal at the field it names, or above the form."""
        field = refusal.facts.get("field")
        self.what.add_error(
            field if field in self.what.fields else None, self.what.names.say(refusal)
        )


def register_contact(request: DeskRequest, channel: str, title: str, lead: str) -> HttpResponse:
    """The form by GET; by POST the contact is entered, and its receipt opened. Files stay whatever else is wrong."""
    page = _Page(request, Sheet.of(request, channel), title, lead)
    if request.method != "POST":
        return page.show()
    problems = keep_sent(request, page.sheet.key)
    looked = bool(request.POST.get("look") or request.POST.get(FILL))
    if looked or remove_named(request, page.sheet.key):
        return page.show(problems, looked=True)
    if not page.sheet.is_valid() or problems:
        return page.show(problems, status=422)
    try:
        entered = page.sheet.entered(request)
        receipt = enter(entered, by=request.person, now=request.now)
    except Refused as error:
        page.sheet.refuse(error.refusal)
        return page.show(status=409)
    _together(request, page.sheet.what, receipt)
    keep_code(request.session, receipt)
    if page.sheet.what.cleaned_data.get("room"):
        request.session[_ROOM] = page.sheet.what.cleaned_data["room"]
    return redirect("desk:receipt", receipt.matter_number, receipt.number)


def _together(request: DeskRequest, what: WhatForm, receipt: Receipt) -> None:
    """The clerk said that the matter is about the same as another one: both are handled together from now on."""
    number = what.cleaned_data.get("together")
    if number in (None, "", NONE) or not what.is_new or not receipt.fresh:
        return
    refusal = join(receipt, number, by=request.person, now=request.now)
    if refusal is not None:
        keep_refusal(request.session, receipt, number, request.names.say(refusal))


@dataclass(frozen=True)
class _Page:
    """The page with its forms, to be shown as often as something is left to put right."""

    request: DeskRequest
    sheet: Sheet
    title: str
    lead: str

    def show(
        self, problems: Sequence[str] = (), *, status: int = 200, looked: bool = False
    ) -> HttpResponse:
        request, sheet = self.request, self.sheet
        if (
            looked
        ):  # nothing is wrong yet: somebody only asked for earlier matters, or took a file out
            for form in (sheet.who, *sheet.seats, sheet.what):
                form._errors = {}
        scans = sheet.what.channel in ("letter", "fax")
        faults = [{"error": one, "label": _("Files"), "anchor": "id_files"} for one in problems]
        facts = {
            "title": self.title,
            "lead": self.lead,
            "who": sheet.who,
            "seats": sheet.seats,
            "what": sheet.what,
            "faults": [*sheet.faults(), *faults],
            "one_unit": len(request.person.units()) == 1,
            "group_open": request.method == "POST"
            and any(one.has_changed() for one in sheet.seats),
            **suggested(request),
            "advice": advised(request, filled(request.POST)),
            **alike(request),
            **shown(request, sheet.key, [], scans=scans),
        }
        return render(request, "desk/registering/form.html", facts, status=status)
