"""What roles mean for the session that begins."""

from accounts.devices import is_phone
from accounts.sessions import IDLE_MINUTES
from cases.roles import HAD_ROLE, running_roles

PHONE_IDLE_MINUTES = 8 * 60  # as long as a session lasts


def remember_roles(sender, request, user, **kwargs):
    programmes = running_roles(user)
    request.session[HAD_ROLE] = bool(programmes)
    stays = programmes and all(programme.phones_stay_signed_in for programme in programmes)
    if stays and is_phone(request.META.get("HTTP_USER_AGENT", "")):
        request.session[IDLE_MINUTES] = PHONE_IDLE_MINUTES
    else:
        request.session.pop(IDLE_MINUTES, None)
