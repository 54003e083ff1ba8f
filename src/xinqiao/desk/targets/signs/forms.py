"""What somebody says who looked at a sign."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.desk.controls import DeskForm, Words
from xinqiao.desk.words import Names
from xinqiao.rules.refusals import Refusal
from xinqiao.targets.integrity.values import Outcome


class AnswerForm(DeskForm):
    """Explained, confirmed or put right, in words."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What it turned out to be"), widget=forms.RadioSelect
    )
    words = Words(
        long=True,
        rows=4,
        label=gettext_lazy("In words"),
        help_text=gettext_lazy(
            "Which cases were looked at and what was seen. It stays as written, with your name;"
            " do not name petitioners."
        ),
    )

    def __init__(self, names: Names, data: Any = None) -> None:
        super().__init__(data)
        self.names = names
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (Outcome.EXPLAINED.value, _("Explained: there is another reason")),
            (Outcome.CONFIRMED.value, _("Confirmed: it is as it looks")),
            (Outcome.CORRECTED.value, _("Put right: it was so, and has been corrected")),
        ]

    def refuse(self, refusal: Refusal) -> None:
        field = refusal.facts.get("field", "")
        self.add_error(field if field in self.fields else None, self.names.say(refusal))
