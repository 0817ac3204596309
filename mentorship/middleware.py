"""Middleware: no caching, forms kept when the session has expired, the current programme."""

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from cases.roles import running_roles
from web import expired_session

CHOICE = "indsats"


def nothing_is_stored(get_response):
    """Forbid browsers and proxies to store pages: phones are shared.

    A response that sets Cache-Control itself (static files, the offline page) keeps it.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

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
    """Set `request.programme`; it is false for a user without a role.

    `?indsats=slug` chooses it, and the session remembers it, so that a link opens the same
    programme for a colleague. A view about one person sets it to that person's programme.
    """

    def middleware(request):
        request.programme = SimpleLazyObject(lambda: chosen_programme(request))
        return get_response(request)

    return middleware


def chosen_programme(request):
    """Raise Http404 if the address names a programme in which the user has no role today."""
    programmes = {programme.slug: programme for programme in running_roles(request.user)}
    asked = request.GET.get(CHOICE)
    if asked is not None:
        if asked not in programmes:
            request.programme = None  # the 404 page reads it
            raise Http404
        if request.session.get(CHOICE) != asked:  # saves a write per page
            request.session[CHOICE] = asked
    remembered = programmes.get(request.session.get(CHOICE))
    return remembered or next(iter(programmes.values()), None)
