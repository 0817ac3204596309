"""The second factor: who has shown one, and what a change of one ends.

Who needs one: mentorship/second_factor.py.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.dispatch import receiver

from accounts import encryption, sessions
from accounts.devices import device_words
from accounts.social_adapter import factor_was_shown
from web import security_log

METHOD = "mfa"  # in allauth's record of how a session was signed in
FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


class Adapter(DefaultMFAAdapter):
    """settings.MFA_ADAPTER"""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": (
            "Nødkoder hører til en adgangsnøgle eller en kode-app. Tilføj en af dem først."
        ),
        "incorrect_code": "Koden er forkert eller brugt. Skriv den, der står nu.",
    }

    def encrypt(self, text):
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        return encryption.decrypt(encrypted_text)

    def _get_site_name(self):
        return "Mentorindsats"

    def generate_authenticator_name(self, user, type):
        """Return the device, such as "iPhone, Safari"."""
        return device_words(context.request.META.get("HTTP_USER_AGENT", ""))


def factors(user):
    """Without recovery codes, which come with the others."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def is_shown(request):
    """Whether the user has shown a second factor since they signed in, here or elsewhere."""
    records = get_authentication_records(request, request.user)
    is_ours = any(record.get("method") == METHOD for record in records)
    return is_ours or factor_was_shown(request, request.user)  # single sign-on's


class FactorStage(AuthenticateStage):
    """Skipped when single sign-on's provider has seen a factor."""

    def handle(self):
        if factor_was_shown(self.request, self.login.user):
            return None, True
        return super().handle()


@receiver(signals.authenticator_added)
def begin_with(sender, request, user, authenticator, **kwargs):
    """Who has just set a factor up has shown it; sessions from before have not, and end."""
    if authenticator.type not in FACTORS:
        return
    security_log.record("factor_added", user=user.pk, kind=str(authenticator.type))
    facts = {"id": authenticator.pk, "type": str(authenticator.type)}
    record_authentication(request, user, METHOD, reauthenticated=True, **facts)
    sessions.end(user.sessions.running().except_for(request), "factor_added")


@receiver(signals.authenticator_removed)
def end_with(sender, request, user, authenticator, **kwargs):
    """End the user's other sessions: one of them may be on the device that is lost."""
    if authenticator.type not in FACTORS:
        return
    security_log.record("factor_removed", user=user.pk, kind=str(authenticator.type))
    if not factors(user).exists():
        request.session.pop(AUTHENTICATION_METHODS_SESSION_KEY, None)
    sessions.end(user.sessions.running().except_for(request), "factor_removed")


@receiver(signals.authenticator_used)
def log_recovery_code(sender, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        security_log.record("recovery_code_used", user=user.pk)


@receiver(signals.authenticator_reset)
def log_new_codes(sender, user, **kwargs):
    security_log.record("recovery_codes_made", user=user.pk)


@receiver(signals.authentication_failed)
def log_wrong_code(sender, user, **kwargs):
    security_log.record("factor_failed", user=user.pk)


def remove_all(user):
    """Take all factors and the password of a user, and end their sessions.

    They come in by a mailed link: neither the old password nor a new factor is enough.
    """
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions.end(user.sessions.running(), "factor_reset")
