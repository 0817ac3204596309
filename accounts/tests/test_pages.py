"""Every page of signing in, and the error pages: Danish, one heading, no hints."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.forms import CharField, ChoiceField, Form, RadioSelect
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path

from accounts import urls
from cases.tests.builders import end_roles

LOG_IN, HOME = "/konto/log-ind/", "/"
# The page: what a stranger and what somebody signed in gets; an address is where he is sent.
PAGES = {
    "/konto/": (f"{LOG_IN}?next=/konto/", 200),
    "/konto/log-ind/": (200, HOME),
    "/konto/log-ud/": (LOG_IN, 200),
    "/konto/opret/": (200, HOME),
    "/konto/lukket/": (200, 200),
    "/konto/enheder/": (f"{LOG_IN}?next=/konto/enheder/", "/konto/sikkerhed/"),
    "/konto/sikkerhed/": (f"{LOG_IN}?next=/konto/sikkerhed/", 200),
    "/konto/sikkerhed/noegle/": (f"{LOG_IN}?next=/konto/sikkerhed/noegle/", 200),
    "/konto/sikkerhed/kode-app/": (f"{LOG_IN}?next=/konto/sikkerhed/kode-app/", 200),
    "/konto/sikkerhed/kode-app/fjern/": (
        f"{LOG_IN}?next=/konto/sikkerhed/kode-app/fjern/",
        "/konto/sikkerhed/",
    ),
    "/konto/sikkerhed/fjern/": (f"{LOG_IN}?next=/konto/sikkerhed/fjern/", "/konto/sikkerhed/"),
    "/konto/sikkerhed/noedkoder/": (f"{LOG_IN}?next=/konto/sikkerhed/noedkoder/", 404),
    "/konto/sikkerhed/noedkoder/nye/": (f"{LOG_IN}?next=/konto/sikkerhed/noedkoder/nye/", 200),
    "/konto/log-ind/kode/": (LOG_IN, HOME),
    "/konto/log-ind/noegle/": (LOG_IN, HOME),
    "/konto/sso/oidc/": (404, 404),  # not set up here
    "/konto/sso/oidc/svar/": (404, 404),
    "/konto/bekraeft/kode/": (
        f"{LOG_IN}?next=/konto/bekraeft/kode/",
        "/konto/bekraeft/",
    ),
    "/konto/bekraeft/noegle/": (
        f"{LOG_IN}?next=/konto/bekraeft/noegle/",
        "/konto/bekraeft/",
    ),
    "/konto/bekraeft/": (f"{LOG_IN}?next=/konto/bekraeft/", 200),
    "/konto/adgangskode/": (f"{LOG_IN}?next=/konto/adgangskode/", 200),
    "/konto/adgangskode/mangler/": (f"{LOG_IN}?next=/konto/adgangskode/mangler/", "/konto/glemt/"),
    "/konto/glemt/": (200, 200),
    "/konto/glemt/sendt/": (200, 200),
    "/konto/glemt/faerdig/": (200, 200),
    "/konto/glemt/1-ny/": (200, 200),
    "/tilgaengelighed/": (200, 200),
    "/oplysninger/": (200, 200),
    "/findes-ikke/": (404, 404),
    # allauth has these; we do not.
    "/konto/email/": (404, 404),
    "/konto/login/code/confirm/": (404, 404),
    "/konto/login/": (404, 404),
}


def reads_well(page):
    """Danish, and one heading that is the title."""
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page.text)
    assert '<html lang="da"' in page.text
    assert f"<title>{heading} – Mentorindsats</title>" in page.text
    assert "style=" not in page.text and "<style" not in page.text
    assert not re.search(r"<script(?! src=)(?! id=\S+ type=\S+json)(?! type=\S+json)", page.text)


def check(page, expected):
    if isinstance(expected, str):
        assert (page.status_code, page.url) == (302, expected)
    else:
        assert page.status_code == expected
        reads_well(page)


@pytest.mark.parametrize("page", PAGES)
def test_page_for_a_stranger(client, db, page):
    check(client.get(page), PAGES[page][0])


@pytest.mark.parametrize("page", PAGES)
def test_page_for_somebody_signed_in(sign_in, mette, page):
    check(sign_in(mette).get(page), PAGES[page][1])


def test_every_page_of_signing_in_is_in_the_table():
    routes = {
        f"/konto/{pattern.pattern}"
        for pattern in urls.urlpatterns
        if "(" not in str(pattern.pattern)
    }

    assert routes <= set(PAGES)


def test_the_account_page_says_who_one_is_and_offers_the_way_out(sign_in, mette):
    text = sign_in(mette).get("/konto/").text

    assert "Mette Sørensen" in text and "mette@example.dk" in text
    assert re.search(r"<dt[^>]*>Mentor</dt><dd[^>]*>Unge med mål", text)
    assert re.search(r'method="post" action="/konto/log-ud/"', text)
    assert "Vælg indsats" not in text


def test_somebody_in_two_programmes_chooses_between_them(sign_in, mette, other_programme):
    mette.memberships.create(
        programme=other_programme, role="coordinator", starts_on=other_programme.starts_on
    )
    client = sign_in(mette)

    assert '?indsats=nabo"' in client.get("/konto/").text
    client.get("/?indsats=nabo")
    assert '?indsats=nabo" aria-current="true"' in client.get("/konto/").text


def test_somebody_whose_role_has_ended_is_told_whom_to_ask(sign_in, mette):
    end_roles(mette.memberships.all())
    text = sign_in(mette).get("/", follow=True).text

    assert "Du har ingen rolle i en indsats lige nu" in text
    assert "Unge med mål" not in text


@login_not_required
def fails(request, status):
    raise {400: SuspiciousOperation, 403: PermissionDenied, 500: ZeroDivisionError}[status](
        "Yusuf Hamdan"
    )


urlpatterns = [path("", include("mentorship.urls")), path("fejl/<int:status>/", fails)]
handler500 = "mentorship.views.server_error"  # Django's own gives the page no context


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", [400, 403, 500])
def test_when_a_page_fails_there_is_one_way_on_and_no_hint(db, status):
    page = Client(raise_request_exception=False).get(f"/fejl/{status}/")

    assert page.status_code == status
    reads_well(page)
    assert "Yusuf" not in page.text
    assert re.findall(r'btn-primary" href="(.*?)">(.*?)<', page.text) == [(HOME, "Gå til forsiden")]


def test_a_form_from_an_old_page_says_that_nothing_was_saved(db):
    page = Client(enforce_csrf_checks=True).post(LOG_IN, {"login": "a@example.dk", "password": "x"})

    assert page.status_code == 403
    reads_well(page)
    assert "er ikke gemt" in page.text


def test_the_error_summary_links_to_each_field():
    class Question(Form):
        name = CharField(error_messages={"required": "Skriv navnet."})
        way = ChoiceField(
            choices=[("a", "A")], widget=RadioSelect, error_messages={"required": "Vælg en vej."}
        )

        def clean(self):
            self.add_error(None, "De to passer ikke sammen.")

    text = render_to_string(
        "_form_errors.html", {"form": Question({}), "heading": "Mødet er ikke gemt"}
    )

    assert '<h2 id="fejl">Mødet er ikke gemt</h2>' in text
    assert re.findall(r'<a href="(#\w+)">(.*?)</a>', text) == [
        ("#id_name", "De to passer ikke sammen."),
        ("#id_name", "Skriv navnet."),
        ("#id_way", "Vælg en vej."),
    ]
    assert not render_to_string(
        "_form_errors.html", {"form": Question(), "heading": "Intet"}
    ).strip()
