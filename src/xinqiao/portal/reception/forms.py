"""What is asked of somebody who books a time: who comes, how to reach them; and number and code to open it again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.matters.numbers import normal_number
from xinqiao.people.values import Fact, PersonInput, problems
from xinqiao.portal.forms import Line, PortalForm
from xinqiao.rules.refusals import Refusal

_HEADS = [(number, str(number)) for number in range(1, 6)]
_ASKED = (Fact.NAME, Fact.PHONE)


class BookForm(PortalForm):
    """Who comes. There is no field for what they want to say: that is heard, and written down, on the day."""

    name = Line(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As on your identity card. Bring the card on the day."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = Line(
        label=pgettext_lazy("portal", "Phone"),
        longest=40,
        help_text=gettext_lazy(
            "You get a message there if the day is cancelled or another leader receives."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    heads = forms.TypedChoiceField(
        label=gettext_lazy("How many come with you, yourself included?"),
        choices=_HEADS, coerce=int, initial=1,
        help_text=gettext_lazy("Many with one concern choose up to five who speak for them."),
    )  # fmt: skip
    category = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), required=False,
        help_text=gettext_lazy("Roughly, so that the right papers are at hand. You tell the rest on the day."),
    )  # fmt: skip
    about = Line(
        label=gettext_lazy("Number of an earlier petition on it"),
        required=False,
        longest=60,
        help_text=gettext_lazy("If there is one: it stands on the receipt."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = directory.category_choices(Words.here().language)
        fields = [(code, name) for code, name in offered if "." not in code and "/" not in name]
        self.fields["category"].choices = [("", _("I would rather not say")), *fields]  # type: ignore[attr-defined]

    def who(self) -> PersonInput:
        """Who comes, as people takes it."""
        return PersonInput(name=self.cleaned_data["name"], phone=self.cleaned_data["phone"])

    def clean_about(self) -> str:
        typed: str = self.cleaned_data["about"]
        number = normal_number(typed)
        if typed and number is None:
            raise forms.ValidationError(
                _(
                    "That is no number of a petition. Compare it with the receipt, or leave it empty."
                )
            )
        return number or ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "name" in cleaned and "phone" in cleaned:
            words = Words.here()
            for fact, problem in problems(self.who()).items():
                if fact in _ASKED:
                    facts = {"field": fact.value, **problem.facts}
                    self.add_error(fact.value, words.say(Refusal(problem.code, None, facts)))
        return cleaned


class OpenForm(PortalForm):
    """What stands on the slip of a booking."""

    number = Line(
        label=gettext_lazy("Booking number"),
        longest=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    code = Line(
        label=gettext_lazy("Booking code"),
        longest=60,
        help_text=gettext_lazy("Eight letters and digits. Capitals or not makes no difference."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
