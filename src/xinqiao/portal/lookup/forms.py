"""Number and code, and what a petitioner writes on an open matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinqiao.evidence.values import MAX_BYTES
from xinqiao.portal.forms import Line, PortalForm, Text
from xinqiao.ui.forms import FilesField

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


class WithFilesForm(StepForm):
    """A step with which photos and papers may come. What a file is, is judged where it is kept."""

    files = FilesField(  # type: ignore[assignment]  # the metaclass takes it out of the class
        label=_("Photos and papers"),
        required=False,
        max_bytes=MAX_BYTES,
        help_text=_("Photos, PDF, Word, Excel, recordings. At most 10, of 50 MB each."),
    )

    field_order = ("supplement", "reason", "to_unit", "files")


class SupplementForm(WithFilesForm):
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
