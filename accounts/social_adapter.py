"""allauth's adapter of single sign-on: who gets in (docs/decisions/035-single-sign-on.md)."""

from functools import partial

import requests
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.db import transaction
from django.shortcuts import render

from accounts.models import User
from accounts.provider import BadToken
from web import security_log

# In the session: the key of the user who showed a second factor to the provider.
FACTOR_SHOWN = "factor_shown_to_provider"
SECONDS = 5  # for each answer of the provider

# {reason: (status, sentences)}; other reasons are told as "failed".
TOLD = {
    "stranger": (
        403,
        "Din e-mail er ikke inviteret. Din tovholder inviterer dig; du kan ikke oprette dig selv.",
    ),
    "no_email": (403, "{name} oplyste ingen e-mail, så vi kan ikke se, hvem du er."),
    "unverified_email": (403, "{name} har ikke bekræftet, at e-mailen er din."),
    "other_subject": (
        403,
        "Kontoen med din e-mail hører til en anden bruger hos {name}. Spørg din administrator.",
    ),
    "cancelled": (403, "Du afbrød hos {name}."),
    "provider_down": (503, "{name} svarer ikke lige nu. Prøv igen om lidt."),
    "failed": (400, "Svaret fra {name} kunne ikke bruges. Prøv forfra."),
}


class OnlyInvited(DefaultSocialAccountAdapter):
    def list_apps(self, request, provider=None, client_id=None):
        """allauth would look in a table as well."""
        return [
            SocialApp(**app)
            for app in settings.SINGLE_SIGN_ON
            if provider in (None, app["provider"], app["provider_id"])
            and client_id in (None, app["client_id"])
        ]

    def get_requests_session(self):
        """Only the provider's address is asked, none it redirects to."""
        session = requests.Session()
        session.max_redirects = 0
        session.request = partial(session.request, timeout=SECONDS)
        return session

    def is_open_for_signup(self, request, sociallogin):
        return False

    def can_authenticate_by_email(self, login, email):
        """allauth's way takes the user's password away; `first_time` is ours."""
        return False

    def populate_user(self, request, sociallogin, data):
        """Nothing of the provider's becomes the user's."""

    def on_authentication_error(self, request, provider, error=None, exception=None, **kwargs):
        if error == AuthError.CANCELLED:
            reason = "cancelled"
        elif isinstance(exception, requests.RequestException):
            reason = "provider_down"
        elif isinstance(exception, BadToken):
            reason = str(exception)
        elif exception:
            reason = "code_refused"
        elif errors := kwargs.get("extra_context", {}).get("saml_errors"):
            reason = errors[0]
        else:
            reason = "not_asked_for"
        refuse(request, provider, reason)

    def pre_social_login(self, request, sociallogin):
        """Find the user, or refuse. `sociallogin` has its user if the subject is known."""
        if sociallogin.nonce != sociallogin.state.get("nonce"):
            refuse(request, sociallogin.provider, "other_nonce")
        if request.user.is_authenticated:
            get_account_adapter(request).logout(request)
        if not sociallogin.is_existing:
            self.first_time(request, sociallogin)
        accepted = sociallogin.provider.app.settings["factor_values"]
        if sociallogin.factors.isdisjoint(accepted):
            request.session.pop(FACTOR_SHOWN, None)
        else:
            request.session[FACTOR_SHOWN] = sociallogin.user.pk

    def who_is_invited(self, email):
        """Return the user that an invitation to the e-mail makes, or None; a subclass knows."""
        return None

    def first_time(self, request, login):
        """Give the account that has the e-mail this subject, for good, unless it has another."""
        addresses = login.email_addresses
        verified = [address.email for address in addresses if address.verified]
        if not verified:
            reason = "unverified_email" if addresses else "no_email"
            refuse(request, login.provider, reason, *(a.email for a in addresses[:1]))
        email = verified[0].lower()
        others = SocialAccount.objects.filter(provider=login.account.provider)
        with transaction.atomic():
            user = User.objects.select_for_update().filter(email=email).first()
            user = user or self.who_is_invited(email)
            if user is None:
                refuse(request, login.provider, "stranger", email)
            if not user.is_active:
                inactive = get_account_adapter(request).respond_user_inactive(request, user)
                raise ImmediateHttpResponse(inactive)
            if others.filter(user=user).exists():
                refuse(request, login.provider, "other_subject", email)
            login.user = login.account.user = user
            login.account.save()
        security_log.record("single_sign_on_linked", user=user.pk)
        self.send_notification_mail(
            "socialaccount/email/account_connected", user, {"name": login.provider.name}
        )


def factor_was_shown(request, user):
    """Whether acr, amr or authentication context of this session is in SSO_FACTOR_VALUES."""
    return user.is_authenticated and request.session.get(FACTOR_SHOWN) == user.pk


def refuse(request, provider, reason, email=None):
    """Log the reason, and raise ImmediateHttpResponse with its page."""
    adapter = get_account_adapter(request)
    if email:
        adapter.log("single_sign_on_refused", email, reason=reason)
    else:
        security_log.record(
            "single_sign_on_refused", address=adapter.address(request), reason=reason
        )
    status, told = TOLD.get(reason, TOLD["failed"])
    context = {"told": told.format(name=provider.name), "name": provider.name}
    template = "socialaccount/authentication_error.html"
    raise ImmediateHttpResponse(render(request, template, context, status=status))
