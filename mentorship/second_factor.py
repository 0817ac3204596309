"""Middleware: whoever sees names shows a second factor before anything else answers them."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from accounts.second_factor import factors, is_shown
from cases.models import Role
from cases.roles import running_roles
from demo import logins
from setup.operators import is_site_operator
from web import expired_session, security_log

READERS = {Role.COMMITTEE, Role.FOLLOW_GROUP}  # of issued reports
# Besides what needs no sign-in. Nothing here shows anybody but the user.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_add_webauthn",
    "mfa_activate_totp",
}
# A session that is signed in could only link another account.
SINGLE_SIGN_ON = ("openid_connect_", "saml_")


def needs_factor(user):
    """Whether a role the user holds today demands one; a new site's operator has none yet."""
    held = running_roles(user)
    if not held:
        return is_site_operator(user)
    return any(
        role not in READERS or programme.mfa_for_readers
        for programme, roles in held.items()
        for role in roles
    )


def is_open(path):
    try:
        match = resolve(path)
    except Resolver404:
        return False
    name = match.url_name
    if name.startswith(SINGLE_SIGN_ON):
        return False
    return name in OPEN or not getattr(match.func, "login_required", True)


def require_second_factor(get_response):
    """Send a session that has shown no factor to /konto/sikkerhed/ until one is set up.

    A form it posts is kept. If the user has a factor, the session is from before it was set up: it
    ends, since whoever holds it could add a factor of their own. Must come after end_with_last_role
    and inside keep_typed_form. `request.asks_factor` is for the menu.
    """

    def middleware(request):
        user = request.user
        request.asks_factor = (
            user.is_authenticated
            and not is_shown(request)
            and needs_factor(user)
            and not logins.let_in_without_factor(user)
        )
        if not request.asks_factor:
            return get_response(request)
        if factors(user).exists():
            security_log.record("session_ended", why="factor_not_shown")
            request.session.flush()
            request.user, request.asks_factor = AnonymousUser(), False
            return get_response(request)
        if is_open(request.path_info):
            return get_response(request)
        if request.method == "POST":
            expired_session.keep(request)
        return redirect("mfa_index")

    return middleware
