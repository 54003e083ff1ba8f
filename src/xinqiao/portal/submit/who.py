"""Who writes: a person, a person with others (art. 20), or an organisation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.people.values import Fact, PersonInput, PetitionerKind, problems
from xinqiao.portal.forms import Line, PortalForm
from xinqiao.rules.refusals import Refusal
from xinqiao.text.clean import Problem, normal_id_number

MOST_REPRESENTATIVES = 5
MOST_PEOPLE = 1_000_000


class PersonForm(PortalForm):
    """Who writes: a person for themselves."""

    kind = PetitionerKind.PERSON

    name = Line(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = Line(
        label=pgettext_lazy("portal", "Phone"),
        required=False,
        longest=40,
        help_text=gettext_lazy("So that the office can ask back and tell you about an answer."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = Line(
        label=pgettext_lazy("portal", "Address"),
        longest=500,
        help_text=gettext_lazy("Answers in writing go there."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    id_number = Line(
        label=gettext_lazy("Identity card number"),
        required=False,
        longest=40,
        help_text=gettext_lazy(
            "With it the office finds your earlier petitions on the same matter. It is kept"
            " encrypted and shown to nobody without a reason."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def petitioner(self) -> PersonInput:
        """Who it is, as people takes it."""
        given = {fact.value: str(self.cleaned_data.get(fact.value, "")) for fact in Fact}
        return PersonInput(kind=self.kind, **given)

    def representatives(self) -> list[PersonInput]:
        """Who else may speak; nobody for a person alone."""
        return []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "name" in cleaned:
            self._say_problems(problems(self.petitioner()), {fact: fact.value for fact in Fact})
        number = cleaned.get("id_number")
        if number and self.kind is PetitionerKind.PERSON and not self.errors.get("id_number"):
            read = normal_id_number(number, today=self.today)
            if isinstance(read, Problem):
                self._say_problems({Fact.ID_NUMBER: read}, {Fact.ID_NUMBER: "id_number"})
        return cleaned

    def _say_problems(self, found: Mapping[Fact, Problem], fields: Mapping[Fact, str]) -> None:
        words = Words.here()
        for fact, problem in found.items():
            if not self.errors.get(fields[fact]):
                facts = {"field": fact.value, **problem.facts}
                self.add_error(fields[fact], words.say(Refusal(problem.code, None, facts)))


class GroupForm(PersonForm):
    """Who writes, for how many, and who else may speak for them (art. 20)."""

    field_order = ("name", "phone", "address", "id_number", "head_count")

    head_count = forms.IntegerField(
        label=gettext_lazy("How many people are you, with yourself?"), min_value=2, max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Write a whole number, such as 12."),
            "min_value": gettext_lazy(
                "Together with others you are at least two."
                " If you write for yourself, go back and choose that."
            ),
            "max_value": gettext_lazy("That is more than can be entered here. Check the number."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat in range(1, MOST_REPRESENTATIVES + 1):
            label = _("Representative %(seat)s: name") % {"seat": seat}
            self.fields[f"name_{seat}"] = Line(label=label, required=False)
            label = _("Representative %(seat)s: phone") % {"seat": seat}
            phone = forms.TextInput(attrs={"inputmode": "tel"})
            self.fields[f"phone_{seat}"] = Line(
                label=label, required=False, longest=40, widget=phone
            )

    @property
    def seats(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and phone of each representative, for the page."""
        return [
            (self[f"name_{seat}"], self[f"phone_{seat}"])
            for seat in range(1, MOST_REPRESENTATIVES + 1)
        ]

    @property
    def more_seats_taken(self) -> bool:
        """Whether something stands in the seats that the page keeps folded."""
        return any(field.value() for pair in self.seats[2:] for field in pair)

    def representatives(self) -> list[PersonInput]:
        return [self._seated(seat) for seat in self._taken()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for seat in self._taken():
            fields = {fact: f"{fact.value}_{seat}" for fact in (Fact.NAME, Fact.PHONE)}
            self._say_problems(problems(self._seated(seat)), fields)
        return cleaned

    def _taken(self) -> list[int]:
        seats = range(1, MOST_REPRESENTATIVES + 1)
        return [
            s
            for s in seats
            if self.cleaned_data.get(f"name_{s}") or self.cleaned_data.get(f"phone_{s}")
        ]

    def _seated(self, seat: int) -> PersonInput:
        name, phone = (str(self.cleaned_data.get(f"{one}_{seat}", "")) for one in ("name", "phone"))
        return PersonInput(name=name, phone=phone)


class OrganisationForm(PersonForm):
    """Which organisation writes, and who speaks for it."""

    kind = PetitionerKind.ORGANISATION
    field_order = ("name", "id_number", "address", "phone", "speaker")

    speaker = Line(
        label=gettext_lazy("Who writes for it"),
        required=False,
        help_text=gettext_lazy("Your name, so that the office knows whom to ask."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the organisation")
        self.fields["name"].help_text = ""
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        self.fields["id_number"].label = _("Unified social credit code")
        self.fields["id_number"].help_text = _("18 digits or letters, on the licence.")

    def representatives(self) -> list[PersonInput]:
        name, phone = self.cleaned_data.get("speaker"), self.cleaned_data.get("phone", "")
        return [PersonInput(name=str(name), phone=str(phone))] if name else []


WHO_FORMS: Mapping[str, type[PersonForm]] = {
    "alone": PersonForm,
    "group": GroupForm,
    "organisation": OrganisationForm,
}
