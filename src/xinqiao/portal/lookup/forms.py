"""Number and code, and what a petitioner writes on an open matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinqiao.portal.forms import Line, PortalForm, Text

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class LookupForm(PortalForm):
    """What stands on the receipt. `go` is where the reader wants to go on."""

    number = Line(
        label=_("Number"),
        longest=60,
        help_text=_("On the receipt, such as 20260317-482915-6."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    code = Line(
        label=_("Query code"),
        longest=60,
        help_text=_(
            "Eight letters and digits on the receipt. Capitals or not makes no difference."
        ),
        widget=forms.TextInput(attrs=_CODE),
    )
    go = forms.CharField(required=False, widget=forms.HiddenInput)


class StepForm(PortalForm):
    """A step of the petitioner; `seen` is the last entry of the ledger that stood on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SupplementForm(StepForm):
    """What was forgotten, what is new, or the answer to a question."""

    supplement = Text(
        label=_("Your supplement"),
        rows=8,
        help_text=_("The unit that has the matter sees it at once. It cannot be taken back."),
    )


class WithdrawForm(StepForm):
    """Taking the petition back."""

    reason = Text(
        label=_("Why do you take it back?"),
        rows=4,
        longest=5000,
        help_text=_("In a sentence: for example, that the problem was solved."),
    )


class WrittenOpinionForm(StepForm):
    """Asking for the written opinion after a plain answer: nothing to fill in."""
