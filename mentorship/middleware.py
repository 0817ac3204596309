"""Middleware: headers, odd requests, sessions without a role, forms kept, current programme."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.http import Http404
from django.middleware.security import SecurityMiddleware
from django.utils.functional import SimpleLazyObject

from cases.roles import HAD_ROLE, programmes_by_slug, running_roles
from mentorship.writing import CHOICE
from web import expired_session, security_log

UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cache-Control": "no-store, private",  # phones are shared
}


class AnswerHeaders(SecurityMiddleware):
    """Give each answer its headers, static files too; a response may set its own Cache-Control.

    Around Django's SecurityMiddleware, whose headers are missing when its redirect to https refuses
    the Host.
    """

    def process_request(self, request):
        return None

    def process_response(self, request, response):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return super().process_response(request, response)


def requests_are_utf8(get_response):
    """Must come before anything that reads the address or the form."""

    def middleware(request):
        if request.content_params.get("charset", "utf-8").strip("\"'").lower() != "utf-8":
            raise BadRequest("A request in another charset than UTF-8")
        return get_response(request)

    return middleware


def end_with_last_role(get_response):
    """End the session unless the user had no role when they signed in.

    Must come before keep_typed_form, which keeps what was sent.
    """

    def middleware(request):
        user = request.user
        had_role = user.is_authenticated and request.session.get(HAD_ROLE)
        if had_role and not running_roles(user):
            security_log.record("session_ended", why="last_role_ended")
            request.session.flush()
            request.user = AnonymousUser()
        return get_response(request)

    return middleware


def keep_typed_form(get_response):
    """Must come before LoginRequiredMiddleware, which redirects."""

    def middleware(request):
        if (
            request.user.is_authenticated
            and request.session.get(expired_session.KEY, {}).get("author", request.user.pk)
            != request.user.pk
        ):
            expired_session.drop(request)
        response = get_response(request)
        if (
            request.method == "POST"
            and response.status_code == 302
            and not request.user.is_authenticated
        ):
            expired_session.keep(request)
        return response

    return middleware


def current_programme(get_response):
    """Set `request.programme`, also from `?indsats=slug`; falsy without a role."""

    def middleware(request):
        request.programme = SimpleLazyObject(lambda: chosen_programme(request))
        is_choice = CHOICE in request.GET and request.method != "POST"
        if is_choice and request.user.is_authenticated:
            bool(request.programme)  # an unknown one is a 404 here, not while a 404 page is drawn
        return get_response(request)

    return middleware


def chosen_programme(request):
    """Raise Http404 for a programme in which the user has no role today."""
    programmes = programmes_by_slug(request.user)
    asked = request.GET.get(CHOICE)
    if asked is not None:
        if asked not in programmes:
            request.programme = None  # for the 404 page
            raise Http404
        if request.session.get(CHOICE) != asked:  # saves a write per page
            request.session[CHOICE] = asked
    remembered = programmes.get(request.session.get(CHOICE))
    return remembered or next(iter(programmes.values()), None)
