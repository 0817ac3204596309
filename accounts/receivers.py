"""What happens when somebody signs in or out, or gets a new password."""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from accounts import known_devices, sessions
from accounts.devices import device_words
from web import security_log


@receiver(user_logged_in)
def begin_session(sender, request, user, **kwargs):
    request.session.sign_in(device_words(request.META.get("HTTP_USER_AGENT", "")))
    is_known = known_devices.device_id(request, user.email) is not None
    ways = {record["method"] for record in get_authentication_records(request, user)}
    how = next((way for way in ("socialaccount", "password") if way in ways), None)
    address = get_adapter().address(request)
    security_log.record("signed_in", user=user.pk, address=address, known_device=is_known, how=how)


@receiver(user_logged_out)
def log_signed_out(sender, request, user, **kwargs):
    if user:
        security_log.record("signed_out", user=user.pk, address=get_adapter().address(request))


@receiver([password_changed, password_reset])
def end_other_sessions(sender, request, user, **kwargs):
    """Whoever has one may not be the user; Django would end each at its next request."""
    sessions.end(user.sessions.running().except_for(request), "new_password")
