"""The addresses that allauth knows by its own names. Only these of its pages exist: nobody registers themselves."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import RedirectView

from xinqiao.desk.access import for_account
from xinqiao.desk.account import views

_FACTOR = "account/second-factor/"

urlpatterns = [
    path("log-in/", views.LogIn.as_view(), name="account_login"),
    path("log-out/", views.LogOut.as_view(), name="account_logout"),
    path("log-in/closed/", views.closed, name="account_inactive"),
    path("log-in/second-factor/", factor.authenticate, name="mfa_authenticate"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/password/", for_account(account.password_change), name="account_change_password"),
    path("account/password/none/", lambda request: redirect("desk:account"), name="account_set_password"),
    path(_FACTOR, for_account(factor.index), name="mfa_index"),
    path(f"{_FACTOR}app/", for_account(totp.activate_totp), name="mfa_activate_totp"),
    path(f"{_FACTOR}app/remove/", for_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_FACTOR}codes/", for_account(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{_FACTOR}codes/new/", for_account(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(f"{_FACTOR}codes/file/", for_account(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path(f"{_FACTOR}keys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path(f"{_FACTOR}keys/add/", for_account(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(f"{_FACTOR}keys/<int:pk>/remove/", for_account(views.RemoveKey.as_view()), name="mfa_remove_webauthn"),
    path(f"{_FACTOR}keys/<int:pk>/rename/", for_account(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("sign-on/<str:provider_id>/", views.go_to_single_sign_on, name="openid_connect_login"),
    path("sign-on/<str:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("sign-on-failed/", social.login_error, name="socialaccount_login_error"),
    path("sign-on-cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
]  # fmt: skip
