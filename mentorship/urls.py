"""Where every page lives. Paths are Danish without æ, ø, å; names are English."""

from django.urls import include, path

from mentorship import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("cases.urls")),
    path("", include("reporting.urls")),
    path("hjaelp/", views.help_page, name="help"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("oplysninger/", views.privacy, name="privacy"),
    path("sundhed/", views.health, name="health"),
    path("konto/", views.account, name="account"),
    path("konto/", include("accounts.urls")),
]
