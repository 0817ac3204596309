"""Middleware: caching, sessions without a role, forms after the session ended, the programme."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from cases.roles import HAD_ROLE, programmes_by_slug, running_roles
from mentorship.writing import CHOICE
from web import expired_session, security_log


def nothing_is_stored(get_response):
    """Forbid caching (phones are shared) unless the response allows it."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def end_with_last_role(get_response):
    """End the session of a user whose last role has ended since they signed in.

    Must come before keep_typed_form, which keeps what was sent. Who signs in without a role may.
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
    """Keep a form that LoginRequiredMiddleware redirects; must come before it."""

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
