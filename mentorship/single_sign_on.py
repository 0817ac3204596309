"""Single sign-on from the ten variables of docs/operations.md; off without them."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

OIDC = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
SAML = ("SAML_METADATA", "SAML_NAME")
SAML_KEYS = ("SAML_CERTIFICATE", "SAML_KEY")
LISTS = ("SSO_VERIFIED_DOMAINS", "SSO_FACTOR_VALUES")
HERE = {"localhost", "127.0.0.1", "::1"}
# Stored with each user's subject (SocialAccount.provider).
LONGEST_ID = 200
EMAIL_ATTRIBUTES = [
    "urn:oid:0.9.2342.19200300.100.1.3",
    "https://data.gov.dk/model/core/eid/email",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
]
UNREAD = {"entityId": "", "singleSignOnService": {"url": "https://localhost"}}  # checks.py stops it
SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"


def single_sign_on(env, *, local):
    """(providers as allauth's apps, the origins that the sign-in page's forms end at).

    Raise ImproperlyConfigured with the name of a variable that is missing or wrong.
    """
    value = {name: env.str(name, default="").strip() for name in OIDC + SAML + SAML_KEYS}
    lists = {name: [v.strip() for v in env.list(name, default=[])] for name in LISTS}
    whole(value, OIDC)
    whole(value, SAML)
    whole(value, SAML_KEYS)
    providers = []
    if value["OIDC_ISSUER"]:
        providers.append(oidc(value, local=local))
    if value["SAML_METADATA"]:
        if not lists["SSO_VERIFIED_DOMAINS"]:
            refuse(
                "SSO_VERIFIED_DOMAINS", "is missing: SAML does not say which e-mails are checked"
            )
        providers.append(saml(value))
    elif value["SAML_KEY"]:
        refuse("SAML_KEY", "is set without SAML_METADATA")
    for name, words in lists.items():
        if words and not providers:
            refuse(name, "is set without OIDC_ISSUER or SAML_METADATA")
    for domain in lists["SSO_VERIFIED_DOMAINS"]:
        if "@" in domain or "*" in domain or "." not in domain:
            refuse("SSO_VERIFIED_DOMAINS", "takes domains such as kommune.example, with commas")
    for provider in providers:
        provider["settings"]["verified_email"] = lists["SSO_VERIFIED_DOMAINS"]
        provider["settings"]["factor_values"] = lists["SSO_FACTOR_VALUES"]
    return providers, [provider["settings"].pop("origin") for provider in providers]


def whole(value, names):
    """Refuse some of the variables without the others."""
    missing = [name for name in names if not value[name]]
    if missing and len(missing) < len(names):
        refuse(missing[0], f"is missing; {', '.join(names)} belong together")


def refuse(name, why):
    raise ImproperlyConfigured(f"{name} {why}. See docs/operations.md, Single sign-on.")


def oidc(value, *, local):
    issuer = value["OIDC_ISSUER"]
    address = urlsplit(issuer)
    is_here = local and address.hostname in HERE
    if address.scheme != "https" and not (is_here and address.scheme == "http"):
        refuse("OIDC_ISSUER", "must be an https address")
    if not address.hostname or address.query or address.fragment or address.username:
        refuse("OIDC_ISSUER", "must be the issuer's address alone")
    return {
        "provider": "openid_connect",
        "provider_id": short("OIDC_ISSUER", issuer),
        "name": value["OIDC_NAME"],
        "client_id": value["OIDC_CLIENT_ID"],
        "secret": value["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            "scope": ["openid", "email"],
            "oauth_pkce_enabled": True,
            "origin": origin(issuer),
        },
    }


def saml(value):
    """A file of metadata: no address is asked for keys to trust."""
    path = Path(value["SAML_METADATA"])
    idp = identity_provider(path) if saml_is_installed() else UNREAD
    return {
        "provider": "saml",
        "provider_id": short("SAML_METADATA", idp["entityId"]),
        "name": value["SAML_NAME"],
        "client_id": "saml",
        "settings": {
            "attribute_mapping": {"uid": SUBJECT_ID, "email": EMAIL_ATTRIBUTES},
            "idp": {
                "entity_id": idp["entityId"],
                "metadata_url": path.absolute().as_uri(),
                "metadata_cache_timeout": 0,
            },
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_attribute_statement": False,
                "allow_repeat_attribute_name": False,
                "name_id_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                **signing(value),
            },
            "origin": origin(idp["singleSignOnService"]["url"]),
        },
    }


def saml_is_installed():
    return find_spec("onelogin") is not None


def identity_provider(path):
    """Return python3-saml's dict of the one identity provider of the metadata file."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    try:
        idp = OneLogin_Saml2_IdPMetadataParser.parse(path.read_bytes()).get("idp", {})
    except OSError:
        refuse("SAML_METADATA", f"cannot be read: {path}")
    except (ValueError, SyntaxError):
        refuse("SAML_METADATA", f"is not XML: {path}")
    if not idp.get("entityId") or not (idp.get("x509cert") or idp.get("x509certMulti")):
        refuse("SAML_METADATA", "names no identity provider with a certificate")
    if urlsplit(idp.get("singleSignOnService", {}).get("url", "")).scheme != "https":
        refuse("SAML_METADATA", "has no https address for HTTP-Redirect")
    return idp


def signing(value):
    """For brokers who want requests signed and send assertions encrypted."""
    if not value["SAML_KEY"]:
        return {}
    try:
        certificate, key = (Path(value[name]).read_text() for name in SAML_KEYS)
    except OSError as error:
        refuse("SAML_KEY", f"or SAML_CERTIFICATE cannot be read: {error.filename}")
    return {
        "x509cert": certificate,
        "private_key": key,
        "authn_request_signed": True,
        "metadata_signed": True,
    }


def origin(address):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def short(name, identifier):
    if len(identifier) > LONGEST_ID:
        refuse(name, f"names a provider with more than {LONGEST_ID} characters")
    return identifier
