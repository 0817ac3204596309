"""A SAML identity provider for the tests: metadata, and answers signed with a key of its own."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zlib import decompress

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from defusedxml.ElementTree import fromstring
from lxml import etree

ENTITY = "https://idp.example/metadata"
SITE = "http://mentorindsats.example"
ACS, AUDIENCE = f"{SITE}/konto/sso/saml/svar/", f"{SITE}/konto/sso/saml/metadata/"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
EMAIL = "urn:oid:0.9.2342.19200300.100.1.3"
PASSWORD_CLASS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"

AUDIENCES = "<saml:AudienceRestriction><saml:Audience>{}</saml:Audience></saml:AudienceRestriction>"
METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
  xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}
</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
  Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>"""

ANSWER = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
  xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0" IssueInstant="{now}"
  Destination="{acs}" {answers}><saml:Issuer>{issuer}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></samlp:Status>
<saml:Assertion ID="_a" Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer>
<saml:Subject><saml:NameID Format="{name_format}">{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData {recipient} {end} {confirms}/></saml:SubjectConfirmation>
</saml:Subject><saml:Conditions NotBefore="{before}" NotOnOrAfter="{after}">{audience}
</saml:Conditions><saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement>{attributes}</saml:Assertion></samlp:Response>"""


def instant(**shift):
    return (datetime.now(UTC) + timedelta(**shift)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Key:
    """A private key and its certificate, in PEM."""

    def __init__(self):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()
        self.private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def body(self):
        return "".join(self.certificate.splitlines()[1:-1])


class SAMLProvider:
    def __init__(self, folder):
        self.key = Key()
        self.path = folder / "idp.xml"
        self.path.write_text(METADATA.format(entity=ENTITY, certificate=self.key.body))

    def answer(self, request_id, **other):
        """Return an answer's XML, unsigned. `other`: pieces of ANSWER instead of honest ones."""
        email = other.pop("email", "mette@example.dk")
        attributes = (
            f'<saml:AttributeStatement><saml:Attribute Name="{EMAIL}"><saml:AttributeValue>{email}'
            "</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"
        )
        return ANSWER.format(
            **{
                "now": instant(),
                "before": instant(minutes=-1),
                "after": instant(minutes=5),
                "end": f'NotOnOrAfter="{instant(minutes=5)}"',
                "acs": ACS,
                "recipient": f'Recipient="{ACS}"',
                "answers": f'InResponseTo="{request_id}"',
                "confirms": f'InResponseTo="{request_id}"',
                "issuer": ENTITY,
                "status": "Success",
                "name_format": PERSISTENT,
                "subject": "subject-of-mette",
                "audience": AUDIENCES.format(AUDIENCE),
                "context": PASSWORD_CLASS,
                "attributes": attributes if email else "",
            }
            | other
        )

    def signed(self, xml, key=None):
        """Return the XML with its assertion signed."""
        root = etree.fromstring(xml)
        assertion = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
        signature = xmlsec.template.create(
            assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds"
        )
        assertion.insert(1, signature)
        reference = xmlsec.template.add_reference(
            signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}"
        )
        xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
        context = xmlsec.SignatureContext()
        private = (key or self.key).private
        context.key = xmlsec.Key.from_memory(private, xmlsec.KeyFormat.PEM)
        context.register_id(assertion, "ID")
        context.sign(signature)
        return etree.tostring(root).decode()


def request_of(location):
    """Return the AuthnRequest in an address, as an element."""
    packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
    return fromstring(decompress(b64decode(packed), -15))


def packed(xml):
    return b64encode(xml.encode()).decode()
