"""The forms of a citizen's account: the phone, the code sent to it, number and query code of a petition."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.lookup.words import Words
from xinqiao.portal.forms import Line, PortalForm
from xinqiao.portal.lookup.forms import LookupForm
from xinqiao.rules.refusals import Refusal
from xinqiao.text.clean import Problem, normal_phone

_MOBILE_DIGITS = 11


class PhoneForm(PortalForm):
    """The phone to which a code is sent."""

    phone = Line(
        label=gettext_lazy("Mobile phone"),
        longest=40,
        help_text=gettext_lazy("A message with six digits is sent to it. Nothing else is sent."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if isinstance(phone, Problem):
            said = Words.here().say(Refusal(phone.code, None, {"field": "phone", **phone.facts}))
            raise forms.ValidationError(said)
        if len(phone) != _MOBILE_DIGITS or not phone.startswith("1"):
            raise forms.ValidationError(
                _("Only a mobile phone can get the code: eleven digits, the first of them 1.")
            )
        return phone


class CodeForm(PortalForm):
    """The code that was sent."""

    code = Line(
        label=gettext_lazy("Code"),
        longest=20,
        help_text=gettext_lazy("The six digits of the message. They open once, for five minutes."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Blanks and dashes that somebody typed between the digits do not count."""
        return "".join(
            sign for sign in self.cleaned_data["code"] if sign.isascii() and sign.isalnum()
        )


class AddForm(LookupForm):
    """Number and query code of a petition that was handed in before, or in another way."""

    go = None  # type: ignore[assignment]  # nobody goes on anywhere from here
