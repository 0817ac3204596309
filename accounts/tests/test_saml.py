"""Single sign-on by SAML: answers that saml_provider.py signs, and the strange ones."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from lxml import etree

from accounts.models import Session
from accounts.social_adapter import FACTOR_SHOWN
from accounts.tests.saml_provider import (
    ACS,
    AUDIENCE,
    AUDIENCES,
    ENTITY,
    PASSWORD_CLASS,
    PERSISTENT,
    SITE,
    Key,
    SAMLProvider,
    instant,
    packed,
    request_of,
)
from accounts.tests.test_oidc import STRANGER, UNUSABLE, assert_refused, from_environment

LOG_IN = "/konto/sso/saml/"
HOST = urlsplit(SITE).netloc


@pytest.fixture
def client(settings):
    """python3-saml refuses a host without a dot."""
    settings.ALLOWED_HOSTS = [HOST]
    return Client(headers={"host": HOST})


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    return SAMLProvider(tmp_path_factory.mktemp("saml"))


@pytest.fixture
def provider(identity, settings):
    settings.SINGLE_SIGN_ON = set_up(identity)
    return identity


def set_up(provider, **more):
    variables = {
        "SAML_METADATA": str(provider.path),
        "SAML_NAME": "Køge Kommune",
        "SSO_VERIFIED_DOMAINS": "example.dk",
    }
    return from_environment(variables | more)[0]


def asked(client):
    """Press the button; return the id of the request."""
    return request_of(client.post(LOG_IN).url).get("ID")


def send(client, xml):
    """Post the answer as the provider's page does, without our session's cookie."""
    posted = Client(headers={"host": HOST}).post(
        ACS.removeprefix(SITE), {"SAMLResponse": packed(xml)}
    )
    client.cookies.update(posted.cookies)
    return client.get(posted.url)


def sign_in(client, provider, **other):
    return send(client, provider.signed(provider.answer(asked(client), **other)))


def test_off_there_is_no_address(client, db):
    names = ("saml_login", "saml_acs", "saml_finish_acs", "saml_metadata", "saml_sls")
    for name in names:
        assert client.get(reverse(name, args=["saml"])).status_code == 404
        assert client.post(reverse(name, args=["saml"])).status_code == 404


def test_the_button_leads_home(client, mette, provider, events):
    assert "Log ind med Køge Kommune" in client.get(reverse("account_login")).text

    assert sign_in(client, provider).url == reverse("home")

    assert int(client.session["_auth_user_id"]) == mette.pk
    (account,) = SocialAccount.objects.all()
    assert (account.provider, account.uid) == (ENTITY, "subject-of-mette")
    assert (account.user, account.extra_data) == (mette, {})
    assert events()[-1]["how"] == "socialaccount"
    assert not Session.objects.filter(user=None).exclude(session_key=client.session.session_key)


def test_the_request_asks_for_a_lasting_subject(client, mette, provider):
    location = client.post(LOG_IN, {"process": "connect"}).url
    request = request_of(location)

    assert location.startswith("https://idp.example/sso?")
    assert request.get("AssertionConsumerServiceURL") == ACS
    (policy,) = request.iter("{urn:oasis:names:tc:SAML:2.0:protocol}NameIDPolicy")
    assert policy.get("Format") == PERSISTENT


def test_metadata_for_the_provider_offer_no_single_logout(client, db, provider):
    text = client.get("/konto/sso/saml/metadata/").text

    assert f'entityID="{AUDIENCE}"' in text and f'Location="{ACS}"' in text
    assert "SingleLogoutService" not in text
    assert client.get("/konto/sso/saml/log-ud/").status_code == 404


def test_a_stranger(client, mette, provider):
    answer = sign_in(client, provider, email="fremmed@example.dk", subject="fremmed")

    assert_refused(client, answer, STRANGER, 403)
    assert not SocialAccount.objects.exists()


def test_an_email_of_a_domain_nobody_vouches_for(client, mette, provider, settings):
    settings.SINGLE_SIGN_ON = set_up(provider, SSO_VERIFIED_DOMAINS="koege.example")

    assert_refused(client, sign_in(client, provider), "har ikke bekræftet", 403)


def test_no_email(client, mette, provider):
    assert_refused(client, sign_in(client, provider, email=None), "oplyste ingen e-mail", 403)


def test_another_case_of_the_email(client, mette, provider):
    assert sign_in(client, provider, email="METTE@Example.dk").url == reverse("home")


def test_an_email_given_to_a_new_person(client, mette, provider):
    sign_in(client, provider)
    client.post(reverse("account_logout"))

    answer = sign_in(client, provider, subject="another")

    assert_refused(client, answer, "hører til en anden bruger", 403)


def test_unsigned(client, mette, provider):
    assert_refused(client, send(client, provider.answer(asked(client))), UNUSABLE)


def test_signed_with_another_key(client, mette, provider):
    xml = provider.signed(provider.answer(asked(client)), Key())

    assert_refused(client, send(client, xml), UNUSABLE)


@pytest.mark.parametrize(
    ("is_now", "becomes"),
    [("mette@example.dk", "torben@example.dk"), ("subject-of-mette", "subject-of-torben")],
)
def test_tampered(client, mette, torben, provider, is_now, becomes):
    xml = provider.signed(provider.answer(asked(client)))

    assert_refused(client, send(client, xml.replace(is_now, becomes)), UNUSABLE)


def test_a_second_assertion_wrapped_around_the_signed_one(client, mette, torben, provider):
    signed = etree.fromstring(provider.signed(provider.answer(asked(client))))
    ns = "{urn:oasis:names:tc:SAML:2.0:assertion}"
    assertion = signed.find(f"{ns}Assertion")
    forged = etree.fromstring(etree.tostring(assertion).replace(b"mette@", b"torben@"))
    forged.set("ID", "_b")
    forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    signed.insert(list(signed).index(assertion), forged)

    assert_refused(client, send(client, etree.tostring(signed).decode()), UNUSABLE)


def test_replayed(client, mette, provider):
    xml = provider.signed(provider.answer(asked(client)))
    assert send(client, xml).url == reverse("home")
    client.post(reverse("account_logout"))

    assert_refused(client, send(client, xml), UNUSABLE)
    other = Client(headers={"host": HOST})
    assert_refused(other, send(other, xml), UNUSABLE)


def test_stolen_and_put_into_an_answer_to_another_request(client, mette, provider):
    """The answer around the signed assertion is not signed: its InResponseTo can be changed."""
    stolen = provider.answer(asked(client), confirms="")
    thief = Client(headers={"host": HOST})
    xml = provider.signed(stolen).replace(
        stolen.partition('InResponseTo="')[2].partition('"')[0], asked(thief)
    )

    assert_refused(thief, send(thief, xml), UNUSABLE)


@pytest.mark.parametrize(
    "other",
    [
        {"after": instant(minutes=-10), "before": instant(minutes=-20)},
        {"before": instant(minutes=24 * 60)},  # the run may take longer than some minutes
        {"end": f'NotOnOrAfter="{instant(minutes=-10)}"'},
        {"end": ""},
        {"audience": ""},
        {"audience": AUDIENCES.format("https://anden.example/")},
        {"recipient": 'Recipient="https://anden.example/"'},
        {"recipient": f'Recipient="https://anden.example/?{ACS}"'},
        {"recipient": ""},
        {"acs": "https://anden.example/"},
        {"confirms": 'InResponseTo="_another"'},
        {"confirms": ""},
        {"answers": ""},
        {"answers": "", "confirms": ""},
        {"answers": 'InResponseTo="_another"', "confirms": 'InResponseTo="_another"'},
        {"issuer": "https://anden.example"},
        {"status": "Responder"},
        {"name_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {
            "name_format": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "subject": "mette@example.dk",
        },
        {"subject": "x" * 192},
        {"subject": ""},
    ],
)
def test_an_answer_for_another_or_of_another_time(client, mette, provider, events, other):
    assert_refused(client, sign_in(client, provider, **other), UNUSABLE)
    assert events()[-1]["event"] == "single_sign_on_refused"
    assert not SocialAccount.objects.exists()


def with_doctype(doctype, xml):
    return doctype + xml.replace("<saml:NameID ", "<saml:NameID x='&y;' ")


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY z "zzzz"><!ENTITY y "&z;&z;">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
)


@pytest.mark.parametrize(
    "change",
    [
        *(partial(with_doctype, doctype) for doctype in ENTITIES),
        lambda xml: "",
        lambda xml: "ikke XML",
        lambda xml: "<x/>",
        lambda xml: xml[:300],
        lambda xml: "\x00\x01",
    ],
)
def test_what_is_no_answer_is_refused(client, mette, provider, change):
    xml = provider.signed(provider.answer(asked(client)))

    assert_refused(client, send(client, change(xml)), UNUSABLE)


@pytest.mark.parametrize("data", [{}, {"SAMLResponse": "%%%"}, {"SAMLResponse": "æ"}])
def test_a_post_that_is_no_answer(client, mette, provider, data):
    posted = client.post(ACS.removeprefix(SITE), data)

    assert_refused(client, client.get(posted.url), UNUSABLE)


def test_an_answer_too_large_is_not_kept(client, mette, provider):
    answer = client.post(ACS.removeprefix(SITE), {"SAMLResponse": "x" * 200_001})

    assert_refused(client, answer, UNUSABLE)
    assert not Session.objects.exists()


def test_finished_without_an_answer(client, mette, provider):
    assert_refused(client, client.get("/konto/sso/saml/svar/faerdig/"), UNUSABLE)


@pytest.mark.parametrize(("values", "shown"), [("", False), (f"mfa,{PASSWORD_CLASS}", True)])
def test_a_factor_that_was_shown_to_the_provider(client, mette, provider, settings, values, shown):
    settings.SINGLE_SIGN_ON = set_up(provider, **({"SSO_FACTOR_VALUES": values} if values else {}))

    sign_in(client, provider)

    assert client.session.get(FACTOR_SHOWN) == (mette.pk if shown else None)


def test_with_a_key_of_ours_requests_are_signed_and_assertions_may_be_encrypted(
    client, mette, provider, settings, tmp_path
):
    key = Key()
    (tmp_path / "key").write_text(key.private)
    (tmp_path / "certificate").write_text(key.certificate)
    settings.SINGLE_SIGN_ON = set_up(
        provider, SAML_KEY=f"{tmp_path}/key", SAML_CERTIFICATE=f"{tmp_path}/certificate"
    )
    location = client.post(LOG_IN).url
    assert {"Signature", "SigAlg"} <= parse_qs(urlsplit(location).query).keys()
    assert "Signature" in client.get("/konto/sso/saml/metadata/").text

    xml = encrypted(provider.signed(provider.answer(request_of(location).get("ID"))), key)
    assert b"mette@" not in xml.encode()
    assert send(client, xml).url == reverse("home")


def encrypted(xml, key):
    root = etree.fromstring(xml)
    assertion = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
    data = xmlsec.template.encrypted_data_create(
        root, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    encrypted_key = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(encrypted_key)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(key.certificate, xmlsec.KeyFormat.CERT_PEM))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    wrapped = etree.SubElement(root, "{urn:oasis:names:tc:SAML:2.0:assertion}EncryptedAssertion")
    wrapped.append(context.encrypt_xml(data, assertion))
    for stray in root.findall("{http://www.w3.org/2001/04/xmlenc#}EncryptedData"):
        root.remove(stray)
    return etree.tostring(root).decode()
