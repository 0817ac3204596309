"""The programme the page is about."""

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from cases.roles import running_roles

CHOICE = "indsats"


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
