"""Middleware: caching, forms after the session expired, current programme."""

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from cases.roles import programmes_by_slug
from mentorship.writing import CHOICE
from web import expired_session


def nothing_is_stored(get_response):
    """Forbid caching (phones are shared) unless the response allows it."""

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
