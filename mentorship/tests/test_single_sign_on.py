"""The ten variables of single sign-on: off without them, refused with a sentence if wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.tests.saml_provider import ENTITY, METADATA, SAMLProvider
from accounts.tests.test_oidc import from_environment
from mentorship import checks, single_sign_on

OIDC = {
    "OIDC_ISSUER": "https://id.example/realms/koege",
    "OIDC_CLIENT_ID": "mentorindsats",
    "OIDC_CLIENT_SECRET": "hemmelig",
    "OIDC_NAME": "Køge Kommune",
}


@pytest.fixture(scope="module")
def saml(tmp_path_factory):
    path = SAMLProvider(tmp_path_factory.mktemp("saml")).path
    return {"SAML_METADATA": str(path), "SAML_NAME": "Broker", "SSO_VERIFIED_DOMAINS": "a.example"}


def test_off_without_variables():
    assert from_environment({}) == ([], [])


def test_both_at_once(saml):
    providers, pages = from_environment(OIDC | saml | {"SSO_FACTOR_VALUES": "mfa, x"}, local=False)

    assert [app["provider_id"] for app in providers] == [OIDC["OIDC_ISSUER"], ENTITY]
    assert pages == ["https://id.example", "https://idp.example"]
    assert [app["settings"]["factor_values"] for app in providers] == [["mfa", "x"]] * 2


def test_ten_variables():
    s = single_sign_on
    assert len(s.OIDC + s.SAML + s.SAML_KEYS + s.LISTS) == 10


@pytest.mark.parametrize("name", OIDC)
def test_one_of_oidc_is_missing(name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is missing"):
        from_environment(OIDC | {name: ""})


@pytest.mark.parametrize(
    "issuer",
    [
        "http://id.example",
        "http://localhost:8080",
        "id.example",
        "https://",
        "https://id.example/?a=b",
        "https://user@id.example/",
        f"https://id.example/{'x' * 200}",
    ],
)
def test_an_issuer_that_is_none(issuer):
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        from_environment(OIDC | {"OIDC_ISSUER": issuer}, local=False)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"SAML_NAME": ""}, "SAML_NAME is missing"),
        ({"SAML_METADATA": ""}, "SAML_METADATA is missing"),
        ({"SSO_VERIFIED_DOMAINS": ""}, "SSO_VERIFIED_DOMAINS is missing"),
        ({"SSO_VERIFIED_DOMAINS": "@a.example"}, "takes domains"),
        ({"SSO_VERIFIED_DOMAINS": "*.example"}, "takes domains"),
        ({"SAML_METADATA": "/findes/ikke.xml"}, "cannot be read: /findes/ikke.xml"),
        ({"SAML_KEY": "/findes/ikke"}, "SAML_CERTIFICATE is missing"),
        ({"SAML_KEY": "/findes/ikke", "SAML_CERTIFICATE": "/findes/ikke"}, "cannot be read"),
    ],
)
def test_saml_that_cannot_work(saml, variables, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        from_environment(saml | variables)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda xml: "", "is not XML"),
        (lambda xml: '<!DOCTYPE x [<!ENTITY y "z">]>' + xml, "is not XML"),
        (lambda xml: "<x/>", "names no identity provider"),
        (lambda xml: xml.replace("X509Certificate", "Other"), "names no identity provider"),
        (lambda xml: xml.replace("https://idp", "http://idp"), "has no https address"),
        (lambda xml: xml.replace("HTTP-Redirect", "HTTP-POST"), "has no https address"),
        (lambda xml: xml.replace("idp.example/metadata", "x" * 200), "more than 200 characters"),
    ],
)
def test_metadata_that_cannot_work(saml, tmp_path, change, message):
    path = tmp_path / "idp.xml"
    path.write_text(change(METADATA.format(entity=ENTITY, certificate="MII")))

    with pytest.raises(ImproperlyConfigured, match=message):
        from_environment(saml | {"SAML_METADATA": str(path)})


@pytest.mark.parametrize("name", ["SSO_VERIFIED_DOMAINS", "SSO_FACTOR_VALUES"])
def test_a_list_without_a_provider(name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is set without"):
        from_environment({name: "a.example"})


def test_a_key_without_saml(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="SAML_KEY is set without"):
        from_environment({"SAML_KEY": "a", "SAML_CERTIFICATE": "b"})


def test_saml_without_its_packages_is_said(saml, settings, monkeypatch):
    monkeypatch.setattr(single_sign_on, "find_spec", lambda name: None)
    settings.SINGLE_SIGN_ON = from_environment(saml)[0]

    (error,) = checks.saml_is_installed(None)
    assert error.id == "mentorship.E013" and "requirements-saml.txt" in error.hint

    settings.SINGLE_SIGN_ON = from_environment(OIDC)[0]
    assert checks.saml_is_installed(None) == []
