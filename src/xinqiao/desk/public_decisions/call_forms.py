"""The forms of suggestion calls."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day, Pick, Words, labelled
from xinqiao.desk.public_decisions.forms import ActForm, coded
from xinqiao.desk.words import Names
from xinqiao.public_decisions.values import Call, NewCall
from xinqiao.rules.fields import ACCOUNTS, FIELDS
from xinqiao.rules.suggestion_calls import Adoption


class CallForm(ActForm):
    """A call: about what, in which days, for which area."""

    def __init__(self, names: Names, units: Sequence[str], before: Call | None, data: Any) -> None:
        names_of = ("topic", "words", "region", "category", "opens_on", "closes_on")
        super().__init__(
            data, initial={one: getattr(before, one) for one in names_of} if before else {}
        )
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(
                label=_("Called by"), choices=[(code, names.unit(code)) for code in units]
            )
        self.fields["topic"] = Words(label=_("Topic"), max_length=200)
        self.fields["words"] = Words(
            label=_("What is asked"),
            long=True,
            rows=6,
            help_text=_("Everybody reads it on the portal."),
        )
        around = labelled(names.regions_around(units, before.region if before else ""))
        self.fields["region"] = Pick(around, label=_("Area"))
        self.fields["category"] = Pick(
            labelled(names.categories.items()),
            label=_("Category of the suggestions"),
            required=False,
        )
        self.fields["opens_on"] = Day(label=_("First day"))
        self.fields["closes_on"] = Day(label=_("Last day"))

    def value(self) -> NewCall:
        """The call as it was entered."""
        said = self.said()
        said.pop("unit", None)
        return NewCall(**said)


class EndForm(ActForm):
    """The end of a call, with a reason where its last day has not passed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = Words(
            label=_("Why before its last day"), long=True, rows=3, required=False,
            help_text=_("Only needed before the last day; everybody reads it."),
        )  # fmt: skip


class DecideForm(ActForm):
    """What is done with a suggestion, and the three accounts of the answer."""

    prefix = "decide"

    def __init__(self, names: Names, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adoption"] = forms.ChoiceField(
            label=_("Decision"), choices=coded(names, "adoption", Adoption), widget=forms.RadioSelect
        )  # fmt: skip
        self.fields["words"] = Words(
            label=_("Why, as the answer to who suggested it"), long=True, rows=5,
            help_text=_("When the suggestion is shown to everybody, these words stand with it."),
        )  # fmt: skip
        if not answered:
            for account in ACCOUNTS:
                choices = coded(names, account, FIELDS[account].choices)
                self.fields[account] = forms.ChoiceField(
                    label=names.word("field", account), choices=choices,
                    help_text=names.helping("field", account), widget=forms.RadioSelect,
                )  # fmt: skip

    def accounts(self) -> dict[str, str]:
        """The three accounts, where they were asked."""
        return {name: self.cleaned_data[name] for name in ACCOUNTS if name in self.cleaned_data}
