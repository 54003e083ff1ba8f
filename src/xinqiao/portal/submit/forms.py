"""The questions of a submission, one form a page. Which page has which form stands in `pages.py`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.people.values import Fact, PersonInput, PetitionerKind, problems
from xinqiao.portal.forms import Choice, Line, PortalForm, Text, explained
from xinqiao.portal.submit import places
from xinqiao.portal.words import Words
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import Kind
from xinqiao.text.clean import MAX_TEXT, Problem, normal_id_number

MOST_REPRESENTATIVES = 5
MOST_PEOPLE = 1_000_000
LONGEST_SUBJECT = 100


class KindForm(PortalForm):
    """What it is about."""

    kind = Choice(label=gettext_lazy("What would you like to do?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = explained(  # type: ignore[attr-defined]
            [
                (Kind.CLAIM, _("Ask for a problem to be solved"), _("You ask for a right, a payment, a repair, an answer; or for a dispute to be settled.")),  # noqa: E501
                (Kind.SUGGESTION, _("Make a suggestion"), _("You have an idea or a criticism about a policy, a service, the work of an authority.")),  # noqa: E501
                (Kind.REPORT, _("Report misconduct"), _("You report that a public body or one of its people broke the law or the rules. Those you report never get to see it.")),  # noqa: E501
            ]
        )


class PlaceForm(PortalForm):
    """In which county, or in the city as a whole."""

    county = Choice(label=gettext_lazy("Where is the matter?"),
                    help_text=gettext_lazy("Where the problem is, not where you live. The petition office of that place receives it."))  # noqa: E501

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            (code, _("%(city)s as a whole, or several counties") % {"city": name} if places.is_city(code) else name)
            for code, name in places.counties()
        ]

    def clean_county(self) -> str:
        county = str(self.cleaned_data["county"])
        if places.office_of(county, False, self.today) is None:
            raise forms.ValidationError(_("No petition office receives petitions for this place yet. Choose the city as a whole."))
        return county


class TownshipForm(PortalForm):
    """In which township of the county."""

    township = forms.ChoiceField(
        label=gettext_lazy("In which township or street district?"), required=False,
        error_messages={"invalid_choice": gettext_lazy("This place is not in the county you chose. Choose one from the list.")},
    )  # fmt: skip

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("", _("I do not know, or it concerns more than one"))
        self.fields["township"].choices = [unknown, *places.townships(county)]  # type: ignore[attr-defined]


class WordsForm(PortalForm):
    """What happened."""

    subject = Line(
        longest=LONGEST_SUBJECT, label=gettext_lazy("In one sentence: what do you want?"),
        help_text=gettext_lazy("For example: the lift in our building has been broken since spring, please have it repaired."),
    )  # fmt: skip
    body = Text(
        rows=10, label=gettext_lazy("What happened, and what do you ask for?"),
        help_text=gettext_lazy("When, where, who did what; what you did so far and with whom you spoke; what should be done. Leave out identity and phone numbers: there are fields for yours later."),  # noqa: E501
    )  # fmt: skip
    reported = Text(
        longest=2000, rows=3, required=False, label=gettext_lazy("Whom do you report?"),
        help_text=gettext_lazy("The unit, and the name and post of the person as far as you know them."),
    )  # fmt: skip
    about_office = forms.BooleanField(
        required=False,
        label=gettext_lazy("I report the petition office of this place, or somebody in it: send it to the office above"),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Kind.REPORT:
            del self.fields["reported"], self.fields["about_office"]

    def whole_text(self) -> str:
        """The text as it is sent: whom it reports stands under a heading of its own."""
        body, reported = self.cleaned_data["body"], self.cleaned_data.get("reported")
        heading = _("Reported:")
        return f"{body}\n\n{heading}\n{reported}" if reported else str(body)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("body") and len(self.whole_text()) > MAX_TEXT:
            facts = {"length": len(self.whole_text()), "limit": MAX_TEXT}
            self.add_error("body", _("With the reported, the text has %(length)s characters; at most %(limit)s fit. Shorten it.") % facts)  # noqa: E501
        return cleaned


class WhoForm(PortalForm):
    """For whom one writes."""

    who = Choice(label=gettext_lazy("For whom do you write?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = explained(  # type: ignore[attr-defined]
            [
                ("alone", _("For myself"), ""),
                ("group", _("Together with others"), _("Two or more people with the same request. Up to five of you may speak for all.")),  # noqa: E501
                ("organisation", _("For an organisation"), _("A company, a village, an owners' committee or another body.")),
            ]
        )  # fmt: skip


class PersonForm(PortalForm):
    """Who writes: a person for themselves."""

    kind = PetitionerKind.PERSON

    name = Line(label=gettext_lazy("Your name"), help_text=gettext_lazy("As on your identity card."),
                widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = Line(label=gettext_lazy("Phone"), required=False, longest=40,
                 help_text=gettext_lazy("So that the office can ask back and tell you about an answer."),
                 widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}))
    address = Line(label=gettext_lazy("Address"), longest=500, help_text=gettext_lazy("Answers in writing go there."),
                   widget=forms.TextInput(attrs={"autocomplete": "street-address"}))
    id_number = Line(label=gettext_lazy("Identity card number"), required=False, longest=40,
                     help_text=gettext_lazy("With it the office finds your earlier petitions on the same matter. It is kept encrypted and shown to nobody without a reason."),  # noqa: E501
                     widget=forms.TextInput(attrs={"autocomplete": "off"}))

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
            "min_value": gettext_lazy("Together with others you are at least two. If you write for yourself, go back and choose that."),  # noqa: E501
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
            self.fields[f"phone_{seat}"] = Line(label=label, required=False, longest=40, widget=phone)

    @property
    def seats(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and phone of each representative, for the page."""
        return [(self[f"name_{seat}"], self[f"phone_{seat}"]) for seat in range(1, MOST_REPRESENTATIVES + 1)]

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
        return [s for s in seats if self.cleaned_data.get(f"name_{s}") or self.cleaned_data.get(f"phone_{s}")]

    def _seated(self, seat: int) -> PersonInput:
        name, phone = (str(self.cleaned_data.get(f"{one}_{seat}", "")) for one in ("name", "phone"))
        return PersonInput(name=name, phone=phone)


class OrganisationForm(PersonForm):
    """Which organisation writes, and who speaks for it."""

    kind = PetitionerKind.ORGANISATION
    field_order = ("name", "id_number", "address", "phone", "speaker")

    speaker = Line(label=gettext_lazy("Who writes for it"), required=False,
                   help_text=gettext_lazy("Your name, so that the office knows whom to ask."))

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
