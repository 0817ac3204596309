"""Signing out, a new password by mail, and the page "Din sikkerhed"."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.views import LogoutView, PasswordResetFromKeyView, PasswordResetView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.internal.flows import deactivate_totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.generic import TemplateView

from accounts import known_devices, sessions
from accounts.mails import MAIL_ERRORS
from accounts.second_factor import factors
from web import expired_session, security_log
from web.dates import days_ago, today
from web.views import ActionView

AT_ONCE = "straks"  # in the address of AddPasskey: ask for the passkey without a tap


class LogOut(LogoutView):
    """Also clear the browser's storage: phones are shared."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


class AskForLink(PasswordResetView):
    """Says so if the mail server does not answer."""

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        user = get_adapter(self.request).log("password_reset_asked", email)
        try:
            return super().form_valid(form)
        except MAIL_ERRORS:
            security_log.record("mail_failed", user=user and user.pk, mail="password_reset_key")
            form.add_error(None, "Mailen kunne ikke sendes. Prøv igen om lidt.")
            response = self.form_invalid(form)
            response.status_code = 503
            return response


class NewPassword(PasswordResetFromKeyView):
    """Who has the link may try again, and the device is known from now on."""

    reset_url_key = "ny"

    def form_valid(self, form):
        response = super().form_valid(form)
        email = self.reset_user.email
        get_adapter(self.request).forget_tries(self.request, email)
        known_devices.remember(self.request, response, email)
        return response


class Security(TemplateView):
    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        mine = list(factors(user).order_by("created_at"))
        codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES)
        return super().get_context_data(
            factors=[(factor, used(factor)) for factor in mine],
            has_app=any(factor.type == Authenticator.Type.TOTP for factor in mine),
            codes_left=[len(row.wrap().get_unused_codes()) for row in codes],
            has_password=user.has_usable_password(),
            devices=devices(self.request),
            **kwargs,
        )


def used(factor):
    """'Tilføjet i dag kl. 9.05, brugt i dag kl. 10.12'"""
    added = f"Tilføjet {moment(factor.created_at)}"
    return f"{added}, brugt {moment(factor.last_used_at)}" if factor.last_used_at else added


def devices(request):
    """[(device in words, sentence, key)], the one in use first; its key is ""."""
    here, others = [], []
    for session in request.user.sessions.running().order_by("-seen_at"):
        since = f"Logget ind {moment(session.signed_in_at)}"
        if session.session_key == request.session.session_key:
            here = [(session.device, f"{since}, i brug nu", "")]
        else:
            used = f"{since}, sidst brugt {moment(session.seen_at)}"
            others.append((session.device, used, session.public_key))
    return here + others


def moment(at):
    """'i dag kl. 09.05', 'i går kl. 21.40'"""
    at = localtime(at)
    return f"{days_ago(at.date(), today())} kl.\N{NO-BREAK SPACE}{at:%H.%M}"


class AddPasskey(AddWebAuthnView):
    """Always a passkey that signs in by itself; needs allauth's script."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = webauthn.begin_registration(self.request.user, True)
        at_once = self.request.method == "GET" and AT_ONCE in self.request.GET
        return context | {"js_data": {"creation_options": options}, "at_once": at_once}


class RecoveryCodes(ViewRecoveryCodesView):
    """Shown once; then on to the form that a missing factor has kept, if any."""

    def get_context_data(self, **kwargs):
        kept = self.request.session.get(expired_session.KEY, {})
        return super().get_context_data(next_page=kept.get("url", reverse("home")), **kwargs)


@method_decorator(reauthentication_required, name="dispatch")
class RemoveFactor(ActionView):
    """Not the last one: that would lock its owner out."""

    def has_permission(self):
        return True

    def get_success_url(self):
        return reverse("mfa_index")

    def act(self):
        mine = factors(self.request.user)
        keys = {str(row.pk): row for row in mine}
        factor = keys.get(self.request.POST.get("faktor"))
        if factor is None:
            raise ValidationError("Den er allerede fjernet.")
        if len(keys) == 1:
            raise ValidationError("Det er den eneste. Tilføj en anden, før du fjerner den.")
        is_app = factor.type == Authenticator.Type.TOTP
        (deactivate_totp if is_app else remove_authenticator)(self.request, factor)
        return "Den er fjernet. Dine andre enheder er logget ud."


@method_decorator(reauthentication_required, name="dispatch")
class EndSessions(ActionView):
    """One on another device, or all of them."""

    def has_permission(self):
        return True

    def get_success_url(self):
        return reverse("mfa_index")

    def act(self):
        others = self.request.user.sessions.running().except_for(self.request)
        if "alle" in self.request.POST:
            sessions.end(others, "all_others")
            return "Alle andre enheder er logget ud."
        chosen = self.request.POST.get("enhed")
        keys = [row.pk for row in others if row.public_key == chosen]
        if not sessions.end(others.filter(pk__in=keys), "elsewhere"):
            raise ValidationError("Enheden er allerede logget ud.")
        return "Enheden er logget ud."
