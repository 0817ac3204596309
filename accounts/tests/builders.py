"""Builders of test data for signing in."""

from time import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client, user, *, factor=True, at=None):
    """Sign the user in to the test client, as after a passkey; `factor` False: a password alone.

    `at`: when, for what must have been shown recently; None for now.
    """
    client.force_login(user, backend=BACKEND)
    at = time() if at is None else at
    shown = [{"method": "password", "at": at}, {"method": "mfa", "at": at, "type": "webauthn"}]
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        *shown[: 2 if factor else 1],
        {"method": "signed_in", "at": at, "reauthenticated": True},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def with_app(user):
    """Give the user a code app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def recovery_codes(user):
    """Give the user recovery codes, and return them."""
    return RecoveryCodes.activate(user).get_unused_codes()


def next_recovery_code(user):
    """A code that lets the user in, who gets a code app if they have none; another each time."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        with_app(user)
    return recovery_codes(user)[0]
