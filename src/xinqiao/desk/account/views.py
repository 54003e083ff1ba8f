"""Logging in and out, each written into the audit."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.ui.forms import Renderer


class LogInForm(AuthenticationForm):
    """Log-in name and password. One message for every failure: it tells nobody which names exist."""

    default_renderer = Renderer
    error_messages = {
        "invalid_login": _(
            "Log-in name and password do not fit. Check both, and whether Caps Lock is on; "
            "if you have forgotten the password, ask your administrator for a new one."
        ),
        "inactive": _("This account is closed. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Log-in name")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget.attrs |= {"spellcheck": "false"}


def _now(request: HttpRequest) -> datetime:
    """The one time of the request."""
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


class LogIn(LoginView):
    """The page that asks who you are."""

    template_name = "desk/account/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        audit.record(AuditAction.LOGGED_IN, now=_now(self.request), by_account=form.get_user().pk)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The account that somebody tried to enter is noted by its number; what was typed is not."""
        named = get_user_model()._default_manager.filter(
            username=form.cleaned_data.get("username", "")
        )
        audit.record(
            AuditAction.LOGIN_FAILED,
            now=_now(self.request),
            by_account=None,
            object_kind="account",
            object_id=named.values_list("pk", flat=True).first(),
        )
        return super().form_invalid(form)


class LogOut(LogoutView):
    """Ends the session; by POST only."""

    http_method_names = ["post", "options"]
    next_page = reverse_lazy("desk:login")  # type: ignore[assignment]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = request.user.pk
        answer = super().post(request, *args, **kwargs)
        if account is not None:
            audit.record(AuditAction.LOGGED_OUT, now=_now(self.request), by_account=account)
        answer["Clear-Site-Data"] = (
            '"cache"'  # the next person at this screen cannot go back into it
        )
        return answer
