"""The cheapest page for a signed-in user, beside the site's own paths."""

from django.http import HttpResponse
from django.urls import path

from mentorship.urls import urlpatterns as pages

FLOOR = "/gulv/"


def floor(request):
    """Two queries: session and user."""
    request.session.get("indsats")
    return HttpResponse(f"{request.user.is_active}"[:6])


urlpatterns = [path(FLOOR.removeprefix("/"), floor), *pages]
