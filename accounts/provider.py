"""The identity providers, stricter than allauth's own where the standards are.

allauth finds `provider_classes` by this module's name. What they read of the user is not kept:
`login.nonce` and `login.factors` (acr, amr or the SAML class) go along.
"""

import secrets
from urllib.parse import urlsplit

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from defusedxml.ElementTree import fromstring
from django.urls import reverse
from requests import RequestException

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCKS = 60  # seconds that the two clocks may differ by
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"


class BadToken(OAuth2Error):
    """The provider's answer is not one for us; str() is the reason, a word for the log."""


class WrongMetadata(RequestException):
    """The provider describes itself as another one, or names another host."""


class OIDCAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self):
        """Discovery: everything it names must be at the issuer's host."""
        if not hasattr(self, "_openid_config"):
            config = super().openid_config
            try:
                used = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                origins = {urlsplit(config[name])[:2] for name in used}
                is_right = config["issuer"] == self.provider_id
            except (KeyError, TypeError, ValueError, AttributeError):
                is_right = False
            if not is_right or origins != {urlsplit(self.provider_id)[:2]}:
                del self._openid_config
                raise WrongMetadata
        return self._openid_config

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("openid_connect_callback"))

    def get_access_token_data(self, *args, **kwargs):
        try:
            return super().get_access_token_data(*args, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            raise BadToken("no_token") from error

    def parse_token(self, data):
        """The access token is asked for nothing, and not kept."""
        return None

    def complete_login(self, request, app, token, *, response, **kwargs):
        """The ID token is all that counts: userinfo is not signed."""
        claims = self.claims(app, response.get("id_token"))
        return self.get_provider().sociallogin_from_response(request, claims)

    def claims(self, app, id_token):
        """Return the claims of a token that the issuer signed for us. Raise BadToken.

        allauth does not check the signature of a token that came by TLS.
        """
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        try:
            kid = jwt.get_unverified_header(id_token).get("kid")
            fitting = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == kid]
            if len(fitting) != 1:
                raise BadToken("unknown_key")
            claims = jwt.decode(
                id_token,
                fitting[0],
                algorithms=ALGORITHMS,
                issuer=self.provider_id,
                audience=app.client_id,
                leeway=CLOCKS,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, TypeError, ValueError, AttributeError) as error:
            raise BadToken(type(error).__name__) from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise BadToken("other_party")
        return claims


class OIDCProvider(OpenIDConnectProvider):
    oauth2_adapter_class = OIDCAdapter

    def get_login_url(self, request, **kwargs):
        return reverse("openid_connect_login")

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """What a form or an address asks for besides is left out."""
        nonce = secrets.token_urlsafe(32)
        parameters = {**self.get_auth_params(), "nonce": nonce}
        return super().redirect(
            request, AuthProcess.LOGIN, next_url, auth_params=parameters, nonce=nonce
        )

    def extract_uid(self, data):
        return data["sub"]

    def extract_common_fields(self, data):
        return {}

    def extract_extra_data(self, data):
        return {}

    def extract_email_addresses(self, data):
        """`email_verified` is true, and nothing that Python takes for it."""
        email = data.get("email")
        if not isinstance(email, str):
            return []
        is_verified = data.get("email_verified") is True
        return [EmailAddress(email=email, verified=is_verified, primary=True)]

    def sociallogin_from_response(self, request, response):
        if not (response["sub"] and len(response["sub"]) <= 191):
            raise BadToken("no_subject")
        login = super().sociallogin_from_response(request, response)
        methods = response.get("amr")
        login.factors = {
            value
            for value in [response.get("acr"), *(methods if isinstance(methods, list) else [])]
            if isinstance(value, str)
        }
        login.nonce = response.get("nonce")
        return login


class SAMLSubjectProvider(SAMLProvider):
    def get_login_url(self, request, **kwargs):
        return reverse("saml_login", args=[self.app.client_id])

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        return super().redirect(request, AuthProcess.LOGIN, next_url)

    def extract_extra_data(self, data):
        return {}

    def extract_uid(self, data):
        """The subject-id or a persistent NameID: an e-mail is given to the next person."""
        subject = self._extract(data).get("uid")
        if not subject and data.get_nameid_format() == PERSISTENT:
            subject = data.get_nameid()
        if not subject or len(subject) > 191:
            raise BadToken("no_subject")
        return subject

    def extract_common_fields(self, data):
        return {"email": self._extract(data).get("email")}

    def sociallogin_from_response(self, request, response):
        if not is_for_this_request(response):
            raise BadToken("other_receiver")
        login = super().sociallogin_from_response(request, response)
        login.factors = set(response.get_last_authn_contexts())
        login.nonce = None
        return login


def is_for_this_request(auth):
    """Whether the assertion, which is signed, names audience, receiver, end and our request.

    python3-saml takes one that leaves them out, and reads the request's id from the answer
    around it, which need not be signed.
    """
    assertion = fromstring(auth.get_last_response_xml()).find(f"{ASSERTION}Assertion")
    confirmations = list(assertion.iter(f"{ASSERTION}SubjectConfirmationData"))
    audiences = list(assertion.iter(f"{ASSERTION}Audience"))
    request_id = auth.get_last_response_in_response_to()
    address = auth.get_settings().get_sp_data()["assertionConsumerService"]["url"]
    return bool(request_id and audiences and confirmations) and all(
        one.get("InResponseTo") == request_id
        and one.get("Recipient") == address
        and one.get("NotOnOrAfter")
        for one in confirmations
    )


provider_classes = [OIDCProvider, SAMLSubjectProvider]
