"""The site's middleware: no caching, forms kept when the session has expired, the programme of the request."""

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from cases.roles import running_roles
from web import expired_session

CHOICE = "indsats"


def nothing_is_stored(get_response):
    """Pages with names on them are kept by no browser and no cache on the way: a shared phone, the back button.

    An answer that already says how it may be cached (a static file, the offline shell) keeps its word.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def keep_typed_form(get_response):
    """Middleware around the one that asks people to sign in."""

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
    """Give every request a `programme`; it is false for somebody without a role.

    `?indsats=slug` chooses it, and the choice is remembered, so an address sent to a colleague shows the same
    programme. A view about one person sets `request.programme` to that person's.
    """

    def middleware(request):
        request.programme = SimpleLazyObject(lambda: chosen_programme(request))
        return get_response(request)

    return middleware


def chosen_programme(request):
    """Raises Http404 when the address names a programme in which the user holds no role today."""
    programmes = {programme.slug: programme for programme in running_roles(request.user)}
    asked = request.GET.get(CHOICE)
    if asked is not None:
        if asked not in programmes:
            request.programme = None  # the 404 page has a frame too
            raise Http404
        if request.session.get(CHOICE) != asked:  # a write for each page would be one too many
            request.session[CHOICE] = asked
    remembered = programmes.get(request.session.get(CHOICE))
    return remembered or next(iter(programmes.values()), None)
