"""Forms of what the rules may refuse: the refusal stands at the field that it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.rules.refusals import Refusal


class RuledForm(DeskForm):
    """A form that speaks with the words of `names`, and says back what the rules refuse."""

    #: Fields of the form, by fields of the rules or codes of refusals, where they are named otherwise or not at all.
    refused_at: Mapping[str, str] = {}

    def __init__(self, names: Names, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.names = names

    def said(self, field: str, **more: Any) -> dict[str, Any]:
        """Label and help of a field that the rules know."""
        words = {
            "label": self.names.word("field", field),
            "help_text": self.names.helping("field", field),
        }
        return words | more

    def refuse(self, refusal: Refusal) -> None:
        """Shows a refusal at the field that it is about, or above the form."""
        named = str(refusal.facts.get("field", ""))
        places = (self.refused_at.get(named), named, self.refused_at.get(refusal.code))
        self.add_error(
            next((one for one in places if one in self.fields), None), self.names.say(refusal)
        )


class OutcomeForm(RuledForm):
    """What something that was pointed out turned out to be, in words that stay as written."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What it turned out to be"), widget=forms.RadioSelect
    )
    words = Words(long=True, rows=4, label=gettext_lazy("In words"))

    def __init__(
        self, names: Names, outcomes: Sequence[tuple[str, str]], help_text: str, data: Any = None
    ) -> None:
        super().__init__(names, data)
        self.fields["outcome"].choices = list(outcomes)  # type: ignore[attr-defined]
        self.fields["words"].help_text = help_text
