"""Single sign-on in a browser: its rules about cookies and forms of other sites hold."""

from copy import deepcopy
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.tests import saml_provider
from accounts.tests.oidc_server import OIDCServer
from accounts.tests.saml_provider import SAMLProvider, packed, request_of
from accounts.tests.test_oidc import from_environment, set_up

from .audit import audit, prepare
from .conftest import PATIENCE, PHONE

pytestmark = pytest.mark.browser
BUTTON = "Log ind med Køge Kommune"
FORM = """<form method="post" action="{acs}"><input type="hidden" name="SAMLResponse" value="{value}">
<button>Videre</button></form>"""


@pytest.fixture
def page(new_context):
    """Not `browse`, which complains about what goes to another host."""
    context = new_context(locale="da-DK", reduced_motion="reduce", **PHONE)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def at(settings):
    """at(providers, their origins): set it up as the settings do."""

    def at(providers, origins):
        settings.SINGLE_SIGN_ON = providers
        settings.CONTENT_SECURITY_POLICY = policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] += origins

    return at


@pytest.fixture
def oidc():
    server = OIDCServer()
    yield server
    server.close()


def test_by_oidc(page, live_server, mette, yusuf, oidc, at):
    oidc.claims = {"amr": ["mfa"]}
    at(set_up(oidc, SSO_FACTOR_VALUES="mfa"), [oidc.issuer])
    page.goto("/unge/")

    page.get_by_role("button", name=BUTTON).click()

    expect(page.get_by_role("rowheader", name="Yusuf Hamdan")).to_be_visible()
    assert urlsplit(page.url).path == "/unge/"


def test_the_browser_follows_to_no_other_host(page, live_server, mette, oidc, at):
    at(set_up(oidc), [])
    page.goto("/konto/log-ind/")
    with page.expect_console_message(lambda message: "form-action" in message.text):
        page.get_by_role("button", name=BUTTON).click()

    assert "/authorize" not in oidc.asked


def test_by_saml(page, live_server, mette, yusuf, tmp_path, at):
    provider = SAMLProvider(tmp_path)
    variables = {
        "SAML_METADATA": str(provider.path),
        "SAML_NAME": "Køge Kommune",
        "SSO_VERIFIED_DOMAINS": "example.dk",
    }
    at(*from_environment(variables))
    acs = f"{live_server.url}/konto/sso/saml/svar/"
    audience = f"{live_server.url}/konto/sso/saml/metadata/"

    def provider_page(route):
        answer = provider.answer(
            request_of(route.request.url).get("ID"),
            acs=acs,
            recipient=f'Recipient="{acs}"',
            audience=saml_provider.AUDIENCES.format(audience),
        )
        form = FORM.format(acs=acs, value=packed(provider.signed(answer)))
        route.fulfill(body=form, content_type="text/html")

    page.context.route("https://idp.example/**", provider_page)
    page.goto("/unge/")

    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("button", name="Videre").click()

    # The provider has not said that a factor was shown.
    expect(page.get_by_role("heading", name="Din sikkerhed")).to_be_visible()


def test_nothing_is_wrong_with_its_pages(page, live_server, mette, oidc, at):
    at(set_up(oidc), [oidc.issuer])
    oidc.claims = {"email": "fremmed@example.dk"}
    prepare(page)
    page.goto("/konto/log-ind/")
    complaints = audit(page)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", name="Du er ikke logget ind")).to_be_visible()

    assert complaints + audit(page) == []
