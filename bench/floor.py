"""The cheapest page there can be for somebody signed in, beside the site's own addresses."""

from django.http import HttpResponse
from django.urls import path

from mentorship.urls import urlpatterns as pages

FLOOR = "/gulv/"


def floor(request):
    """Two queries: the session and the user."""
    request.session.get("indsats")
    return HttpResponse(f"{request.user.is_active}"[:6])


urlpatterns = [path(FLOOR.removeprefix("/"), floor), *pages]
