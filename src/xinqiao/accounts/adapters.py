"""How allauth fits this house: staff never register themselves, secrets lie encrypted, identities must be linked."""

import base64
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.accounts import citizens, log, queries, sessions
from xinqiao.accounts.addresses import client_address
from xinqiao.config.home import derived_key

_REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts of staff: opened by administrators, entered with log-in name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Log-in name and password do not fit. Check both, and whether Caps Lock is on; "
            "if you have forgotten the password, ask your administrator for a new one."
        ),
        "too_many_login_attempts": gettext_lazy(
            "That went wrong too often. Wait five minutes, then try again; "
            "if you have forgotten the password, ask your administrator for a new one."
        ),
        "enter_current_password": gettext_lazy("This is not your password. Type it once more."),
        "incorrect_password": gettext_lazy("This is not your password. Type it once more."),
        "rate_limited": gettext_lazy(
            "That went wrong too often. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A closed account is told apart from none by nobody."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Chosen by the owner, who from now on is the only one to know it."""
        user.must_change_password = False  # type: ignore[attr-defined]
        super().set_password(user, password)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Who works at the desk is not at the same time a citizen in the portal."""
        citizens.leave(request)
        super().login(request, user)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **login: Any
    ) -> HttpResponse:
        if "sociallogin" in (login.get("signal_kwargs") or {}):
            sessions.came_by_single_sign_on(request)
        answer: HttpResponse = super().post_login(request, user, **login)
        return answer

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:account")


@lru_cache(maxsize=1)
def _box() -> Fernet:
    key = derived_key(settings.XINQIAO_HOME, "second factor")
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are encrypted with a key of this platform."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not fit. Take the one that the app shows now, and check the clock of your phone."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "At this place everybody needs a second factor. Set up another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is required, the last one stays."""
        if settings.XINQIAO_SECOND_FACTOR != "required" or authenticator.type not in _REAL_FACTORS:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_REAL_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(
        self, user: AbstractBaseUser, type: Authenticator.Type
    ) -> str:  # fmt: skip
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)d") % {"number": count + 1}


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens accounts that an administrator linked, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time the linked name decides; from then on the identity that came with it, and no other."""
        if sociallogin.state.get("process", "login") != "login":
            self._refuse(request)  # nobody links an identity to their own account
        if not sociallogin.is_existing:
            account = self._linked(sociallogin)
            if account is None:
                self._refuse(request)
            sociallogin.connect(request, account)
        if not sociallogin.user.is_active:
            self._refuse(request)

    def _linked(self, sociallogin: SocialLogin) -> AbstractBaseUser | None:
        """The account linked to the name, as long as no identity has come with that name before."""
        said = sociallogin.account.extra_data
        said = said.get("userinfo") or said.get("id_token") or said
        place = settings.XINQIAO_SINGLE_SIGN_ON
        account = queries.account_linked_to(str(said.get(place.claim) or "") if place else "")
        taken = SocialAccount.objects.filter(user=account).exists() if account else False
        return None if taken else account

    def _refuse(self, request: HttpRequest) -> None:
        log.sign_on_refused(request)
        messages.error(
            request,
            _(
                "You are known to single sign-on, but no account here is linked to you. Ask your administrator"
                " to link it, or log in with name and password."
            ),
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("desk:login")))
