"""What makes a clone a real site. Tests and benches start without it. Standard library only."""

import os
import re

# Environment variables that settings read.
VARIABLES = (
    "ACCESSIBILITY_STATEMENT_URL",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "FACTOR",
    "FROM_EMAIL",
    "IMPORT_SECONDS",
    "MFA_KEYS",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_ISSUER",
    "OIDC_NAME",
    "PDF_SECONDS",
    "REQUESTS_A_MINUTE",
    "SAML_CERTIFICATE",
    "SAML_KEY",
    "SAML_METADATA",
    "SAML_NAME",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SSO_FACTOR_VALUES",
    "SSO_VERIFIED_DOMAINS",
)


def has_key(tree):
    """Whether the clone's .env has a SECRET_KEY."""
    file = tree / ".env"
    pattern = r"^\s*(export\s+)?SECRET_KEY\s*="
    return file.exists() and re.search(pattern, file.read_text(), re.MULTILINE) is not None


def environment_without_site():
    return {name: value for name, value in os.environ.items() if name not in VARIABLES}
