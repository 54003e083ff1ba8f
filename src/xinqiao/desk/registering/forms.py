"""What a clerk enters for a contact: who, how many, what, where; and the answer to "is it one we know?"."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, DeskForm, Moment, Pick, PickSeveral, Words, YesNo, labelled
from xinqiao.desk.matter.fields import choice_field
from xinqiao.desk.registering.known import Decision
from xinqiao.desk.registering.lists import long_list
from xinqiao.desk.words import Names
from xinqiao.people.values import Fact, PersonInput, PetitionerKind, problems
from xinqiao.reception.days import queries as reception_days
from xinqiao.rules.fields import FIELDS
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Level
from xinqiao.ui.typed import whole_number

SEATS = 5  # a group speaks through at most five representatives (art. 20)
NOBODY = "nobody"
MOST_PEOPLE = 100_000
#: Paper that came in on a day, not at a moment: it is taken to have come at noon.
_NOON = time(12)


class PersonForm(DeskForm):
    """One person or organisation. Problems of numbers are told at their field."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["name"] = Words(label=_("Name"), required=False, max_length=120)
        self.fields["id_number"] = Words(label=_("Identity number"), required=False, max_length=40)
        self.fields["phone"] = Words(label=_("Phone"), required=False, max_length=40)

    @property
    def person_kind(self) -> PetitionerKind:
        return PetitionerKind.PERSON

    def person(self) -> PersonInput | None:
        """Who it is, cleaned by nobody yet; None when nothing was entered."""
        given = {fact.value: self.cleaned_data.get(fact) or "" for fact in Fact}
        return PersonInput(kind=self.person_kind, **given) if any(given.values()) else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        person = self.person()
        for fact, problem in (problems(person) if person else {}).items():
            if fact in self.fields and fact not in self.errors:
                self.add_error(fact, self._say(fact, problem))
        return found

    def _say(self, fact: Fact, problem: Any) -> str:
        if fact is Fact.NAME and problem.code == "field_missing":
            return _("Give the name as well, or leave all of this empty.")
        return self.names.problem(problem, fact)


class PetitionerForm(PersonForm):
    """In whose name the contact speaks."""

    def __init__(self, names: Names, *args: Any, **kwargs: Any) -> None:
        super().__init__(names, *args, **kwargs)
        who = forms.ChoiceField(
            label=_("The petitioner is"),
            choices=[
                ("person", _("a person")),
                ("organisation", _("an organisation")),
                (NOBODY, _("nobody is named")),
            ],
            widget=forms.RadioSelect,
            initial="person",
        )
        number, phone, name = (self.fields[one] for one in ("id_number", "phone", "name"))
        # What lies on the counter first: the card, then the telephone; the name follows.
        self.fields = {"who": who, "id_number": number, "phone": phone, "name": name}
        self.fields["name"].required = self.data.get(self.add_prefix("who")) != NOBODY
        self.fields["name"].error_messages["required"] = _(
            "Give the name, or say that nobody is named."
        )
        self.fields["id_number"].help_text = _(
            "For an organisation: its unified social credit code."
        )
        if not self.is_bound:
            self.fields["id_number"].widget.attrs["autofocus"] = True
        self.fields["address"] = Words(label=_("Address"), required=False, max_length=500)

    @property
    def person_kind(self) -> PetitionerKind:
        kind = self.cleaned_data.get("who")
        return PetitionerKind.ORGANISATION if kind == "organisation" else PetitionerKind.PERSON

    def person(self) -> PersonInput | None:
        return None if self.cleaned_data.get("who") == NOBODY else super().person()


class WhatForm(DeskForm):
    """What was said, how it came in, and how it is registered. `channel` decides which fields there are.

    `decision` says whether it belongs to an existing matter; a new one needs a place and a kind.
    """

    def __init__(
        self, channel: str, names: Names, person: Person, now: datetime, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.channel, self.names, self.staff, self.now = channel, names, person, now
        self.fields["request_key"] = forms.CharField(widget=forms.HiddenInput, max_length=64)
        self.fields["matter"] = forms.CharField(required=False, max_length=40)
        self.fields["together"] = forms.CharField(required=False, max_length=40)
        self.decision = Decision.read(self.data.get("matter") or self.initial.get("matter", ""))
        self.is_new = self.decision.is_new
        self.fields["new_facts"] = Words(
            label=names.word("field", "new_facts"), help_text=names.helping("field", "new_facts"),
            required=self.decision.reopens, long=True, rows=4,
        )  # fmt: skip
        self._how_it_came()
        self._what_it_says()
        self._how_it_is_registered()

    def _how_it_came(self) -> None:
        names, units = self.names, sorted(self.staff.units())
        self.fields["unit"] = forms.ChoiceField(
            label=_("Received by"),
            choices=[(code, names.unit(code)) for code in units],
            initial=units[0],
        )
        if self.channel in ("letter", "fax"):
            self.fields["received_on"] = Day(
                label=_("Day of receipt"), initial=timezone.localdate(self.now)
            )
        else:
            moment = timezone.localtime(self.now).replace(second=0, microsecond=0)
            self.fields["received_at"] = Moment(
                label=names.word("field", "received_at"), initial=moment
            )
        if self.channel == "letter":
            self.fields["postmark_on"] = Day(label=_("Date of the postmark"), required=False)
        if self.channel == "visit":
            self._of_a_visit(units[0])
        if self.channel != "call":
            self.fields["head_count"] = forms.IntegerField(
                label=names.word("field", "head_count"), min_value=1, max_value=MOST_PEOPLE, initial=1,
                help_text=_("How many people stand behind it; a group names at most five representatives."),
            )  # fmt: skip

    def _of_a_visit(self, unit: str) -> None:
        names = self.names
        self.fields["level"] = forms.ChoiceField(
            label=_("Level of the visit"),
            choices=[(level, names.word("level", level)) for level in Level],
            initial=names.units[unit].level,
        )
        self.fields["designated_place"] = YesNo(
            label=_("At the designated reception place"),
            yes=names.yes_no(True), no=names.yes_no(False), initial=True,
        )  # fmt: skip
        self.fields["room"] = Words(label=_("Room or desk"), max_length=40, required=False)
        self.fields["leader"] = Pick(
            **long_list("heads", names, timezone.localdate(self.now)), label=_("Receiving leader"), required=False
        )  # fmt: skip
        self.fields["ticket"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
        )
        self._of_a_reception_day()

    def _of_a_reception_day(self) -> None:
        """For a number of a reception day leader and room are known, and what is decided is asked."""
        typed = str(self.data.get("ticket") or self.initial.get("ticket") or "")
        ticket = whole_number(typed, 18)
        day = None if ticket is None else reception_days.day_of_ticket(ticket)
        if day is None:
            return
        self.initial.update({"leader": str(day.leader), "room": day.label})
        self.fields["decided"] = Words(
            label=self.names.word("field", "decided"), help_text=self.names.helping("field", "decided"),
            required=False, long=True, rows=4,
        )  # fmt: skip

    def _what_it_says(self) -> None:
        names = self.names
        self.fields["subject"] = Words(
            label=names.word("field", "subject"),
            help_text=names.helping("field", "subject"),
            max_length=200,
        )
        self.fields["body"] = Words(
            label=names.word("field", "body"),
            help_text=names.helping("field", "body"),
            long=True,
            rows=8,
        )

    def _how_it_is_registered(self) -> None:
        """What a new matter needs; for a contact on a known one it stays empty."""
        names, said = self.names, self.names.word
        self.fields["kind"] = choice_field(
            "kind",
            FIELDS["kind"],
            names,
            required=self.is_new,
            label=said("field", "kind"),
            help_text="",
        )
        self.fields["kind"].initial = Kind.CLAIM
        self._place_and_category()
        self.fields["path"] = choice_field(
            "path", FIELDS["path"], names, required=False,
            label=said("field", "path"), help_text=names.helping("field", "path"),
        )  # fmt: skip
        self._reported()
        self.fields["urgent"] = forms.BooleanField(
            required=False, label=_("Major or urgent: it is reported at once"),
        )  # fmt: skip
        self.fields["urgent_reason"] = Words(
            label=_("Why it is urgent"), required=False, long=True, rows=2
        )

    def _place_and_category(self) -> None:
        names, said = self.names, self.names.word
        self.fields["region"] = Pick(
            **long_list("regions", names, timezone.localdate(self.now)), required=self.is_new,
            label=said("field", "region"), help_text=names.helping("field", "region"),
            error_messages={"required": _("Choose the place where the problem lies.")},
        )  # fmt: skip
        self.fields["category"] = Pick(
            labelled(names.categories.items()), required=False,
            label=said("field", "category"), help_text=names.helping("field", "category"),
        )  # fmt: skip

    def _reported(self) -> None:
        names, today = self.names, timezone.localdate(self.now)
        for field, listed in (("reported_units", "units"), ("reported_accounts", "staff")):
            self.fields[field] = PickSeveral(
                **long_list(listed, names, today), rows=2, required=False,
                label=names.word("field", field), help_text=names.helping("field", field),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("urgent") and not found.get("urgent_reason"):
            self.add_error("urgent_reason", _("Say in a sentence why it cannot wait."))
        for name in ("received_on", "received_at", "postmark_on"):
            if found.get(name) and self._lies_ahead(found[name]):
                self.add_error(
                    name, _("The date lies in the future. Give the day on which it happened.")
                )
        return found

    def _lies_ahead(self, when: date | datetime) -> bool:
        if isinstance(when, datetime):
            return when > self.now
        return when > timezone.localdate(self.now)

    @property
    def came_in_at(self) -> datetime:
        """When it came in. Paper of an earlier day came in at noon."""
        said = self.cleaned_data
        moment: datetime | None = said.get("received_at")
        if moment is not None:
            return moment
        day: date = said["received_on"]
        if day == timezone.localdate(self.now):
            return self.now
        return timezone.make_aware(datetime.combine(day, _NOON))
