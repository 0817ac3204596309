"""allauth's views under /konto/, without changing the e-mail, phones and codes."""

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import single_sign_on
from accounts.views import (
    AddPasskey,
    AskForLink,
    EndSessions,
    LogOut,
    NewPassword,
    RecoveryCodes,
    RemoveFactor,
    Security,
)

urlpatterns = [
    path("log-ind/", views.login, name="account_login"),
    path("log-ind/kode/", factor.authenticate, name="mfa_authenticate"),
    path("log-ind/noegle/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("log-ud/", LogOut.as_view(), name="account_logout"),
    path("opret/", views.signup, name="account_signup"),  # closed: says who invites
    path("enheder/", EndSessions.as_view(), name="account_end_sessions"),
    path("lukket/", views.account_inactive, name="account_inactive"),
    path("bekraeft/", views.reauthenticate, name="account_reauthenticate"),
    path("bekraeft/kode/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("bekraeft/noegle/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sikkerhed/", Security.as_view(), name="mfa_index"),
    path("sikkerhed/noegle/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("sikkerhed/kode-app/", app.activate_totp, name="mfa_activate_totp"),
    # Where allauth sends who has an app: it is removed by its button.
    path(
        "sikkerhed/kode-app/fjern/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_deactivate_totp",
    ),
    path("sikkerhed/fjern/", RemoveFactor.as_view(), name="mfa_remove_factor"),
    path("sikkerhed/noedkoder/", RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "sikkerhed/noedkoder/nye/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("adgangskode/", views.password_change, name="account_change_password"),
    # Users without a password use the reset e-mail.
    path(
        "adgangskode/mangler/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("glemt/", AskForLink.as_view(), name="account_reset_password"),
    path("glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "glemt/faerdig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The key moves to the session, out of the address.
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    # allauth's code asks for these names, and for `organization_slug`.
    path("sso/oidc/", single_sign_on.oidc_log_in, name="openid_connect_login"),
    path("sso/oidc/svar/", single_sign_on.oidc_callback, name="openid_connect_callback"),
    re_path(
        r"^sso/(?P<organization_slug>saml)/",
        include(
            [
                path("", single_sign_on.saml_log_in, name="saml_login"),
                path("svar/", single_sign_on.saml_answer, name="saml_acs"),
                path("svar/faerdig/", single_sign_on.saml_finish, name="saml_finish_acs"),
                path("metadata/", single_sign_on.saml_metadata, name="saml_metadata"),
                path("log-ud/", single_sign_on.saml_log_out, name="saml_sls"),
            ]
        ),
    ),
]
