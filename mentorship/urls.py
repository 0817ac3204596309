"""Paths are Danish without æ, ø, å; names are English."""

from django.urls import include, path

from mentorship import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("cases.urls")),
    path("", include("imports.urls")),
    path("", include("overview.urls")),
    path("", include("reporting.urls")),
    path("", include("setup.urls")),
    path("hjaelp/", views.help_page, name="help"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("oplysninger/", views.privacy, name="privacy"),
    path("sundhed/", views.health, name="health"),
    path("offline/", views.offline, name="offline"),
    # At the root, so that it controls every page.
    path("sw.js", views.service_worker, name="service_worker"),
    path("konto/", views.account, name="account"),
    path("konto/", include("accounts.urls")),
]

handler400 = "mentorship.views.bad_request"
handler429 = "mentorship.views.too_many_requests"  # allauth's
handler500 = "mentorship.views.server_error"
