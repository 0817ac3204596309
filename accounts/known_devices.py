"""A cookie that says that somebody has signed in on this device with an e-mail before.

Wrong passwords from elsewhere then cannot keep its owner out (accounts/adapter.py). It opens
nothing by itself. After OWASP's "Slow Down Online Guessing Attacks with Device Cookies".
"""

import re
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MAX_AGE = 180 * 24 * 60 * 60
MOST = 5  # people who share a device
COOKIE = re.compile(r"[0-9a-f]{32}(\.[0-9a-f]{32})+")  # its random id, a proof for each of them


def device_id(request, email):
    """The device's, if the e-mail has signed in there, else None."""
    name, proofs = read(request)
    expected = proof(name, email)
    known = [p for p in proofs if constant_time_compare(p, expected)]
    return name if known else None


def remember(request, response, email):
    """The e-mail's owner has shown that it is them."""
    name, proofs = read(request)
    name = name or secrets.token_hex(16)
    mine = proof(name, email)
    kept = [mine, *(p for p in proofs if p != mine)][:MOST]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join([name, *kept]),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def read(request):
    """(random id, [proofs]) of the request's cookie; ("", []) without a whole one."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not COOKIE.fullmatch(cookie):
        return "", []
    name, *proofs = cookie.split(".")
    return name, proofs


def proof(name, email):
    return salted_hmac("accounts.known_devices", f"{name} {email.lower()}").hexdigest()[:32]
