"""The forms of log-in and of one's own account: allauth's, in our words and drawn with our components."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinqiao.ui.forms import RENDERER

Said = dict[str, str | Promise]


class _OurWords(forms.Form):
    """Our labels and helps; no placeholders; our own sentences instead of the browser's."""

    default_renderer = RENDERER
    use_required_attribute = False
    labels: Said = {}
    helps: Said = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = str(self.helps.get(name, ""))


class LogInForm(_OurWords, account.LoginForm):
    """Log-in name and password. One message for every failure: it tells nobody which names exist."""

    labels = {"login": _("Log-in name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"spellcheck": "false", "autofocus": True}

    def add_prefix(self, field_name: str) -> str:
        """In the page it is called what browsers and their password stores call it."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class PasswordAgainForm(_OurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):
    """The password until now is no new one: whoever gave it would go on knowing it."""

    labels = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    helps = {
        "password1": _(
            "At least 12 characters; a sentence of several words is easier to remember than signs. Not your name,"
            " not a common password."
        )
    }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("password1")
        if new and new == cleaned.get("oldpassword"):
            self.add_error("password1", _("That is the password until now. Choose another one."))
        return cleaned


_CODE = _("Code")
_CODE_HELP = _(
    "The six digits that the app on your phone shows now, or one of your recovery codes."
)


class CodeForm(_OurWords, factor.AuthenticateForm):
    labels, helps = {"code": _CODE}, {"code": _CODE_HELP}


class CodeAgainForm(_OurWords, factor.ReauthenticateForm):
    labels, helps = {"code": _CODE}, {"code": _CODE_HELP}


class ActivateAppForm(_OurWords, ActivateTOTPForm):
    labels = {"code": _CODE}
    helps = {"code": _("The six digits that the app shows after you scanned the picture.")}


class AddKeyForm(_OurWords, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name of the key")}
    helps = {
        "name": _("So that you can tell several apart: the place where you keep it, for example.")
    }


class RenameKeyForm(_OurWords, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of the key")}
