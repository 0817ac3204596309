"""One code app for all of the demo's logins that are asked for a second factor."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings

from demo import logins


def secret_file():
    return settings.VAR_DIR / "demo" / "code-app"


def is_asked_for():
    return settings.DEMO_ASKS_FACTOR or not settings.LOCAL


def give():
    """Give it to each login that has none; its key is kept beside the password."""
    path = secret_file()
    if not path.exists():
        path.write_text(auth.generate_totp_secret())  # the owner's alone: settings.py
    app = Authenticator.Type.TOTP
    for user in logins.existing().values():
        if not Authenticator.objects.filter(user=user, type=app).exists():
            auth.TOTP.activate(user, path.read_text().strip())


def code_now():
    """Of this half minute; None if the logins have no code app."""
    path = secret_file()
    if not path.exists():
        return None
    counter = next(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(path.read_text().strip(), counter))
