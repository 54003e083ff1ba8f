"""The forms of taking part: what one thinks of a decision, what one suggests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.people.values import Fact, PersonInput, problems
from xinqiao.portal.forms import Choice, Line, PortalForm, Text, explained
from xinqiao.public_decisions.values import Role, Stance
from xinqiao.rules.refusals import Refusal

MOST_OF_OPINION, MOST_OF_SUGGESTION = 5_000, 50_000


class StanceForm(PortalForm):
    """What one thinks of it, and as what one is touched."""

    stance = Choice(label=gettext_lazy("What do you think of it?"))
    role = forms.ChoiceField(
        label=gettext_lazy("As what does it touch you?"),
        help_text=gettext_lazy("So that the answers can speak to everybody it touches. Nobody asks who you are."),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = Words.here()
        stances = [
            (str(one), words.label("opinion_stance", one), words.help("opinion_stance", one))
            for one in Stance
        ]
        self.fields["stance"].choices = explained(stances)  # type: ignore[attr-defined]
        roles = [(str(one), words.label("touched_role", one)) for one in Role]
        self.fields["role"].choices = [("", "—"), *roles]  # type: ignore[attr-defined]


class OpinionForm(PortalForm):
    """Why, in one's own words."""

    words = Text(
        label=gettext_lazy("Why? What should be different?"), longest=MOST_OF_OPINION,
        help_text=gettext_lazy(
            "A few sentences are enough. Please write no names, telephone or identity card numbers."
        ),
        error_messages={"required": gettext_lazy("Write a sentence or two.")},
    )  # fmt: skip


class SuggestionForm(PortalForm):
    """What one suggests."""

    subject = Line(
        label=gettext_lazy("Your suggestion in one sentence"),
        error_messages={"required": gettext_lazy("Write your suggestion in one sentence.")},
    )
    body = Text(
        label=gettext_lazy("What is it like now, and what should be done?"), longest=MOST_OF_SUGGESTION,
        error_messages={"required": gettext_lazy("Write a sentence or two.")},
    )  # fmt: skip


class WhoForm(PortalForm):
    """Who suggests it, for those who want a message; nothing is asked for."""

    name = Line(
        label=gettext_lazy("Your name"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = Line(
        label=pgettext_lazy("portal", "Phone"), required=False, longest=40,
        help_text=gettext_lazy("Then you get a message when your suggestion is answered."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip

    def person(self) -> PersonInput | None:
        """Who it is; None for somebody who does not say."""
        name, phone = self.cleaned_data.get("name", ""), self.cleaned_data.get("phone", "")
        return PersonInput(name=name, phone=phone) if name or phone else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = self.person()
        found = problems(person) if person else {}
        words = Words.here()
        for fact in (Fact.NAME, Fact.PHONE):
            if fact in found and not self.errors.get(fact.value):
                facts = {"field": fact.value, **found[fact].facts}
                self.add_error(fact.value, words.say(Refusal(found[fact].code, None, facts)))
        return cleaned
